/** ARCHITECTURE §2: `validFrom` is a calendar day in Asia/Shanghai. */
import { fault } from '@onetrip/codec'
import { dayStart } from '@onetrip/credential'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** The licence's first day has begun: `licence/not-yet-valid`. */
export const licenceStart: Rule = {
  id: 'licence-start',
  clause: 'ARCHITECTURE §2',
  needs: SIGNED_AND_CLOCK,
  check({ presentation, now }) {
    if (now < dayStart(presentation.claims.validFrom)) throw fault('licence/not-yet-valid')
  },
}
