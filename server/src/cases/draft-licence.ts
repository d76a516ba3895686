/** What a part is to state: the facts of a licence under its type's rules, or the words of a notice. */
import { fault, type JsonObject } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import * as v from 'valibot'
import { assertNumberFree } from '../licences/licence-numbers.ts'
import { factsOf, LICENCE_REQUEST, type LicenceRequest } from '../licences/licence-request.ts'
import { plainText } from '../licences/plain-text.ts'
import type { Services } from '../services.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import { assertAgencyMayIssue, loadType } from '../trust-data/agencies.ts'
import { guideOfPart, type OpenedCase, storedObject } from './case-rows.ts'
import { assertIssuable } from './trial-issue.ts'

/** Stands for the serial that is given when the licence is issued. */
const TRIAL_SERIAL = '000000000000'
const MAX_WORDS = 2000
const DAY = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))

/** What a reviewer drafts. */
export type DraftRequest =
  | {
      readonly serial?: string | undefined
      readonly validFrom: string
      readonly validTo?: string | undefined
      readonly claims: Readonly<Record<string, string | number>>
    }
  | { readonly words: string }

/** The shape of {@link DraftRequest}. */
export const DRAFT_REQUEST: v.GenericSchema<unknown, DraftRequest> = v.union([
  v.strictObject({
    serial: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Z]{1,32}$/))),
    validFrom: DAY,
    validTo: v.optional(DAY),
    claims: v.record(
      v.pipe(v.string(), v.maxLength(64)),
      v.union([v.string(), v.pipe(v.number(), v.integer())]),
    ),
  }),
  v.strictObject({ words: plainText(MAX_WORDS) }),
])

/**
 * What is kept of a draft. Throws `case/draft` for words where a licence is due and the other way round, `claim/*`, `input/invalid`,
 * `issuer/type-not-allowed`, and what the trial throws.
 */
export async function lintDraft(
  services: Services,
  of: {
    readonly opened: OpenedCase
    readonly part: CasePartTable
    readonly draft: DraftRequest
  },
): Promise<JsonObject> {
  const { opened, part, draft } = of
  const { result } = guideOfPart(opened, part.code)
  if (result.kind === 'notice') {
    if (!('words' in draft)) throw fault('case/draft')
    return { words: draft.words }
  }
  if (result.kind !== 'licence' || 'words' in draft) throw fault('case/draft')
  const type = await loadType(services.storage, result.type)
  await assertAgencyMayIssue(services.storage, part.office_id, result.type)
  const request: LicenceRequest = { type: result.type, ...draft }
  const facts = factsOf(type, request, draft.serial ?? TRIAL_SERIAL)
  await assertIssuable(services, { type, facts, agencyId: part.office_id })
  const { serial, validTo } = draft
  return {
    type: result.type,
    ...(serial === undefined ? {} : { serial }),
    validFrom: draft.validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    claims: { ...draft.claims },
  }
}

/**
 * A number is found to be taken before it is approved and sealed: what is sealed has no way back. Throws `licence/exists` for one that a licence or
 * another draft of the agency has.
 */
export async function assertDraftNumberFree(
  reader: StorageReader,
  part: CasePartTable,
  drafted: JsonObject | undefined,
): Promise<void> {
  const { type, serial } = drafted ?? {}
  if (typeof type !== 'string' || typeof serial !== 'string') return
  const space = { agencyId: part.office_id, typeCode: type }
  await assertNumberFree(reader, { space, serial, part })
}

/** The definition by which a drafted licence would be issued, the newest; undefined for a notice, and where nothing is drafted. Throws `type/unknown`. */
export async function typeOfDraft(
  reader: StorageReader,
  drafted: JsonObject | undefined,
): Promise<TypeDefinition | undefined> {
  const type = drafted?.['type']
  return typeof type === 'string' ? loadType(reader, type) : undefined
}

/** The licence of an approved draft, for whoever applied. */
export function licenceRequestOf(
  { draft }: Pick<CasePartTable, 'draft'>,
  applicant: string,
): LicenceRequest {
  if (draft === null) throw fault('case/draft')
  const read = v.parse(LICENCE_REQUEST, storedObject(draft))
  return { ...read, holderReference: applicant }
}
