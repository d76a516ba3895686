/** A licence's state in one sentence, with the time it was true. */
import { formatDate, formatDay, formatMoment, type Sign, SignIcon } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { LicenceSummary } from '../held-licence.ts'
import type { HeldState, StateSentence } from '../licence-state.ts'
import { now } from '../wallet-state.ts'
import { w } from '../words.ts'

const SIGNS: Readonly<Record<StateSentence, Sign>> = {
  checking: 'info',
  'in-force': 'tick',
  stale: 'exclamation',
  unchecked: 'question',
  revoked: 'cross',
  annulled: 'cross',
  penalty: 'cross',
  deregistered: 'cross',
  replaced: 'cross',
  transferred: 'cross',
  suspended: 'cross',
  expired: 'cross',
  'credential-expired': 'exclamation',
  'not-yet-valid': 'exclamation',
  clock: 'exclamation',
  'clock-ahead': 'exclamation',
  problem: 'question',
}

/** Properties of {@link StatusLine}. */
export interface StatusLineProps {
  readonly state: HeldState
  readonly summary: LicenceSummary
}

/** The status line of a licence; sign and words, never colour alone. */
export function StatusLine({ state, summary }: StatusLineProps): VNode {
  return (
    <p class={`status-line status-${state.sentence}`} data-testid="status-line">
      <SignIcon sign={SIGNS[state.sentence]} />
      <span>{stateWords(state, summary)}</span>
    </p>
  )
}

/** The sentence of a state in the current language. */
export function stateWords(state: HeldState, summary: LicenceSummary): string {
  const moment = state.asOf === undefined ? '' : formatMoment(state.asOf, now())
  const ended = formatDate(summary.expiresAt)
  const day = state.day === undefined ? ended : formatDay(state.day)
  return w(`status.${state.sentence}`, { moment, day })
}
