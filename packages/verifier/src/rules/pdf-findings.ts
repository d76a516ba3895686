/** ISO 32000-2 §7.5.6, §12.8: what stands in a sealed PDF besides its first revision and its seals. */
import { fault } from '@onetrip/codec'
import type { PdfQuestion } from '../document-question.ts'
import type { Rule } from '../rule.ts'
import { isWorse, severityOf } from '../severity.ts'

/**
 * The file holds its first revision and seals that our writer makes, and nothing else: the first of the worst of
 * `pdf/other-revision`, `pdf/update-differs`, `pdf/byte-range`, `pdf/trailing-bytes`, `pdf/shadow-object`,
 * `pdf/dangling-reference`, `pdf/active-content`, `pdf/foreign-signature`, `pdf/newer-writer`.
 */
export const pdfFindings: Rule<PdfQuestion> = {
  id: 'pdf-findings',
  clause: 'ISO 32000-2 §7.5.6',
  needs: ['pdf-sealed'],
  check({ sealedPdf }) {
    const [first, ...others] = sealedPdf.findings.map(({ code }) => code)
    if (first === undefined) return
    throw fault(others.reduce((a, b) => (isWorse(severityOf(b), severityOf(a)) ? b : a), first))
  },
}
