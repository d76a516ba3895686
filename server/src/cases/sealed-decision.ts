/** A decision as it was sealed, for whoever it concerns: its text, and the seal on it, which any verifier checks against the text. */
import { fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import { type CaseActor, openCase, partOf, partsFor } from './case-rows.ts'
import type { PartState } from './case-steps.ts'

/** In which a part's decision is made known to whoever applied. */
const KNOWN: readonly PartState[] = ['issued', 'delivered']

/** Throws `case/not-found`, also for another department's part, and `case/state` for a decision that is not sealed, or not made known yet to whoever applied. */
export async function sealedDecision(
  { storage }: Pick<Services, 'storage'>,
  of: { readonly by: CaseActor; readonly caseId: string; readonly part: string },
): Promise<{ readonly document: string; readonly seal: string }> {
  const { by, caseId, part: code } = of
  const opened = await openCase(storage, { by, caseId })
  const part = partOf({ parts: partsFor(by, opened) }, code)
  const seal = await sealOf(storage, part)
  const mayKnow = by.kind === 'staff' || KNOWN.includes(part.state)
  if (part.document === null || seal === undefined || !mayKnow) throw fault('case/state')
  return { document: part.document, seal }
}

/** The `.seal` file of a part's decision, base64url; undefined before it was sealed. */
export async function sealOf(
  reader: StorageReader,
  { use_id: useId, document_sha256: digest }: Pick<CasePartTable, 'use_id' | 'document_sha256'>,
): Promise<string | undefined> {
  if (useId === null || digest === null) return undefined
  const row = await reader
    .selectFrom('seal_use_file')
    .select('result')
    .where('use_id', '=', useId)
    .where('sha256', '=', digest)
    .executeTakeFirst()
  return row?.result ?? undefined
}
