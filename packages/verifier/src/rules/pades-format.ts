/** EN 319 142-1 §6.3: the signature over a sealed PDF has the one form of baseline B-B that our writer makes. */
import { fault } from '@onetrip/codec'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import type { Rule } from '../rule.ts'

/** The signature can be read: `cms/format`, `certificate/format`, `der/*`, `key/format`, `signature/format`. */
export const padesFormat: Rule<PdfSealSubject> = {
  id: 'pades-format',
  clause: 'EN 319 142-1 §6.3',
  needs: [],
  check({ pades }) {
    if (pades.code !== undefined) throw fault(pades.code)
  },
}
