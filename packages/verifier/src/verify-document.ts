/** A sealed file, trust data and a time become a verdict (ARCHITECTURE §4). */
import { type PdfFinding, verifyImpressions } from '@onetrip/seal'
import { DOCUMENT_PLAN, IMPRESSION_PLAN, PDF_PLAN } from './document-plan.ts'
import { type DocumentQuestion, documentQuestion } from './document-question.ts'
import type { DocumentVerdict, ImpressionVerdict } from './document-verdict.ts'
import { clocksDiffer, dataEvidence } from './evidence.ts'
import { impressionSubject } from './impression-subject.ts'
import { impressionVerdict } from './impression-verdict.ts'
import { judge, notRun, worstOf } from './judge.ts'
import { judgePdfSeals } from './judge-pdf-seals.ts'
import type { DocumentOptions, FileWithSeal, PdfWithSeals, SealedDocument } from './options.ts'
import { gatherPdfSeals } from './pdf-seal-subject.ts'
import { readPdf, readSealFile } from './read-document.ts'
import type { Check, Verdict } from './verdict.ts'
import { verifyLicenceCode } from './verify-licence-code.ts'

/**
 * Verifies a file with its `.seal`, or a PDF that carries its seals. Any bytes give a verdict: bad input never rejects,
 * and only impressions whose every check passed, at least one, make a verdict that is `valid`.
 */
export async function verifyDocument(
  sealed: SealedDocument,
  options: DocumentOptions,
): Promise<DocumentVerdict> {
  const question = documentQuestion(options)
  return 'pdf' in sealed ? verifyPdf(sealed, question) : verifyWithSeal(sealed, question)
}

async function verifyWithSeal(
  sealed: FileWithSeal,
  question: DocumentQuestion,
): Promise<DocumentVerdict> {
  const { trust, now } = question
  const reading = readSealFile(sealed.sealFile)
  if (reading.value === undefined) {
    return verdictOf({ checks: [...reading.checks, ...DOCUMENT_PLAN.map(notRun)], question })
  }
  const checks = [...reading.checks, ...judge(DOCUMENT_PLAN, question)]
  const judged = await verifyImpressions(reading.value, { file: sealed.file, trust, now })
  const subjects = await Promise.all(judged.map((each) => impressionSubject(each, question)))
  const impressions = subjects.map((subject) =>
    impressionVerdict({ subject, plan: IMPRESSION_PLAN, fileChecks: checks }),
  )
  return verdictOf({ checks, question, impressions })
}

async function verifyPdf(
  { pdf }: PdfWithSeals,
  question: DocumentQuestion,
): Promise<DocumentVerdict> {
  const reading = readPdf(pdf)
  if (reading.value === undefined) {
    return verdictOf({ checks: [...reading.checks, ...PDF_PLAN.map(notRun)], question })
  }
  const pdfQuestion = { ...question, sealedPdf: reading.value }
  const checks = [...reading.checks, ...judge(PDF_PLAN, pdfQuestion)]
  const impressions = judgePdfSeals(await gatherPdfSeals(pdf, pdfQuestion), checks)
  const { findings } = reading.value
  const licence = await verifyLicenceCode(pdf, pdfQuestion)
  return verdictOf({ checks, question, impressions, findings, licence })
}

/** The worst of all that failed, in the file, in its impressions and in the licence that it carries. */
function verdictOf(options: {
  readonly checks: readonly Check[]
  readonly question: DocumentQuestion
  readonly impressions?: readonly ImpressionVerdict[]
  readonly findings?: readonly PdfFinding[]
  readonly licence?: Verdict | undefined
}): DocumentVerdict {
  const { checks, question, impressions = [], findings, licence } = options
  const judged = licence === undefined ? impressions : [...impressions, licence]
  const evidence = dataEvidence(question)
  const clock = { ...evidence.clock, differs: clocksDiffer(checks) }
  return {
    ...worstOf([...checks, ...judged.flatMap((each) => each.checks)]),
    checks,
    evidence: { ...evidence, clock, mode: 'document' },
    impressions,
    ...(licence === undefined ? {} : { licence }),
    ...(findings === undefined ? {} : { findings }),
  }
}
