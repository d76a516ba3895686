/** A document as our targets in force sign for it: the database may hold a newer one that nobody has signed yet. */
import { fault, isObject, parseJson } from '@onetrip/codec'
import type { Services } from '../services.ts'
import { bodyOf, newestMetadata } from './repository-rows.ts'

const LIMITS = { maxBytes: 16_777_216, maxItems: 1_048_576 } as const

/** The bytes of a target of the role `targets`. Throws `trust/target-missing`. */
export async function signedDocument({ storage }: Services, path: string): Promise<Uint8Array> {
  const targets = await newestMetadata(storage, 'targets')
  const digest = targets === undefined ? undefined : digestOf(bodyOf(targets), path)
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

function digestOf(targets: Uint8Array, path: string): string | undefined {
  const file = parseJson(targets, LIMITS)
  const signed = isObject(file) ? file['signed'] : undefined
  const all = isObject(signed) ? signed['targets'] : undefined
  const target = isObject(all) && Object.hasOwn(all, path) ? all[path] : undefined
  const hashes = isObject(target) ? target['hashes'] : undefined
  const digest = isObject(hashes) ? hashes['sha256'] : undefined
  return typeof digest === 'string' ? digest : undefined
}
