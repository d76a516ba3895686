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

/** What `verifyAnswer` answers for any input. */
export interface AnswerVerdict {
  /** The worst of all, what was not asked included. */
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  /** Those on the answer as a whole. */
  readonly checks: readonly Check[]
  readonly evidence: Evidence
  /** In the order of the request's wants; empty when the answer could not be read. */
  readonly materials: readonly MaterialVerdict[]
  readonly unasked: readonly UnaskedVerdict[]
  /** Of every presentation that is signed as it should be: what the caller adds to `seen`. */
  readonly presentationIds: readonly string[]
}
