/** RFC 5652 §5.4, RFC 5280 §6.1: the signature over everything in the file up to the end of its update. */
import { fault } from '@onetrip/codec'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import type { Rule } from '../rule.ts'

/**
 * The certified key signed all bytes but the signature's own, while its certificate was valid: `cms/digest-mismatch`,
 * `signature/invalid`, `certificate/issuer`, `certificate/not-yet-valid`, `certificate/expired`.
 */
export const padesSignature: Rule<PdfSealSubject> = {
  id: 'pades-signature',
  clause: 'RFC 5652 §5.4',
  needs: ['pades-seal', 'pades-issuer'],
  check({ padesSignature }) {
    if (padesSignature.code !== undefined) throw fault(padesSignature.code)
  },
}
