/** Asks a list of questions in order; one that leans on another that did not pass is not run. */
import type { ErrorCode } from '@onetrip/codec'
import type { SealCheckId } from './seal-checks.ts'

/** What became of one question; `not-run` where one that it needs did not pass. */
export interface Finding {
  readonly id: SealCheckId
  readonly clause: string
  readonly outcome: 'passed' | 'failed' | 'not-run'
  /** Present exactly when it failed. */
  readonly code?: ErrorCode
}

/** One finding for each question, always all and in the same order. */
export function findingsOf<Subject>(
  checks: readonly {
    readonly id: SealCheckId
    readonly clause: string
    readonly needs: readonly SealCheckId[]
    readonly judge: (subject: Subject) => ErrorCode | undefined
  }[],
  subject: Subject,
): readonly Finding[] {
  const passed = new Set<SealCheckId>()
  return checks.map(({ id, clause, needs, judge }) => {
    if (!needs.every((needed) => passed.has(needed))) return { id, clause, outcome: 'not-run' }
    const code = judge(subject)
    if (code !== undefined) return { id, clause, outcome: 'failed', code }
    passed.add(id)
    return { id, clause, outcome: 'passed' }
  })
}
