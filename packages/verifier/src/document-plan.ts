/** Which rules are meant to run on a sealed file, and on each impression after the seal package's own checks. */
import type { DocumentQuestion } from './document-question.ts'
import type { ImpressionSubject } from './impression-subject.ts'
import type { Rule } from './rule.ts'
import { clockFloor } from './rules/clock-floor.ts'
import { environment } from './rules/environment.ts'
import { mode } from './rules/mode.ts'
import { sealStatus } from './rules/seal-status.ts'
import { sealStatusFreshness } from './rules/seal-status-freshness.ts'
import { sealStatusList } from './rules/seal-status-list.ts'
import { trustFreshness } from './rules/trust-freshness.ts'

/** On the file, after `limits` and `format`. */
export const DOCUMENT_PLAN: readonly Rule<DocumentQuestion>[] = [
  clockFloor,
  trustFreshness,
  environment,
  mode,
]

/** On each impression, after what the seal package asks. */
export const IMPRESSION_PLAN: readonly Rule<ImpressionSubject>[] = [
  sealStatusList,
  sealStatusFreshness,
  sealStatus,
]
