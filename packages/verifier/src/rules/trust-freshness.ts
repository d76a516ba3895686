/** DESIGN §5: verifying uses the last good trust data; their age is amber, then grey. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The trust list is fresh: `trust/stale` from its next update on, `trust/expired` past its limit. */
export const trustFreshness: Rule = {
  id: 'trust-freshness',
  clause: 'DESIGN §5',
  needs: ['clock-floor'],
  check({ now, trust }) {
    if (now >= trust.unusableAfter) throw fault('trust/expired')
    if (now >= trust.nextUpdate) throw fault('trust/stale')
  },
}
