/** Questions before a matter is brought: each may depend on the answers to those before it, so that nobody is asked what does not apply. */

/** Answers by question. */
export type Answers = Readonly<Record<string, string>>

/** Holds where each question was answered by one of the answers. */
export type When = readonly { readonly question: string; readonly answers: readonly string[] }[]

/** What decides whether a question is asked, and what answers it. */
export interface ConditionalQuestion {
  readonly code: string
  readonly answers: readonly { readonly code: string }[]
  /** By questions that stand before it; asked of everybody unless said. */
  readonly when?: When | undefined
}

/** Questions by the answers that were given. */
export interface Asked<Question> {
  /** Those that apply, in their order. */
  readonly questions: readonly Question[]
  /** Of what was given, the answers that apply: to a question that is asked, and one of its choices. */
  readonly answers: Answers
  /** Whether each question that applies has its answer. */
  readonly isDone: boolean
}

/** Leaves of questions and answers what applies; an answer that does not counts for no later question. */
export function askQuestions<Question extends ConditionalQuestion>(
  questions: readonly Question[],
  given: Answers,
): Asked<Question> {
  const kept = new Map<string, string>()
  const asked = questions.filter(({ code, answers, when }) => {
    if (!holds(when, Object.fromEntries(kept))) return false
    const answer = Object.hasOwn(given, code) ? given[code] : undefined
    if (answer !== undefined && answers.some((choice) => choice.code === answer)) {
      kept.set(code, answer)
    }
    return true
  })
  return {
    questions: asked,
    answers: Object.fromEntries(kept),
    isDone: asked.every(({ code }) => kept.has(code)),
  }
}

/** Whether a condition holds by the answers; none always does. */
export function holds(when: When | undefined, answers: Answers): boolean {
  return (when ?? []).every(({ question, answers: allowed }) => {
    const answer = Object.hasOwn(answers, question) ? answers[question] : undefined
    return answer !== undefined && allowed.includes(answer)
  })
}
