/** ARCHITECTURE §5: verifying uses the last good trust data; their age is amber, then grey. */
import { fault } from '@onetrip/codec'
import { trustFreshness as freshnessOf } from '@onetrip/trust'
import type { Rule } from '../rule.ts'

/** The trust list is fresh: `trust/stale` past its next update, `trust/expired` past its limit. */
export const trustFreshness: Rule = {
  id: 'trust-freshness',
  clause: 'ARCHITECTURE §5',
  needs: ['clock-floor'],
  check({ now, trust }) {
    const age = freshnessOf(trust, now)
    if (age === 'expired') throw fault('trust/expired')
    if (age === 'stale') throw fault('trust/stale')
  },
}
