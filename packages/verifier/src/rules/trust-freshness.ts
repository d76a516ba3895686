/** ARCHITECTURE §5: verifying uses the last good trust data; their age is amber, then grey. */

import { fault } from '@onetrip/codec'
import { DEFAULT_TRUST_FRESHNESS } from '@onetrip/credential'
import { trustFreshness as freshnessOf } from '@onetrip/trust'
import { stricterPolicy } from '../freshness-policy.ts'
import type { Rule, TrustSubject } from '../rule.ts'

/**
 * The trust data are fresh by the type's policy, else the general one: `trust/stale`, then `trust/expired`. For a licence
 * of another jurisdiction ours and theirs count, and the older decides; their policy never loosens ours.
 */
export const trustFreshness: Rule<TrustSubject> = {
  id: 'trust-freshness',
  clause: 'ARCHITECTURE §5',
  needs: ['clock-floor'],
  check(subject) {
    const { now, trust, issuerTrust } = subject
    const policy = policyFor(subject)
    const ages = [trust, issuerTrust].map((data) => freshnessOf(data, now, policy))
    if (ages.includes('expired')) throw fault('trust/expired')
    if (ages.includes('stale')) throw fault('trust/stale')
  },
}

function policyFor({ trust, type, recognition }: TrustSubject) {
  if (type === undefined) return DEFAULT_TRUST_FRESHNESS
  if (recognition === undefined) return type.trustFreshness
  const ours = trust.type(type.typeCode, type.version)?.trustFreshness ?? DEFAULT_TRUST_FRESHNESS
  return stricterPolicy(ours, type.trustFreshness)
}
