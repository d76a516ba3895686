/** The steps of a part up to its approval: reviewed, returned and corrected, refused with its legal ground, drafted, approved by another person. */
import { fault, type JsonObject, sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { officeNames } from '../trust-data/office-names.ts'
import { type CaseActor, type OpenedCase, openCase, partOf } from './case-rows.ts'
import type { PartState } from './case-steps.ts'
import { decisionText, type ProposedDecision } from './decision-text.ts'
import {
  assertDraftNumberFree,
  type DraftRequest,
  lintDraft,
  typeOfDraft,
} from './draft-licence.ts'
import { type PartStepOrder, type StepWords, takePartStep } from './take-step.ts'
import { dueDayOf, stoppedBetween } from './time-limit.ts'
import { dayAt } from './working-days.ts'

/** What somebody wants of a part. */
export interface PartCommand {
  readonly by: CaseActor
  readonly caseId: string
  readonly part: string
  readonly action: string
  readonly words: StepWords
  /** What the decision says, for a step that proposes one. */
  readonly opinion?: string | undefined
  /** What is to be stated, for `draft`. */
  readonly draft?: DraftRequest | undefined
}

/** Takes a step of a part and answers its state. Throws `case/not-found`, as `takePartStep`, and for a draft as `lintDraft` and `assertDraftNumberFree`. */
export async function stepPart(services: Services, command: PartCommand): Promise<PartState> {
  const { by, caseId, part: code, action, words } = command
  const drafted = await draftFor(services, command)
  const state = await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    const part = partOf(opened, code)
    const nameOf = await officeNames(transaction, [part.office_id])
    const office = nameOf(part.office_id)['zh-CN']
    const type = await typeOfDraft(transaction, drafted)
    const at = services.now()
    const change = changeFor({ opened, part, office, command, drafted, type, at })
    if (action === 'correct') await countTrip(transaction, opened, by)
    const taken = await takePartStep(services, transaction, {
      opened,
      by,
      part,
      action,
      words,
      at,
      change,
    })
    await assertDraftNumberFree(transaction, part, drafted)
    return taken
  })
  failpoint(services.config, 'case/after-commit')
  return state
}

/** Linted before anything is written, outside of the transaction: it signs and verifies. */
async function draftFor(
  services: Services,
  { by, caseId, part, action, draft }: PartCommand,
): Promise<JsonObject | undefined> {
  if (action !== 'draft') return undefined
  const opened = await openCase(services.storage, { by, caseId })
  if (draft === undefined) throw fault('case/draft')
  return lintDraft(services, { opened, part: partOf(opened, part), draft })
}

function changeFor(
  of: Omit<ProposedDecision, 'part' | 'ground' | 'opinion'> & {
    readonly part: CasePartTable
    readonly command: PartCommand
  },
): NonNullable<PartStepOrder['change']> {
  const { part, command, drafted, at: now } = of
  const opinion = command.opinion ?? part.opinion
  switch (command.action) {
    case 'confirm':
      return { ended_at: now, ended_day: dayAt(now), opinion, ...runOn(part, now) }
    case 'grant':
      return { opinion }
    case 'return':
      return { stopped_since: part.stopped_since ?? now }
    case 'correct':
      return runOn(part, now)
    case 'refuse': {
      const ground = command.words.ground ?? null
      return {
        ...runOn(part, now),
        ground,
        opinion,
        ...documentOf({ ...of, ground, opinion }),
      }
    }
    case 'draft':
      return {
        draft: JSON.stringify(drafted),
        ...documentOf({ ...of, ground: null, opinion }),
      }
    case 'send-back':
      return { draft: null, document: null, document_sha256: null, ground: null }
    case 'approve':
      // The office has decided: its clock has come to its end, whatever is left to seal and hand over.
      return { ended_at: now, ended_day: dayAt(now), ...runOn(part, now) }
    default:
      throw fault('case/state')
  }
}

/** The clock goes on, later by as many working days as it stood still. */
export function runOn(
  part: CasePartTable,
  now: number,
): Pick<CasePartTable, 'stopped_days' | 'stopped_since' | 'due_day'> {
  const { stopped_since: since, began_at: beganAt, promised_days: promisedDays } = part
  const stoppedDays = part.stopped_days + (since === null ? 0 : stoppedBetween(since, now))
  return {
    stopped_days: stoppedDays,
    stopped_since: null,
    due_day: beganAt === null ? null : dueDayOf({ beganAt, promisedDays, stoppedDays }),
  }
}

function documentOf(of: ProposedDecision): Pick<CasePartTable, 'document' | 'document_sha256'> {
  const document = decisionText(of)
  return { document, document_sha256: toBase64url(sha256(utf8Encode(document))) }
}

async function countTrip(
  transaction: StorageTransaction,
  { row }: OpenedCase,
  by: CaseActor,
): Promise<void> {
  if (by.kind !== 'staff') return
  await transaction
    .updateTable('case_file')
    .set((columns) => ({ trips: columns('trips', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
}
