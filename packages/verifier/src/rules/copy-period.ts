/** ARCHITECTURE §3: a copy (加注件) ends within 90 days and never after its credential. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'
import { AHEAD_SECONDS } from './live-time.ts'

/** Longest life of a copy: 90 days, and the rest of the day on which it ends. */
export const MAX_COPY_SECONDS = 7_862_400

/**
 * The copy has not ended: `presentation/copy-expired`, at its end included. One without an end, or
 * with an end too far off, is `copy/too-long`; one signed in the future, whose days would begin there, is
 * `clock/differs`.
 */
export const copyPeriod: Rule = {
  id: 'copy-period',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { claims, keyBinding }, now }) {
    const { issuedAt, expiresAt: end } = keyBinding ?? {}
    if (issuedAt === undefined || end === undefined) throw fault('copy/too-long')
    if (end > issuedAt + MAX_COPY_SECONDS) throw fault('copy/too-long')
    if (end > claims.expiresAt) throw fault('copy/too-long')
    if (now >= end) throw fault('presentation/copy-expired')
    if (issuedAt > now + AHEAD_SECONDS) throw fault('clock/differs')
  },
}
