/** ARCHITECTURE §5: a seal maker's certificate stands in the trust list, beside the key that is certified in it. */
import { fault } from '@onetrip/codec'
import { keyValidity } from '@onetrip/trust'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/**
 * The maker's certificate is one of the trust list: `certificate/issuer`. Its key was good when the maker stated the seal,
 * as certificates are issued then: `key/revoked`, `key/outside-validity`.
 */
export const padesIssuer: Rule<PdfSealSubject> = {
  id: 'pades-issuer',
  clause: 'ARCHITECTURE §5',
  needs: [...SEAL_STATED, 'pades-format'],
  check({ padesIssuer, impression }) {
    if (padesIssuer.value === undefined) throw fault(padesIssuer.code)
    const code = keyValidity(padesIssuer.value, impression.seal.cose.facts.issuedAt)
    if (code !== undefined) throw fault(code)
  },
}
