/** ARCHITECTURE §3: nothing is taken that was not asked for. */
import { fault } from '@onetrip/codec'
import type { AnswerSubject } from '../answer-subject.ts'
import type { Rule } from '../rule.ts'

/** Every licence shown is one that was asked, as its material: `answer/unasked`; nothing of another is told. */
export const answerAsked: Rule<AnswerSubject> = {
  id: 'answer-asked',
  clause: 'ARCHITECTURE §3',
  needs: [],
  check({ unasked }) {
    if (unasked > 0) throw fault('answer/unasked')
  },
}
