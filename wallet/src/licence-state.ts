/** What a licence's own holder should be told about it, from the receiving check run again. */
import type { ErrorCode } from '@onetrip/codec'
import type { LicenceState } from '@onetrip/ui'
import type { Verdict } from '@onetrip/verifier'
import type { LicenceSummary } from './held-licence.ts'
import type { LicenceEnd } from './licence-end.ts'

/** Which sentence of the catalogue says it. */
export type StateSentence =
  | 'checking'
  | 'in-force'
  | 'stale'
  | 'unchecked'
  | 'revoked'
  | LicenceEnd
  | 'suspended'
  | 'expired'
  | 'credential-expired'
  | 'not-yet-valid'
  | 'clock'
  | 'clock-ahead'
  | 'problem'

/** A licence's state: what is stamped on the card and what is said beside it. */
export interface HeldState {
  readonly state: LicenceState
  readonly sentence: StateSentence
  /** When the status list that says so was signed, Unix seconds. */
  readonly asOf?: number
  /** The day the sentence names, `YYYY-MM-DD`. */
  readonly day?: string
  /** Why it cannot be confirmed, for `problem`. */
  readonly code?: ErrorCode
}

interface Said {
  readonly state: LicenceState
  readonly sentence: StateSentence
}

const SAID: Partial<Record<ErrorCode, Said>> = {
  'clock/rolled-back': { state: 'unknown', sentence: 'clock' },
  'credential/expired': { state: 'expired', sentence: 'credential-expired' },
  // The agency's own signature holds: to its holder it is as good as before.
  'licence-seal/unknown': { state: 'in-force', sentence: 'in-force' },
  'licence/expired': { state: 'expired', sentence: 'expired' },
  'licence/not-yet-valid': { state: 'not-yet-valid', sentence: 'not-yet-valid' },
  'status/expired': { state: 'unknown', sentence: 'stale' },
  'status/revoked': { state: 'revoked', sentence: 'revoked' },
  'status/stale': { state: 'in-force', sentence: 'stale' },
  'status/suspended': { state: 'suspended', sentence: 'suspended' },
  'status/unavailable': { state: 'unknown', sentence: 'unchecked' },
  'trust/expired': { state: 'unknown', sentence: 'stale' },
  'trust/stale': { state: 'in-force', sentence: 'stale' },
}

/** What only a clock that runs ahead may make of a licence. */
const BY_THE_CLOCK = new Set<ErrorCode>([
  'credential/expired',
  'licence/expired',
  'status/expired',
  'status/stale',
  'trust/expired',
  'trust/stale',
])

/** While the check of a licence is still to come. */
export const CHECKING: HeldState = { state: 'checking', sentence: 'checking' }

/** Reads a licence's state off its verdict; without one nothing has been checked yet. */
export function heldState(verdict: Verdict | undefined, summary: LicenceSummary): HeldState {
  if (verdict === undefined) {
    return { state: 'unknown', sentence: 'unchecked' }
  }
  const asOf = verdict.evidence.status?.asOf
  const base = asOf === undefined ? {} : { asOf }
  if (verdict.reason === undefined) {
    return asOf === undefined
      ? { state: 'unknown', sentence: 'unchecked' }
      : { state: 'in-force', sentence: 'in-force', asOf }
  }
  if (verdict.evidence.clock.mayBeAhead && BY_THE_CLOCK.has(verdict.reason)) {
    return { ...base, state: 'unknown', sentence: 'clock-ahead' }
  }
  const said = SAID[verdict.reason] ?? { state: 'unknown', sentence: 'problem' }
  // A sentence that names a time needs one: without it nothing was ever checked.
  if (said.sentence === 'stale' && asOf === undefined) {
    return { state: 'unknown', sentence: 'unchecked' }
  }
  return { ...base, ...said, ...dayOf(said.sentence, summary), ...codeOf(said, verdict.reason) }
}

function dayOf(sentence: StateSentence, summary: LicenceSummary): { readonly day?: string } {
  if (sentence === 'not-yet-valid') {
    return { day: summary.validFrom }
  }
  return sentence === 'expired' && summary.validTo !== undefined ? { day: summary.validTo } : {}
}

function codeOf(said: Said, code: ErrorCode): { readonly code?: ErrorCode } {
  return said.sentence === 'problem' ? { code } : {}
}
