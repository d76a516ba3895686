/** ARCHITECTURE §10 TR08: a key signs from its first to its last moment, both included. */
import { fault } from '@onetrip/codec'
import { floorToHour, issuedAtOf } from '../issued-at.ts'
import type { Rule } from '../rule.ts'

/**
 * The credential was issued while its key was valid: `key/outside-validity`. The key's start counts
 * from its full hour, since `iat` is rounded down to the hour.
 */
export const keyValidity: Rule = {
  id: 'key-validity',
  clause: 'ARCHITECTURE §5',
  needs: ['issuer-signature'],
  check(subject) {
    const key = subject.issuerKey.value
    const issuedAt = issuedAtOf(subject)
    if (key === undefined || issuedAt < floorToHour(key.notBefore) || issuedAt > key.notAfter) {
      throw fault('key/outside-validity')
    }
  },
}
