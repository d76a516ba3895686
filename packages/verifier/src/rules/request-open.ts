/** ARCHITECTURE §3: a request past its end is closed, whoever answers. */
import { fault } from '@onetrip/codec'
import type { AnswerSubject } from '../answer-subject.ts'
import type { Rule } from '../rule.ts'

/** The counter's own request is not over by its own clock: `request/expired`. */
export const requestOpen: Rule<AnswerSubject> = {
  id: 'request-open',
  clause: 'ARCHITECTURE §3',
  needs: [],
  check({ request, now }) {
    if (now >= request.expiresAt) throw fault('request/expired')
  },
}
