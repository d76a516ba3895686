/** ARCHITECTURE §4: how old a status list may be, by type; a caller's policy only tightens it. */
import type { Subject } from './rule.ts'

/** Ages in seconds from which a status list is amber, and grey. */
export interface FreshnessPolicy {
  readonly staleAfterSeconds: number
  readonly unusableAfterSeconds: number
}

/** The stricter of the type's ages and the caller's; `undefined` where the type is not known. */
export function freshnessPolicy({ type, policy }: Subject): FreshnessPolicy | undefined {
  if (type === undefined) return undefined
  return stricterPolicy(type.freshness, policy)
}

/** Of each age the lower one; what `other` leaves out does not count. */
export function stricterPolicy(
  { staleAfterSeconds, unusableAfterSeconds }: FreshnessPolicy,
  other: Partial<FreshnessPolicy>,
): FreshnessPolicy {
  return {
    staleAfterSeconds: Math.min(staleAfterSeconds, other.staleAfterSeconds ?? Infinity),
    unusableAfterSeconds: Math.min(unusableAfterSeconds, other.unusableAfterSeconds ?? Infinity),
  }
}
