/** ARCHITECTURE §5: a device speaks for an office by a certificate under the office's own key. */
import { fault } from '@onetrip/codec'
import type { DeviceSubject } from '../device-subject.ts'
import type { Rule } from '../rule.ts'

/**
 * An office of the trust list certified the device with a key of use `enrol`: `counter/office-unknown`, `key/unknown`,
 * `signature/invalid`, `signature/format`, `algorithm/not-allowed`.
 */
export const counterCertificate: Rule<DeviceSubject> = {
  id: 'counter-certificate',
  clause: 'ARCHITECTURE §5',
  needs: [],
  check({ counter }) {
    if (counter.code !== undefined) throw fault(counter.code)
  },
}
