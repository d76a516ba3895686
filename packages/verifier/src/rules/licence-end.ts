/** ARCHITECTURE §2: `validTo` is a calendar day in Asia/Shanghai, and the licence holds on it. */
import { fault } from '@onetrip/codec'
import { dayEnd } from '@onetrip/credential'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** The licence's last day has not passed: `licence/expired`; one without a last day is long-term. */
export const licenceEnd: Rule = {
  id: 'licence-end',
  clause: 'ARCHITECTURE §2',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { claims }, now }) {
    if (claims.validTo !== undefined && now >= dayEnd(claims.validTo))
      throw fault('licence/expired')
  },
}
