/** ARCHITECTURE §5: a certificate ends, and a lost device is denied. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED, type DeviceSubject } from '../device-subject.ts'
import type { Rule } from '../rule.ts'

/**
 * The certificate is in force when it counts, for a request now, for a receipt when it was given: `key/revoked`,
 * `key/outside-validity`, `counter/denied`, `counter/not-yet-valid`, `counter/expired`.
 */
export const counterStanding: Rule<DeviceSubject> = {
  id: 'counter-standing',
  clause: 'ARCHITECTURE §5',
  needs: [...DEVICE_SIGNED, 'clock-floor'],
  check({ standing }) {
    if (standing !== undefined) throw fault(standing)
  },
}
