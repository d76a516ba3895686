/** Who asks, by the trust list; for which matter, why, and until when. */
import {
  Data,
  formatAge,
  formatClock,
  localised,
  Notice,
  Row,
  reasonFor,
  SignIcon,
  withNodes,
} from '@onetrip/ui'
import type { RequestVerdict, StatedRequest } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { wa } from '../words-asked.ts'

/** Properties of {@link WhoAsks}. */
export interface WhoAsksProps {
  readonly stated: StatedRequest
  readonly verdict: RequestVerdict
}

/** The head of a consent: the office is its largest word. */
export function WhoAsks({ stated, verdict }: WhoAsksProps): VNode {
  const { office, device, matter, purpose, expiresAt } = stated
  const { reason, evidence } = verdict
  return (
    <header class="asker">
      <h1>
        <Data>{localised(office.name)}</Data> <span class="asker-asks">{wa('request.asks')}</span>
      </h1>
      <p class="asker-known">
        <SignIcon sign="tick" />
        <span>
          {withNodes(wa('request.known'), {
            device: <Data>{`${device.name}（${device.number}）`}</Data>,
          })}
        </span>
      </p>
      <dl class="rows">
        <Row term={wa('request.matter')}>
          <strong>{matter.name === undefined ? matter.code : localised(matter.name)}</strong>
        </Row>
        <Row term={wa('request.purpose')}>
          <Data>{purpose}</Data>
        </Row>
        <Row term={wa('request.until')}>
          {wa('request.until-value', { time: formatClock(expiresAt) })}
        </Row>
      </dl>
      {reason === undefined ? null : (
        <Notice tone="caution" testId="request-caution">
          {reason === 'trust/stale'
            ? wa('request.stale', { age: formatAge(evidence.trustAgeSeconds) })
            : reasonFor(reason)}
        </Notice>
      )}
    </header>
  )
}
