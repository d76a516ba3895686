/** How old trust data may be: green, then amber, then grey (ARCHITECTURE §5). Licence types may say otherwise. */
import { DEFAULT_TRUST_FRESHNESS } from '@onetrip/credential'
import type { FreshnessPolicy } from '@onetrip/status'

/**
 * Judges the age of trust data at `now` (Unix seconds, both limits inclusive), by the newest time that an online role
 * signed. A type's policy takes the place of the general one.
 */
export function trustFreshness(
  trust: { readonly signedAt: number },
  now: number,
  policy: FreshnessPolicy = DEFAULT_TRUST_FRESHNESS,
): 'fresh' | 'stale' | 'expired' {
  const ageSeconds = now - trust.signedAt
  if (ageSeconds > policy.unusableAfterSeconds) return 'expired'
  return ageSeconds > policy.staleAfterSeconds ? 'stale' : 'fresh'
}
