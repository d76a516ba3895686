/** A document as our targets in force sign for it: the database may hold a newer one that nobody has signed yet. */
import { fault } from '@onetrip/codec'
import { readDraft, type TufTarget } from '@onetrip/trust'
import type { Services } from '../services.ts'
import { bodyOf, newestMetadata } from './repository-rows.ts'

/** The bytes of a target of the role `targets`. Throws `trust/target-missing`. */
export async function signedDocument({ storage }: Services, path: string): Promise<Uint8Array> {
  const targets = await newestMetadata(storage, 'targets')
  const digest = targets === undefined ? undefined : targetsIn(bodyOf(targets)).get(path)?.sha256
  if (digest === undefined) throw fault('trust/target-missing')
  const row = await storage
    .selectFrom('tuf_target')
    .select('body')
    .where('path', '=', path)
    .where('sha256', '=', digest)
    .executeTakeFirst()
  if (row === undefined) throw fault('trust/target-missing')
  return bodyOf(row)
}

/** What a file of a targets role names, by path; one of our own, so nobody's signature is checked. Throws `trust/format`. */
export function targetsIn(file: Uint8Array): ReadonlyMap<string, TufTarget> {
  const draft = readDraft(file)
  if (draft.role !== 'targets') throw fault('trust/format')
  return draft.signed.targets
}
