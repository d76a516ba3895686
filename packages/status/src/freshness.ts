/** How far the word of a status list can still be relied on (ARCHITECTURE §4: green, amber, grey). */
import type { StatusList } from './status-list.ts'

/** Limits on the age of a list, part of each type definition; both in seconds since `iat`. */
export interface FreshnessPolicy {
  /** Older than this is `stale`. */
  readonly staleAfterSeconds: number
  /** Older than this is `expired`. */
  readonly unusableAfterSeconds: number
}

/**
 * Judges the age of a list at `now` (Unix seconds). At or past its own `exp` it is `expired` whatever the
 * policy says (RFC 8392 §3.1.4).
 */
export function freshness(options: {
  readonly list: Pick<StatusList, 'issuedAt' | 'expiresAt'>
  readonly now: number
  readonly policy: FreshnessPolicy
}): 'fresh' | 'stale' | 'expired' {
  const { list, now, policy } = options
  if (list.expiresAt !== undefined && now >= list.expiresAt) return 'expired'
  const ageSeconds = now - list.issuedAt
  if (ageSeconds > policy.unusableAfterSeconds) return 'expired'
  return ageSeconds > policy.staleAfterSeconds ? 'stale' : 'fresh'
}
