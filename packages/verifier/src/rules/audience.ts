/** ARCHITECTURE §3, RFC 9901 §7.3: whom the holder's key answered. */
import { fault } from '@onetrip/codec'
import { LIVE_AUDIENCE } from '@onetrip/credential'
import { type Rule, SIGNED } from '../rule.ts'

/**
 * A live code is for everyone, a requested answer for the request at hand: `key-binding/audience`.
 * Without a request no answer is for us.
 */
export const audience: Rule = {
  id: 'audience',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check({ presentation, mode, request }) {
    const expected = mode === 'live' ? LIVE_AUDIENCE : request?.audience
    if (expected === undefined || presentation.keyBinding?.audience !== expected) {
      throw fault('key-binding/audience')
    }
  },
}
