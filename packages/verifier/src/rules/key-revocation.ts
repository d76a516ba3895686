/** ARCHITECTURE §10 T4: a revoked key has a cut-off time. */
import { fault } from '@onetrip/codec'
import { floorToHour, issuedAtOf } from '../issued-at.ts'
import type { Rule } from '../rule.ts'
import { isSpared } from '../spared.ts'

/**
 * The credential was issued before its key was revoked: `key/revoked`. Where the trust list says what a log held of the key's
 * work by then, that decides, whatever `iat` says: all of it counts, and nothing else of a type that requires receipts. Else the
 * cut-off counts from its full hour, since `iat` is rounded down to the hour.
 */
export const keyRevocation: Rule = {
  id: 'key-revocation',
  clause: 'ARCHITECTURE §5',
  needs: ['issuer-signature'],
  check(subject) {
    const { revokedFrom, logged } = subject.issuerKey.value ?? {}
    if (revokedFrom === undefined || isSpared(subject)) return
    const isDecidedByLog = logged !== undefined && subject.receiptRequired
    if (isDecidedByLog || issuedAtOf(subject) >= floorToHour(revokedFrom))
      throw fault('key/revoked')
  },
}
