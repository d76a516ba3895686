/** OpenID4VP 1.0 §5.9.3, §5.10: the client identifier is that of the link, and of the certificate. */
import { fault, sha256, toBase64url } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import { CLIENT_SIGNED, type VpRequestSubject } from '../vp-request-subject.ts'

/**
 * The link, the request and the certificate name one client, and answers go to a host that the certificate names, whichever
 * the prefix: `request/client`.
 */
export const clientId: Rule<VpRequestSubject> = {
  id: 'client-id',
  clause: 'OpenID4VP 1.0 §5.9.3',
  needs: CLIENT_SIGNED,
  check({ request, client, linkedClientId }) {
    const { certificate } = client.value ?? {}
    const { dnsNames = [], bytes = new Uint8Array() } = certificate ?? {}
    const { prefix, value } = request.client
    const isNamed =
      prefix === 'x509_hash' ? value === toBase64url(sha256(bytes)) : dnsNames.includes(value)
    const isLinked = request.clientId === linkedClientId
    const isAnswered = dnsNames.includes(new URL(request.responseUri).hostname)
    if (!isNamed || !isLinked || !isAnswered) throw fault('request/client')
  },
}
