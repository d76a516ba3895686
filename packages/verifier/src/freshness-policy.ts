/** ARCHITECTURE §4: how old a status list may be, by type; a caller's policy only tightens it. */
import { fault } from '@onetrip/codec'
import { freshness, type StatusList } from '@onetrip/status'
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

/** Refuses a status list by its age at `now` (Unix seconds): `status/stale`, then `status/expired`. */
export function assertFresh(options: {
  readonly list: Pick<StatusList, 'issuedAt' | 'expiresAt'>
  readonly now: number
  readonly policy: FreshnessPolicy
}): void {
  const age = freshness(options)
  if (age === 'expired') throw fault('status/expired')
  if (age === 'stale') throw fault('status/stale')
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
