/** ARCHITECTURE §4: the clock has a floor, the newest verified time signed by a trust role. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** How far the clock may stand below the floor: signers' clocks are not ours. */
export const FLOOR_TOLERANCE_SECONDS = 60

/** The device's clock does not stand before signed trust data: `clock/rolled-back`. */
export const clockFloor: Rule = {
  id: 'clock-floor',
  clause: 'ARCHITECTURE §4',
  needs: [],
  check({ now, trust }) {
    if (now < trust.newestSignedTime - FLOOR_TOLERANCE_SECONDS) throw fault('clock/rolled-back')
  },
}
