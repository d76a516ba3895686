/** RFC 8392 §3.1.5 and §3.1.6, RFC 7519 §4.1.5 and §4.1.6. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** How far an issuer's clock may be ahead of ours. */
export const SKEW_SECONDS = 60

/** The credential was issued, and may be used since, before now: `credential/not-yet-valid`. */
export const credentialStart: Rule = {
  id: 'credential-start',
  clause: 'RFC 8392 §3.1.5',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { claims }, now }) {
    const start = Math.max(claims.issuedAt ?? 0, claims.notBefore ?? 0)
    if (start > now + SKEW_SECONDS) throw fault('credential/not-yet-valid')
  },
}
