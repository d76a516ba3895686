/** ARCHITECTURE §5: certificates and keys end, and a lost key is denied. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import { CLIENT_SIGNED, type VpRequestSubject } from '../vp-request-subject.ts'

/**
 * Both certificates and the office's key are in force: `certificate/not-yet-valid`, `certificate/expired`, `key/revoked`,
 * `key/outside-validity`, `counter/denied`.
 */
export const clientStanding: Rule<VpRequestSubject> = {
  id: 'client-standing',
  clause: 'ARCHITECTURE §5',
  needs: [...CLIENT_SIGNED, 'clock-floor'],
  check({ standing }) {
    if (standing !== undefined) throw fault(standing)
  },
}
