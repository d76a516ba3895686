/** RFC 9901 §7.3: an answer was signed while its request was open. */
import { fault } from '@onetrip/codec'
import { MAX_REQUEST_SECONDS } from '@onetrip/credential'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** How far the holder's clock may be from ours. */
export const ANSWER_CLOCK_SECONDS = 60

/**
 * `iat` lies in [request − 60, now + 60]; else `key-binding/issued-at`. What the holder signed is of this request, whose nonce says so
 * and which is open: only a clock is wrong. An mdoc's key binding states no time (ISO/IEC 18013-5 §9.1.3).
 */
export const answerTime: Rule = {
  id: 'answer-time',
  clause: 'RFC 9901 §7.3',
  needs: [...SIGNED_AND_CLOCK, 'nonce'],
  check({ presentation: { keyBinding }, request, now }) {
    const signedAt = keyBinding?.issuedAt
    if (signedAt === undefined) return
    const earliest = (request?.issuedAt ?? now - MAX_REQUEST_SECONDS) - ANSWER_CLOCK_SECONDS
    if (signedAt < earliest || signedAt > now + ANSWER_CLOCK_SECONDS) {
      throw fault('key-binding/issued-at')
    }
  },
}
