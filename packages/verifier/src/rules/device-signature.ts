/** RFC 9052 §4.4, RFC 8747 §3: the device that the certificate names signed. */
import { fault } from '@onetrip/codec'
import type { DeviceSubject } from '../device-subject.ts'
import type { Rule } from '../rule.ts'

/** The certified key signed what is shown: `signature/invalid`, `signature/format`, `algorithm/not-allowed`. */
export const deviceSignature: Rule<DeviceSubject> = {
  id: 'device-signature',
  clause: 'RFC 9052 §4.4',
  needs: ['counter-certificate'],
  check({ deviceSignature }) {
    if (deviceSignature.code !== undefined) throw fault(deviceSignature.code)
  },
}
