/** RFC 8392 §3.1.4, RFC 7519 §4.1.4: on or after `exp` it is expired. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** The credential (not the licence) has not expired; at `exp` it has: `credential/expired`. */
export const credentialEnd: Rule = {
  id: 'credential-end',
  clause: 'RFC 8392 §3.1.4',
  needs: SIGNED_AND_CLOCK,
  check({ presentation, now }) {
    if (now >= presentation.claims.expiresAt) throw fault('credential/expired')
  },
}
