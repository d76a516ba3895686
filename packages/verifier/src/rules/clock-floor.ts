/** ARCHITECTURE §4: the clock has a floor, the newest verified time signed by a trust role. */
import { fault } from '@onetrip/codec'
import type { Rule, TrustSubject } from '../rule.ts'

/** How far the clock may stand below the floor: signers' clocks are not ours. */
export const FLOOR_TOLERANCE_SECONDS = 60

/** The device's clock does not stand before signed trust data, ours and the issuer's: `clock/rolled-back`. */
export const clockFloor: Rule<TrustSubject> = {
  id: 'clock-floor',
  clause: 'ARCHITECTURE §4',
  needs: [],
  check({ now, trust, issuerTrust }) {
    const floor = Math.max(trust.newestSignedTime, issuerTrust.newestSignedTime)
    if (now < floor - FLOOR_TOLERANCE_SECONDS) throw fault('clock/rolled-back')
  },
}
