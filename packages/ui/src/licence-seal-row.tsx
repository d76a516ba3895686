/** The seal that a licence was issued under, among the facts of the licence. */

import type { LicenceSealVerdict, Verdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { Data, GroupedNumber } from './data-text.tsx'
import { formatDate, formatMoment } from './formatters.ts'
import { withNodes } from './language.ts'
import { Row } from './licence-card.tsx'
import { tv } from './verdict-messages.ts'

/** Properties of {@link LicenceSealRow}. */
export interface LicenceSealRowProps {
  readonly seal: LicenceSealVerdict
  /** Whether it was in its period and in use when the licence was issued. */
  readonly wasInUse: boolean
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
}

/** Name, owner, number, and its state in words as of when its register said so. */
export function LicenceSealRow({ seal, wasInUse, now }: LicenceSealRowProps): VNode {
  const { name, owner, id, state } = seal
  return (
    <Row term={tv('seal.label')}>
      <span data-testid="licence-seal" data-seal-state={state}>
        <Data>{name}</Data>
        <span class="facts-note hint">
          {withNodes(tv('seal.owner'), {
            owner: <Data>{owner.name}</Data>,
            number: <GroupedNumber value={id} />,
          })}
        </span>
        <span class="facts-note hint">
          {stateWords(seal, now)}
          {state !== 'in-use' && wasInUse ? tv('seal.stands') : ''}
        </span>
      </span>
    </Row>
  )
}

/** Whether the seal of a verdict's licence was good when the licence was issued. */
export function wasSealInUse({ checks }: Pick<Verdict, 'checks'>): boolean {
  return checks.some(({ id, outcome }) => id === 'licence-seal-life' && outcome === 'passed')
}

function stateWords({ state, since, asOf }: LicenceSealVerdict, now: number): string {
  const time = formatMoment(asOf, now)
  return tv(`seal.${state}`, { time, since: since === undefined ? '' : formatDate(since) })
}
