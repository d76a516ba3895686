/** ARCHITECTURE §3: a delegation (代办) ends within 90 days and never after its credential. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'
import { MAX_COPY_SECONDS } from './copy-period.ts'
import { AHEAD_SECONDS } from './live-time.ts'

/**
 * The delegation has not ended: `delegation/expired`, at its end included. One without an end, or with an end too far off, is
 * `delegation/too-long`; one signed in the future, whose days would begin there, is `clock/differs`.
 */
export const delegationPeriod: Rule = {
  id: 'delegation-period',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED_AND_CLOCK,
  check({ presentation: { claims, keyBinding }, now }) {
    const { issuedAt, expiresAt: end } = keyBinding ?? {}
    if (issuedAt === undefined || end === undefined) throw fault('delegation/too-long')
    if (end > issuedAt + MAX_COPY_SECONDS) throw fault('delegation/too-long')
    if (end > claims.expiresAt) throw fault('delegation/too-long')
    if (now >= end) throw fault('delegation/expired')
    if (issuedAt > now + AHEAD_SECONDS) throw fault('clock/differs')
  },
}
