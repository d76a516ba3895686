/** RFC 3161 §2.4.2: the time-stamp beside an impression, where there is one, is of this very impression and of a time-stamper. */
import { fault } from '@onetrip/codec'
import type { ImpressionSubject } from '../impression-subject.ts'
import { IMPRESSION_SIGNED, type Rule } from '../rule.ts'

/**
 * None, or a good one: `timestamp/accuracy`, `timestamp/expired`, `timestamp/format`, `timestamp/imprint`, `timestamp/key-usage`,
 * `timestamp/signature`, `timestamp/signer-unknown`. A bad one proves no time, and is told of.
 */
export const timeStamp: Rule<ImpressionSubject> = {
  id: 'time-stamp',
  clause: 'RFC 3161 §2.4.2',
  needs: IMPRESSION_SIGNED,
  check({ proofOfTime }) {
    if (proofOfTime.kind === 'refused') throw fault(proofOfTime.code)
  },
}
