/** ARCHITECTURE §3, "Time": a live code was signed within the last minute. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** Oldest live code that is taken. */
export const LIVE_SECONDS = 60
/** How far a live code may seem to come from the future. */
export const AHEAD_SECONDS = 10
/** Up to here a difference may be the clocks' fault. */
export const DIFFERS_SECONDS = 600

/**
 * `iat` lies in [now - 60, now + 10]. Up to 10 min older, or in the future by any amount, the clocks
 * differ: `clock/differs`; a code from the future cannot be an old one. Older, or past an `exp` of its
 * own: `presentation/expired`.
 */
export const liveTime: Rule = {
  id: 'live-time',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { keyBinding }, now }) {
    const signedAt = keyBinding?.issuedAt ?? Number.NEGATIVE_INFINITY
    const end = keyBinding?.expiresAt ?? Number.POSITIVE_INFINITY
    if (now >= end) throw fault('presentation/expired')
    if (signedAt < now - DIFFERS_SECONDS) throw fault('presentation/expired')
    if (signedAt < now - LIVE_SECONDS || signedAt > now + AHEAD_SECONDS)
      throw fault('clock/differs')
  },
}
