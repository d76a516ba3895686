/** RFC 8392 §3.1.4, RFC 7519 §4.1.4: an answer with an end of its own ends there. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** A requested answer has not passed the `exp` it names, if any: `presentation/expired`. */
export const answerEnd: Rule = {
  id: 'answer-end',
  clause: 'RFC 8392 §3.1.4',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { keyBinding }, now }) {
    const end = keyBinding?.expiresAt
    if (end !== undefined && now >= end) throw fault('presentation/expired')
  },
}
