/** ARCHITECTURE §11: what is seen on the page is the image that the seal's maker signed. */
import { fault } from '@onetrip/codec'
import { isSameAppearance, sealAppearance } from '@onetrip/seal'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/** The update shows the seal's image in its stated size, and nothing else: `seal/appearance-mismatch`, `seal/image-format`. */
export const pdfAppearance: Rule<PdfSealSubject> = {
  id: 'pdf-appearance',
  clause: 'ARCHITECTURE §11',
  needs: SEAL_STATED,
  check({ impression, update }) {
    const { cose, bytes } = impression.seal
    const appearance = sealAppearance(bytes.image, cose.facts.image)
    if (!isSameAppearance(appearance, update.appearance)) throw fault('seal/appearance-mismatch')
  },
}
