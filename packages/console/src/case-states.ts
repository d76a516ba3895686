/** States of cases and of their parts, and how each weighs. */

import type { StateTone } from './state-word.tsx'

/** States of a case, in their order. */
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
/** A state of a case. */
export type CaseState = (typeof CASE_STATES)[number]

/** States of a part, in their order. */
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
/** A state of a part. */
export type PartState = (typeof PART_STATES)[number]

/** States of a part before it is decided, while its clock runs or stands still. */
export const UNDECIDED: readonly PartState[] = [
  'pending',
  'reviewing',
  'returned',
  'granted',
  'drafted',
  'refusing',
]

/** How a case's state weighs. */
export const CASE_TONES: Readonly<Record<CaseState, StateTone>> = {
  draft: 'waiting',
  submitted: 'waiting',
  returned: 'waiting',
  accepted: 'good',
  declined: 'bad',
  withdrawn: 'over',
  closed: 'over',
  archived: 'over',
}

/** How a part's state weighs. */
export const PART_TONES: Readonly<Record<PartState, StateTone>> = {
  pending: 'waiting',
  reviewing: 'waiting',
  returned: 'waiting',
  granted: 'waiting',
  drafted: 'waiting',
  approved: 'good',
  sealing: 'waiting',
  sealed: 'good',
  issued: 'good',
  delivered: 'good',
  concluded: 'good',
  refusing: 'waiting',
  refused: 'bad',
  withdrawn: 'over',
}
