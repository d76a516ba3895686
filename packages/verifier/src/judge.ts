/** Runs a plan: the one function that turns what rules throw into checks. */
import type { ErrorCode } from '@onetrip/codec'
import type { Rule, Subject } from './rule.ts'
import { codeOf } from './settle.ts'
import { isWorse, severityOf } from './severity.ts'
import type { Check, Outcome, RuleId } from './verdict.ts'

/**
 * Judges every rule of the plan in order; one that leans on a rule that did not pass is not run, also where that
 * one is among the checks made `before`.
 */
export function judge<On = Subject>(
  plan: readonly Rule<On>[],
  subject: On,
  before: readonly Check[] = [],
): readonly Check[] {
  const failed = before.filter(({ outcome }) => outcome !== 'passed')
  const unpassed = new Set<RuleId>(failed.map(({ id }) => id))
  return plan.map((rule) => {
    const leansOnUnpassed = unpassed.size > 0 && rule.needs.some((id) => unpassed.has(id))
    const check = leansOnUnpassed ? notRun(rule) : run(rule, subject)
    if (check.outcome !== 'passed') unpassed.add(check.id)
    return check
  })
}

/** The check of a rule that was meant to run and did not. */
export function notRun({ id, clause }: Pick<Rule, 'id' | 'clause'>): Check {
  return { id, outcome: 'not-run', clause }
}

/** The check of a rule that ran, with the code it failed with, if any. */
export function ran({ id, clause }: Pick<Rule, 'id' | 'clause'>, code?: ErrorCode): Check {
  return code === undefined
    ? { id, outcome: 'passed', clause }
    : { id, outcome: 'failed', code, clause }
}

/** The worst failed check's outcome, and the code of the first of that kind; nothing run is grey. */
export function worstOf(checks: readonly Check[]): {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
} {
  let worst: { outcome: Outcome; reason?: ErrorCode } = { outcome: 'valid' }
  for (const { code } of checks) {
    if (code !== undefined && isWorse(severityOf(code), worst.outcome)) {
      worst = { outcome: severityOf(code), reason: code }
    }
  }
  const didRun = checks.some(({ outcome }) => outcome !== 'not-run')
  return didRun ? worst : { outcome: 'unverifiable', reason: 'format/unsupported' }
}

function run<On>(rule: Rule<On>, subject: On): Check {
  try {
    rule.check(subject)
  } catch (error) {
    return ran(rule, codeOf(error))
  }
  return ran(rule)
}
