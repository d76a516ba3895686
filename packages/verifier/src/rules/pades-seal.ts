/** ARCHITECTURE §11: impression and PAdES signature are of the same seal. */
import { fault, samePublicKey } from '@onetrip/codec'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/**
 * The certificate is of one of the seal's keys (`seal/key-not-listed`) and names the seal and its owner as the seal itself
 * does (`seal/forms-differ`).
 */
export const padesSeal: Rule<PdfSealSubject> = {
  id: 'pades-seal',
  clause: 'ARCHITECTURE §11',
  needs: [...SEAL_STATED, 'pades-format'],
  check({ pades, impression }) {
    if (pades.value === undefined) throw fault(pades.code)
    const { key: certified, subject } = pades.value.certificate
    const { keys, name, owner } = impression.seal.cose.facts
    if (!keys.some((key) => samePublicKey(key, certified))) throw fault('seal/key-not-listed')
    const isNamed =
      subject.commonName === name &&
      subject.organization === owner.name &&
      subject.uscc === owner.uscc
    if (!isNamed) throw fault('seal/forms-differ')
  },
}
