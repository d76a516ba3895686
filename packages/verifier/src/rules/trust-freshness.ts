/** ARCHITECTURE §5: verifying uses the last good trust data; their age is amber, then grey. */
import { fault } from '@onetrip/codec'
import { trustFreshness as freshnessOf } from '@onetrip/trust'
import type { Rule } from '../rule.ts'

/** The trust data are fresh by the type's policy, else the general one: `trust/stale`, then `trust/expired`. */
export const trustFreshness: Rule = {
  id: 'trust-freshness',
  clause: 'ARCHITECTURE §5',
  needs: ['clock-floor'],
  check({ now, trust, type }) {
    const age = freshnessOf(trust, now, type?.trustFreshness)
    if (age === 'expired') throw fault('trust/expired')
    if (age === 'stale') throw fault('trust/stale')
  },
}
