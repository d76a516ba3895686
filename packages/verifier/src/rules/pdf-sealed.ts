/** ISO 32000-2 §12.8: a PDF that nobody sealed says nothing. */
import { type ErrorCode, fault } from '@onetrip/codec'
import type { PdfQuestion } from '../document-question.ts'
import type { Rule } from '../rule.ts'

/** Updates that claim to be a seal's and are none that can be read. */
const CLAIMING: readonly ErrorCode[] = ['pdf/update-differs', 'pdf/byte-range', 'pdf/newer-writer']

/** An update of the file is a seal's, or claims to be: `pdf/not-sealed`. */
export const pdfSealed: Rule<PdfQuestion> = {
  id: 'pdf-sealed',
  clause: 'ISO 32000-2 §12.8',
  needs: [],
  check({ sealedPdf }) {
    const isSealed = sealedPdf.updates.some(
      (update) => update.kind === 'seal' || CLAIMING.includes(update.code),
    )
    if (!isSealed) throw fault('pdf/not-sealed')
  },
}
