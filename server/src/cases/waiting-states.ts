/**
 * What waits for somebody (待办), by the table of steps: the states from which they may take one on. What lies with whoever applies, what
 * can always be done, and what is only done once more, waits for nobody.
 */
import { type Actor, allowedMatters, hasRight } from '../rights/actor.ts'
import type { Right } from '../rights/rights.ts'
import {
  CASE_STEPS,
  type CaseState,
  type Doer,
  PART_STEPS,
  type PartState,
  type Step,
} from './case-steps.ts'

/** A state that waits for a right of somebody's. */
export interface WaitingState<State extends string> {
  readonly state: State
  /** Where they have to work. */
  readonly at: Step['at']
  readonly matters: 'all' | readonly string[]
}

const ALWAYS: readonly string[] = ['withdraw']
const WITH_APPLICANT: readonly string[] = ['returned']

/** States of cases that wait for the actor. */
export function waitingCases(actor: Pick<Actor, 'grants'>): readonly WaitingState<CaseState>[] {
  return waitingIn(CASE_STEPS, actor)
}

/** States of parts that wait for the actor. */
export function waitingParts(actor: Pick<Actor, 'grants'>): readonly WaitingState<PartState>[] {
  return waitingIn(PART_STEPS, actor)
}

function waitingIn<State extends string>(
  steps: readonly Step<State>[],
  actor: Pick<Actor, 'grants'>,
): readonly WaitingState<State>[] {
  return steps
    .filter(({ action, from, to }) => {
      const isOnward = from !== to && !ALWAYS.includes(action)
      return isOnward && !WITH_APPLICANT.includes(from)
    })
    .flatMap(({ by, from, at }) =>
      by
        .filter(isRight)
        .filter((right) => hasRight(actor, right))
        .map((right) => ({ state: from, at, matters: allowedMatters(actor, right) })),
    )
}

function isRight(doer: Doer): doer is Right {
  return doer !== 'applicant' && doer !== 'server'
}
