/**
 * Every step of a case and of its parts, as one table: from which state to which, who may take it, where they work, and what has to
 * hold first. What is not in the table cannot be done; a test takes each step of it and tries every other.
 */
import type { Right } from '../rights/rights.ts'

/** States of a case. */
export const CASE_STATES = [
  'draft',
  'submitted',
  'returned',
  'accepted',
  'declined',
  'withdrawn',
  'closed',
  'archived',
] as const
/** One of {@link CASE_STATES}. */
export type CaseState = (typeof CASE_STATES)[number]

/** States of a part. */
export const PART_STATES = [
  'pending',
  'reviewing',
  'returned',
  'granted',
  'drafted',
  'approved',
  'sealing',
  'sealed',
  'issued',
  'delivered',
  'concluded',
  'refusing',
  'refused',
  'withdrawn',
] as const
/** One of {@link PART_STATES}. */
export type PartState = (typeof PART_STATES)[number]

/** States from which nothing leads on. */
export const PARTS_OVER: readonly PartState[] = ['delivered', 'concluded', 'refused', 'withdrawn']

/** Signed and given out, or about to be: there is no way back. */
export const PARTS_DECIDED: readonly PartState[] = [
  'approved',
  'sealing',
  'sealed',
  'issued',
  'delivered',
  'refused',
]

/** Who takes a step: a right of staff, whoever applies, or the server as part of another step. */
export type Doer = Right | 'applicant' | 'server'

/** What has to hold; each is checked by the rule of its name in `step-rules.ts`. */
export type Need =
  | 'form-whole'
  | 'materials-there'
  | 'nothing-approved'
  | 'parts-over'
  | 'reason'
  | 'ground'
  | 'no-result'
  | 'licence-result'
  | 'notice-result'
  | 'nothing-deferred'
  | 'visit-passed'
  | 'other-person'
  | 'draft-seen'
  | 'seal-free'
  | 'seal-made'
  | 'handed-over'

/** One step. */
export interface Step<State extends string = CaseState | PartState> {
  readonly action: string
  readonly from: State
  readonly to: State
  readonly by: readonly Doer[]
  /** Where a member of staff has to work: at the window that took the case in, or in the department of the part. */
  readonly at: 'window' | 'department' | 'either'
  readonly needs: readonly Need[]
}

const WINDOW_OR_APPLICANT: readonly Doer[] = ['accept-cases', 'applicant']

/** Steps of a case. */
export const CASE_STEPS: readonly Step<CaseState>[] = [
  ofCase('submit', 'draft', 'submitted', WINDOW_OR_APPLICANT, ['form-whole', 'materials-there']),
  ofCase('submit', 'returned', 'submitted', WINDOW_OR_APPLICANT, ['form-whole', 'materials-there']),
  ofCase('accept', 'submitted', 'accepted', ['accept-cases'], ['form-whole', 'materials-there']),
  ofCase('return', 'submitted', 'returned', ['accept-cases'], ['reason']),
  ofCase('decline', 'submitted', 'declined', ['accept-cases'], ['reason', 'ground']),
  ofCase('withdraw', 'draft', 'withdrawn', WINDOW_OR_APPLICANT, []),
  ofCase('withdraw', 'submitted', 'withdrawn', WINDOW_OR_APPLICANT, []),
  // By the server where nobody answers for long.
  ofCase('withdraw', 'returned', 'withdrawn', [...WINDOW_OR_APPLICANT, 'server'], []),
  ofCase('withdraw', 'accepted', 'withdrawn', WINDOW_OR_APPLICANT, ['nothing-approved']),
  ofCase('close', 'accepted', 'closed', ['accept-cases'], ['parts-over']),
  ofCase('archive', 'closed', 'archived', ['accept-cases'], []),
]

/** Steps of a part. */
export const PART_STEPS: readonly Step<PartState>[] = [
  ofPart('begin', 'pending', 'reviewing', ['server'], []),
  ofPart('confirm', 'reviewing', 'concluded', ['review-cases', 'server'], ['no-result']),
  ofPart('grant', 'reviewing', 'granted', ['review-cases'], ['nothing-deferred', 'visit-passed']),
  ofPart('refuse', 'reviewing', 'refusing', ['review-cases'], ['reason', 'ground']),
  ofPart('return', 'reviewing', 'returned', ['review-cases'], ['reason']),
  // What was asked for and never came.
  ofPart('refuse', 'returned', 'refusing', ['review-cases'], ['reason', 'ground']),
  {
    ...ofPart('correct', 'returned', 'reviewing', WINDOW_OR_APPLICANT, ['materials-there']),
    at: 'window',
  },
  ofPart('draft', 'granted', 'drafted', ['review-cases'], []),
  ofPart('draft', 'drafted', 'drafted', ['review-cases'], []),
  ofPart('send-back', 'drafted', 'granted', ['approve-cases'], ['other-person', 'reason']),
  ofPart('send-back', 'refusing', 'reviewing', ['approve-cases'], ['other-person', 'reason']),
  ofPart('approve', 'drafted', 'approved', ['approve-cases'], ['other-person', 'draft-seen']),
  ofPart('approve', 'refusing', 'refused', ['approve-cases'], ['other-person', 'draft-seen']),
  ofPart('ask-seal', 'approved', 'sealing', ['request-seal'], []),
  ofPart('ask-seal', 'sealing', 'sealing', ['request-seal'], ['seal-free']),
  ofPart('seal', 'sealing', 'sealed', ['request-seal'], ['seal-made']),
  ofPart('issue', 'sealed', 'issued', ['hand-out'], ['licence-result']),
  {
    ...ofPart('deliver', 'issued', 'delivered', ['hand-out'], ['handed-over']),
    at: 'either',
  },
  { ...ofPart('deliver', 'sealed', 'delivered', ['hand-out'], ['notice-result']), at: 'either' },
  ofPart('withdraw', 'pending', 'withdrawn', ['server'], []),
  ofPart('withdraw', 'reviewing', 'withdrawn', ['server'], []),
  ofPart('withdraw', 'returned', 'withdrawn', ['server'], []),
  ofPart('withdraw', 'granted', 'withdrawn', ['server'], []),
  ofPart('withdraw', 'drafted', 'withdrawn', ['server'], []),
  ofPart('withdraw', 'refusing', 'withdrawn', ['server'], []),
]

const KINDS_BY_NEED: Readonly<Partial<Record<Need, readonly string[]>>> = {
  'no-result': ['none'],
  'licence-result': ['licence'],
  'notice-result': ['notice'],
  // Of what is settled by a confirmation nothing is granted.
  'nothing-deferred': ['licence', 'notice'],
}

/** Whether a step can be one of a part that ends in a `kind` of result. */
export function suitsResult({ needs }: Pick<Step, 'needs'>, kind: string): boolean {
  return needs.every((need) => KINDS_BY_NEED[need]?.includes(kind) ?? true)
}

/** Names of the steps that somebody takes, each once. */
export function actionsOf(steps: readonly Step[]): readonly string[] {
  const taken = steps.filter(({ by }) => by.some((doer) => doer !== 'server'))
  return [...new Set(taken.map(({ action }) => action))]
}

/** The step with this name from a state; undefined where there is none. */
export function stepFrom<State extends string>(
  steps: readonly Step<State>[],
  action: string,
  from: State,
): Step<State> | undefined {
  return steps.find((step) => step.action === action && step.from === from)
}

function ofCase(
  action: string,
  from: CaseState,
  to: CaseState,
  by: readonly Doer[],
  needs: readonly Need[],
): Step<CaseState> {
  return { action, from, to, by, at: 'window', needs }
}

function ofPart(
  action: string,
  from: PartState,
  to: PartState,
  by: readonly Doer[],
  needs: readonly Need[],
): Step<PartState> {
  return { action, from, to, by, at: 'department', needs }
}
