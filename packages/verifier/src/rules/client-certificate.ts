/** OpenID4VP 1.0 §5.9.3, HAIP 1.0 §5: who asks over the network is proven by a certificate of an office. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import type { VpRequestSubject } from '../vp-request-subject.ts'

/**
 * One certificate, which a key of use `ask` of an office of the trust list issued: `certificate/format`, `der/*`,
 * `certificate/issuer`, `signature/invalid`, `key/format`, and `request/client` where those above it are sent along.
 */
export const clientCertificate: Rule<VpRequestSubject> = {
  id: 'client-certificate',
  clause: 'OpenID4VP 1.0 §5.9.3',
  needs: [],
  check({ client }) {
    if (client.code !== undefined) throw fault(client.code)
  },
}
