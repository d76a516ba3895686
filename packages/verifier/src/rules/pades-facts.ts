/** ISO 32000-2 §12.8.1: what other readers show of a signature is what the impression states. */
import { fault } from '@onetrip/codec'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import { IMPRESSION_SIGNED, type Rule } from '../rule.ts'

/** Time, purpose and name in the signature dictionary are those of the impression and its seal: `seal/forms-differ`. */
export const padesFacts: Rule<PdfSealSubject> = {
  id: 'pades-facts',
  clause: 'ISO 32000-2 §12.8.1',
  needs: [...IMPRESSION_SIGNED, 'pades-signature'],
  check({ update, impression }) {
    const { issuedAt, purpose } = impression.cose.facts
    const { name, owner } = impression.seal.cose.facts
    const isSame = update.signedAt === issuedAt && update.reason === purpose
    const isNamed = update.signerName === name || update.signerName === owner.name
    if (!isSame || !isNamed) throw fault('seal/forms-differ')
  },
}
