/**
 * The licence code that a PDF carries (ARCHITECTURE §11): judged as the paper code that it is, and held against the text of
 * the pages, so that file and code state the same.
 */
import type { PdfQuestion } from './document-question.ts'
import { notRun, ran } from './judge.ts'
import { readInput } from './read-input.ts'
import { format } from './rules/format.ts'
import { licenceCode } from './rules/licence-code.ts'
import { limits } from './rules/limits.ts'
import { settle } from './settle.ts'
import type { Question } from './subject.ts'
import type { Verdict } from './verdict.ts'
import { unread, verdictOn } from './verify.ts'

/** The verdict on the code; nothing where the PDF carries none. `document/licence-code` for one that cannot be read. */
export async function verifyLicenceCode(
  pdf: Uint8Array,
  question: PdfQuestion,
): Promise<Verdict | undefined> {
  const asked = questionOn(pdf, question)
  const found = settle(() => licenceCode.read(question.sealedPdf.file))
  if (found.code !== undefined) {
    const checks = [ran(licenceCode, 'document/licence-code'), notRun(limits), notRun(format)]
    return unread(checks, asked, 'attached')
  }
  if (found.value === undefined) return undefined
  const { presentation, checks } = readInput(found.value)
  const read = [ran(licenceCode), ...checks]
  if (presentation === undefined) return unread(read, asked, 'attached')
  if (presentation.kind !== 'paper') {
    const unfit = [ran(licenceCode), ran(limits), ran(format, 'credential/wrong-type')]
    return unread(unfit, asked, 'attached')
  }
  return verdictOn({ presentation, checks: read, plan: 'attached', question: asked })
}

/** The same trust, time and asker; shown as paper is, whatever else the caller takes. */
function questionOn(
  pdf: Uint8Array,
  { trust, now, policy, office, speaksFor, environment, readText }: PdfQuestion,
): Question {
  return {
    trust,
    now,
    accept: ['paper'],
    policy,
    office,
    speaksFor,
    request: undefined,
    delegated: undefined,
    seen: [],
    environment,
    expectedHolder: undefined,
    receipts: undefined,
    readText: readText === undefined ? undefined : async () => readText(pdf),
  }
}
