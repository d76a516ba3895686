/** A sealed file, trust data and a time become a verdict (ARCHITECTURE §4). */
import { verifyImpressions } from '@onetrip/seal'
import { DOCUMENT_PLAN } from './document-plan.ts'
import { type DocumentQuestion, documentQuestion } from './document-question.ts'
import type { DocumentVerdict, ImpressionVerdict } from './document-verdict.ts'
import { clocksDiffer, dataEvidence } from './evidence.ts'
import { impressionVerdict } from './impression-verdict.ts'
import { judge, notRun, worstOf } from './judge.ts'
import type { DocumentOptions, SealedDocument } from './options.ts'
import { readSealFile } from './read-document.ts'
import type { Check } from './verdict.ts'

/**
 * Verifies a file with its `.seal`. Any bytes give a verdict: bad input never rejects, and only impressions whose every
 * check passed make one that is `valid`.
 */
export async function verifyDocument(
  sealed: SealedDocument,
  options: DocumentOptions,
): Promise<DocumentVerdict> {
  const question = documentQuestion(options)
  const { trust, now } = question
  const reading = readSealFile(sealed.sealFile)
  if (reading.sealFile === undefined) {
    return verdictOf({ checks: [...reading.checks, ...DOCUMENT_PLAN.map(notRun)], question })
  }
  const checks = [...reading.checks, ...judge(DOCUMENT_PLAN, question)]
  const judged = await verifyImpressions(reading.sealFile, { file: sealed.file, trust, now })
  const impressions = judged.map((each) =>
    impressionVerdict({ judged: each, question, fileChecks: checks }),
  )
  return verdictOf({ checks, question, impressions })
}

/** The worst of all that failed, in the file and in its impressions. */
function verdictOf(options: {
  readonly checks: readonly Check[]
  readonly question: DocumentQuestion
  readonly impressions?: readonly ImpressionVerdict[]
}): DocumentVerdict {
  const { checks, question, impressions = [] } = options
  const evidence = dataEvidence(question)
  const clock = { ...evidence.clock, differs: clocksDiffer(checks) }
  return {
    ...worstOf([...checks, ...impressions.flatMap((impression) => impression.checks)]),
    checks,
    evidence: { ...evidence, clock, mode: 'document' },
    impressions,
  }
}
