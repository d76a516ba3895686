/** The verdicts on the seals in a PDF, which depend on each other: a later update counts as nothing only when it holds. */
import { SEAL_CHECKS } from '@onetrip/seal'
import { COUNTS_AS_NOTHING, PDF_SEAL_PLAN } from './document-plan.ts'
import type { ImpressionVerdict, SealPlace } from './document-verdict.ts'
import { havePassed, impressionVerdict } from './impression-verdict.ts'
import { notRun, ran, worstOf } from './judge.ts'
import type { PdfSeal } from './pdf-seal-subject.ts'
import { sealFile } from './rules/seal-file.ts'
import type { Check } from './verdict.ts'

/** Judges the seals from the newest to the oldest; gives them back oldest first. */
export function judgePdfSeals(
  seals: readonly PdfSeal[],
  fileChecks: readonly Check[],
): readonly ImpressionVerdict[] {
  const verdicts: ImpressionVerdict[] = []
  let areLaterSealed = true
  for (const seal of seals.toReversed()) {
    const verdict = judgeSeal(seal, { fileChecks, areLaterSealed })
    areLaterSealed &&= havePassed(verdict.checks, COUNTS_AS_NOTHING)
    verdicts.push(verdict)
  }
  return verdicts.toReversed()
}

function judgeSeal(
  seal: PdfSeal,
  by: { readonly fileChecks: readonly Check[]; readonly areLaterSealed: boolean },
): ImpressionVerdict {
  const { fileChecks, areLaterSealed } = by
  const place = placeOf(seal)
  if (seal.subject === undefined) {
    const rest = [...SEAL_CHECKS, ...PDF_SEAL_PLAN].map(notRun)
    const checks = [ran(sealFile, seal.code), ...rest]
    return { ...worstOf([...fileChecks, ...checks]), checks, place }
  }
  const subject = { ...seal.subject, areLaterSealed }
  const verdict = impressionVerdict({ subject, plan: PDF_SEAL_PLAN, fileChecks })
  return { ...verdict, checks: [ran(sealFile), ...verdict.checks], place }
}

function placeOf({ update }: PdfSeal): SealPlace {
  const { page, rect, start, end } = update
  return { page, rect, updateBytes: { start, end } }
}
