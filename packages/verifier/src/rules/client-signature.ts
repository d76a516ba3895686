/** RFC 9101 §6.2: the certified key signed the request. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import type { VpRequestSubject } from '../vp-request-subject.ts'

/** The signature holds under the certificate's key: `signature/invalid`, `signature/format`, `algorithm/not-allowed`. */
export const clientSignature: Rule<VpRequestSubject> = {
  id: 'client-signature',
  clause: 'RFC 9101 §6.2',
  needs: ['client-certificate'],
  check({ clientSignature }) {
    if (clientSignature.code !== undefined) throw fault(clientSignature.code)
  },
}
