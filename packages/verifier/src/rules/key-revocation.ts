/** ARCHITECTURE §10 T4: a revoked key has a cut-off time. */
import { fault } from '@onetrip/codec'
import { floorToHour, issuedAtOf } from '../issued-at.ts'
import type { Rule } from '../rule.ts'

/**
 * The credential was issued before its key was revoked: `key/revoked`. The cut-off counts from its
 * full hour, since `iat` is rounded down to the hour.
 */
export const keyRevocation: Rule = {
  id: 'key-revocation',
  clause: 'ARCHITECTURE §5',
  needs: ['issuer-signature'],
  check(subject) {
    const revokedFrom = subject.issuerKey.value?.revokedFrom
    if (revokedFrom !== undefined && issuedAtOf(subject) >= floorToHour(revokedFrom)) {
      throw fault('key/revoked')
    }
  },
}
