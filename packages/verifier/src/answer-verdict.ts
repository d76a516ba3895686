/** The verifier's answer on an answer: each wanted material with what was shown as it (ARCHITECTURE §4). */
import type { ErrorCode } from '@onetrip/codec'
import type { MaterialSubject } from './answer-subject.ts'
import type { Named } from './request-verdict.ts'
import type { Check, Evidence, LicenceVerdict, Outcome } from './verdict.ts'

/** A wanted material. */
export interface MaterialVerdict {
  readonly material: Named
  readonly required: boolean
  /** Of what was shown as it; `valid` too where it is not required and nothing was shown. */
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  /** Those on the presentation, then those on the material. */
  readonly checks: readonly Check[]
  /** On what the verdict on the presentation rests; absent when nothing was shown. */
  readonly evidence?: Evidence
  /** Without claims that were not asked; absent when nothing was shown, or its signatures do not hold. */
  readonly licence?: LicenceVerdict
  /** Names of claims that were asked and stayed hidden. */
  readonly missing: MaterialSubject['missing']
}

/** A presentation that was not asked: nothing in it is told. */
export interface UnaskedVerdict {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
  readonly checks: readonly Check[]
}

/** Who answers in the holders' place, by a licence of their own. */
export interface DelegateVerdict extends UnaskedVerdict {
  readonly evidence: Evidence
  /** Absent when its signatures do not hold; then no material is told either. */
  readonly licence?: LicenceVerdict
}

/** What `verifyAnswer` answers for any input. */
export interface AnswerVerdict {
  /** The worst of all, what was not asked and the delegate included. */
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  /** Those on the answer as a whole. */
  readonly checks: readonly Check[]
  readonly evidence: Evidence
  /** In the order of the request's wants; empty when the answer could not be read. */
  readonly materials: readonly MaterialVerdict[]
  readonly unasked: readonly UnaskedVerdict[]
  /** Of a delegate's answer; `materials` are then what their principals let them show. */
  readonly delegate?: DelegateVerdict
  /** Of every presentation that is signed as it should be, of a delegate's answer the delegate's: what the caller adds to `seen`. */
  readonly presentationIds: readonly string[]
}
