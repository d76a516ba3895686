/** What a step of a case asks of whoever takes it, by the rules of the server. */

/** Something that is filled in before a step. */
export type Asked = 'reason' | 'ground' | 'opinion' | 'seal' | 'window'

/** Steps that take no page of their own, in the order in which they stand on the page. */
const STEP_NAMES = [
  'submit',
  'accept',
  'confirm',
  'grant',
  'correct',
  'approve',
  'seal',
  'ask-seal',
  'deliver',
  'close',
  'archive',
  'return',
  'send-back',
  'decline',
  'refuse',
  'withdraw',
] as const
/** One of {@link STEP_NAMES}. */
export type StepName = (typeof STEP_NAMES)[number]

/** What each step asks. */
export const ASKED: Readonly<Record<StepName, readonly Asked[]>> = {
  submit: [],
  accept: [],
  return: ['reason'],
  decline: ['ground', 'reason'],
  confirm: ['opinion'],
  grant: ['opinion'],
  refuse: ['ground', 'reason', 'opinion'],
  correct: [],
  approve: [],
  'send-back': ['reason'],
  'ask-seal': ['seal'],
  seal: [],
  deliver: ['window'],
  close: [],
  archive: [],
  withdraw: [],
}

/** Steps that cannot be taken back, or that say no. */
export const GRAVE: readonly StepName[] = ['decline', 'refuse', 'withdraw', 'return', 'send-back']

/** The steps of these that take no page of their own. */
export function stepsAmong(actions: readonly string[]): readonly StepName[] {
  return STEP_NAMES.filter((step) => actions.includes(step))
}
