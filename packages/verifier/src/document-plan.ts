/** Which rules are meant to run on a sealed file, and on each impression after the seal package's own checks. */
import type { DocumentQuestion, PdfQuestion } from './document-question.ts'
import type { ImpressionSubject, SealSubject } from './impression-subject.ts'
import type { PdfSealSubject } from './pdf-seal-subject.ts'
import { IMPRESSION_SIGNED, type Rule } from './rule.ts'
import { clockFloor } from './rules/clock-floor.ts'
import { environment } from './rules/environment.ts'
import { laterSeals } from './rules/later-seals.ts'
import { mode } from './rules/mode.ts'
import { padesFacts } from './rules/pades-facts.ts'
import { padesFormat } from './rules/pades-format.ts'
import { padesIssuer } from './rules/pades-issuer.ts'
import { padesSeal } from './rules/pades-seal.ts'
import { padesSignature } from './rules/pades-signature.ts'
import { pdfAppearance } from './rules/pdf-appearance.ts'
import { pdfFindings } from './rules/pdf-findings.ts'
import { pdfSealed } from './rules/pdf-sealed.ts'
import { sealStatus } from './rules/seal-status.ts'
import { sealStatusFreshness } from './rules/seal-status-freshness.ts'
import { sealStatusList } from './rules/seal-status-list.ts'
import { timeStamp } from './rules/time-stamp.ts'
import { trustFreshness } from './rules/trust-freshness.ts'
import type { RuleId } from './verdict.ts'

/** On the file, after `limits` and `format`. */
export const DOCUMENT_PLAN: readonly Rule<DocumentQuestion>[] = [
  clockFloor,
  trustFreshness,
  environment,
  mode,
]

/** On a PDF that carries its seals, after `limits` and `format`. */
export const PDF_PLAN: readonly Rule<PdfQuestion>[] = [...DOCUMENT_PLAN, pdfSealed, pdfFindings]

/** On a seal by itself, after what the seal package asks. */
export const LONE_SEAL_PLAN: readonly Rule<SealSubject>[] = [
  sealStatusList,
  sealStatusFreshness,
  sealStatus,
]

/** On each impression, after what the seal package asks. */
export const IMPRESSION_PLAN: readonly Rule<ImpressionSubject>[] = [...LONE_SEAL_PLAN, timeStamp]

/** On each seal in a PDF, after `seal-file` and what the seal package asks. */
export const PDF_SEAL_PLAN: readonly Rule<PdfSealSubject>[] = [
  ...LONE_SEAL_PLAN,
  pdfAppearance,
  padesFormat,
  padesSeal,
  padesIssuer,
  padesSignature,
  padesFacts,
  laterSeals,
  timeStamp,
]

/** What an update has to have passed so that it counts as nothing for the seals before it. */
export const COUNTS_AS_NOTHING: readonly RuleId[] = [
  ...IMPRESSION_SIGNED,
  'digest',
  'length',
  'media-type',
  'appearance',
  'pdf-appearance',
  'pades-format',
  'pades-seal',
  'pades-issuer',
  'pades-signature',
  'pades-facts',
]
