/**
 * Takes one step of the table: who asks may take it, what it needs holds, and the row is as it was when they looked; then row, list of
 * steps and record change together. Of two clerks on one case the second gets `case/changed`, and a retry never acts twice.
 */
import { fault } from '@onetrip/codec'
import { recordCitizen } from '../citizens/citizen-acts.ts'
import { failpoint } from '../failpoint.ts'
import { recordAct } from '../record/append.ts'
import { caseHold } from '../record/case-hold.ts'
import type { Services } from '../services.ts'
import { assertNotOwn } from '../staff/own-matter.ts'
import type { CasePartTable, CaseTable } from '../storage/case-schema.ts'
import type { StorageTransaction } from '../storage/database.ts'
import {
  actorIdOf,
  type CaseActor,
  isAtWindow,
  mayInMatter,
  type OpenedCase,
  peopleOf,
} from './case-rows.ts'
import {
  CASE_STEPS,
  type CaseState,
  type Doer,
  PART_STEPS,
  type PartState,
  type Step,
  stepFrom,
} from './case-steps.ts'
import { isProposing, materialsHold } from './proposal.ts'
import { assertNeed } from './step-rules.ts'

/** Who takes a step; the server does what follows from another one. */
export type StepDoer = CaseActor | { readonly kind: 'server' }

/** What whoever takes a step says with it. */
export interface StepWords {
  /** Of the case or part as they saw it. */
  readonly version: number
  readonly reason?: string | undefined
  /** Code of the guide's. */
  readonly ground?: string | undefined
  /** SHA-256 of what they saw and approve, base64url. */
  readonly sha256?: string | undefined
}

/** A step of a case. */
export interface CaseStepOrder {
  readonly opened: OpenedCase
  readonly by: StepDoer
  readonly action: string
  readonly words: StepWords
  /** When it is taken, Unix seconds; now unless said. */
  readonly at?: number
  /** What else the step sets. */
  readonly change?: Partial<Omit<CaseTable, 'id' | 'state' | 'version'>>
}

/** A step of a part. */
export interface PartStepOrder extends Omit<CaseStepOrder, 'change'> {
  readonly part: CasePartTable
  readonly change?: Partial<Omit<CasePartTable, 'case_id' | 'code' | 'state' | 'version'>>
  /** What else is done in it, after the row changed and before the step is recorded, which holds all of the case. */
  readonly complete?: () => Promise<void>
}

/** Takes a step of a case. Throws `case/state`, `auth/forbidden`, what its needs throw, `case/changed`. */
export async function takeCaseStep(
  services: Services,
  transaction: StorageTransaction,
  order: CaseStepOrder,
): Promise<CaseState> {
  const { opened, action, words } = order
  const { row } = opened
  if (row.version !== words.version) throw fault('case/changed')
  const step = stepFrom(CASE_STEPS, action, row.state)
  if (step === undefined) throw fault('case/state')
  await assertStep(services, transaction, { ...order, step, place: undefined })
  const { numUpdatedRows } = await transaction
    .updateTable('case_file')
    .set({ ...order.change, state: step.to, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', words.version)
    .where('state', '=', step.from)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw fault('case/changed')
  await noteStep(services, transaction, { ...order, step, place: '' })
  return step.to
}

/** Takes a step of a part. Throws as {@link takeCaseStep}. */
export async function takePartStep(
  services: Services,
  transaction: StorageTransaction,
  order: PartStepOrder,
): Promise<PartState> {
  const { part, action, words, opened } = order
  if (part.version !== words.version) throw fault('case/changed')
  const step = stepFrom(PART_STEPS, action, part.state)
  // What was withdrawn is over, whatever state its parts are in.
  if (step === undefined || !isOpen(opened.row, step)) throw fault('case/state')
  await assertStep(services, transaction, { ...order, step, place: part })
  const { numUpdatedRows } = await transaction
    .updateTable('case_part')
    .set({ ...order.change, state: step.to, version: part.version + 1 })
    .where('case_id', '=', part.case_id)
    .where('code', '=', part.code)
    .where('version', '=', words.version)
    .where('state', '=', step.from)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw fault('case/changed')
  await order.complete?.()
  await noteStep(services, transaction, { ...order, step, place: part.code })
  return step.to
}

function isOpen({ state }: Pick<CaseTable, 'state'>, { by }: Pick<Step, 'by'>): boolean {
  return state === 'accepted' || by.includes('server')
}

async function assertStep(
  services: Services,
  transaction: StorageTransaction,
  order: Omit<CaseStepOrder, 'change'> & {
    readonly step: Step
    readonly place: CasePartTable | undefined
  },
): Promise<void> {
  const { step, by, opened, words, place } = order
  if (!step.by.some((doer) => isDoer(doer, order))) throw fault('auth/forbidden')
  if (by.kind === 'staff') {
    const people = peopleOf(opened)
    await assertNotOwn(services, transaction, { actorId: by.actor.actorId, people })
  }
  for (const need of step.needs) {
    await assertNeed(need, { services, transaction, opened, part: place, by, words })
  }
}

function isDoer(
  doer: Doer,
  {
    by,
    opened,
    step,
    place,
  }: Pick<CaseStepOrder, 'by' | 'opened'> & {
    readonly step: Step
    readonly place: CasePartTable | undefined
  },
): boolean {
  if (by.kind === 'server') return doer === 'server'
  // That it is theirs was seen when it was opened.
  if (by.kind === 'citizen') return doer === 'applicant'
  if (doer === 'applicant' || doer === 'server') return false
  const isThere = isAtWindow(by, opened.row)
  const isDepartment = by.actor.agencyId === place?.office_id
  const isPlace = { window: isThere, department: isDepartment, either: isThere || isDepartment }
  return isPlace[step.at] && mayInMatter(by.actor, doer, opened.row.matter)
}

async function noteStep(
  services: Services,
  transaction: StorageTransaction,
  order: Pick<CaseStepOrder, 'opened' | 'by' | 'action' | 'words' | 'at'> & {
    readonly step: Step
    readonly place: string
  },
): Promise<void> {
  const { opened, by, action, step, place, words } = order
  const { id, office_id: office } = opened.row
  const { last } = await transaction
    .selectFrom('case_transition')
    .select((steps) => steps.fn.max('sequence').as('last'))
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow()
  await transaction
    .insertInto('case_transition')
    .values({
      case_id: id,
      sequence: last === null ? 0 : Number(last) + 1,
      part: place,
      action,
      from_state: step.from,
      to_state: step.to,
      actor_id: by.kind === 'server' ? null : actorIdOf(by),
      doer: by.kind,
      reason: words.reason ?? null,
      at: order.at ?? services.now(),
      ground: words.ground ?? null,
      materials:
        place !== '' && isProposing(action) ? materialsHold(services, opened, place) : null,
    })
    .execute()
  const facts = {
    case: id,
    part: place === '' ? undefined : place,
    from: step.from,
    to: step.to,
    ground: words.ground,
    row: await caseHold(services, transaction, id),
  }
  const act = place === '' ? `case/${action}` : `case-part/${action}`
  if (by.kind === 'citizen') {
    await recordCitizen(services, transaction, { act, subject: by.citizen.subject, facts })
  } else {
    const agency = partOffice(opened, place) ?? office
    const who =
      by.kind === 'staff' ? { agency: by.actor.agencyId, actor: by.actor.actorId } : { agency }
    await recordAct(services, transaction, { act, facts, ...who })
  }
  failpoint(services.config, 'case/before-commit')
}

function partOffice({ parts }: OpenedCase, place: string): string | undefined {
  return parts.find(({ code }) => code === place)?.office_id
}
