/** What a verdict on a sealed file rests on, and the checks on the whole file. */

import type { DocumentVerdict, SealVerdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { EvidenceParts } from '../evidence-parts.tsx'
import { formatAge, formatMoment } from '../formatters.ts'
import { Row } from '../licence-card.tsx'
import {
  Checks,
  ClockNote,
  ClockRows,
  type SpeaksForProps,
  SpeaksForRows,
} from '../verdict-evidence.tsx'
import { tv } from '../verdict-messages.ts'

/** Properties of {@link DocumentEvidenceView}. */
export interface DocumentEvidenceProps {
  readonly verdict: DocumentVerdict | SealVerdict
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
  /** Gives an office's name from the trust list; only at a counter does it matter for whom it is checked. */
  readonly officeName: SpeaksForProps['officeName']
}

/** The evidence as a list. */
export function DocumentEvidenceView(props: DocumentEvidenceProps): VNode {
  const { verdict, at, now, officeName } = props
  const { evidence, checks } = verdict
  const waited = now - at
  const trustAge = formatAge(evidence.trustAgeSeconds + waited)
  return (
    <div class="evidence">
      <h2>{tv('evidence')}</h2>
      <dl class="rows">
        {'impressions' in verdict ? (
          <Row term={tv('mode.label')}>{tv(`mode.${evidence.mode}`)}</Row>
        ) : null}
        {evidence.clock.differs ? <ClockRows clock={evidence.clock} /> : null}
        <Row term={tv('how.label')}>{tv('how.local')}</Row>
        <Row term={tv('trust.label')}>
          {tv('trust.value', { version: evidence.trustVersion, age: trustAge })}
        </Row>
        <Row term={tv('time.label')}>{formatMoment(at, now)}</Row>
        {officeName === undefined ? null : (
          <SpeaksForRows evidence={evidence} officeName={officeName} />
        )}
      </dl>
      <ClockNote clock={evidence.clock} />
      <EvidenceParts evidence={evidence} now={now} waited={waited} />
      <Checks checks={checks} testId="verdict-checks" />
    </div>
  )
}
