/** How old the evidence is, how it was shown and checked, and each check for those who ask. */

import type { Evidence, Verdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { Data } from './data-text.tsx'
import { EvidenceParts, RecognitionRow } from './evidence-parts.tsx'
import { formatAge, formatClockSeconds, formatMoment } from './formatters.ts'
import { localised } from './language.ts'
import { Row } from './licence-card.tsx'
import { tv } from './verdict-messages.ts'

/** Properties of {@link VerdictEvidence} and {@link StatusLine}. */
export interface VerdictEvidenceProps {
  readonly verdict: Verdict
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to; `at` when left out. */
  readonly now?: number
  readonly officeName?: (id: string) => string | undefined
}

/** "not revoked as of 09:10": what the status list said, and when it said so. */
export function StatusLine({ verdict, at, now = at }: VerdictEvidenceProps): VNode {
  const { status } = verdict.evidence
  if (status === undefined) return <span>{tv('status.none')}</span>
  return <span>{tv(`status.${status.value}`, { time: formatMoment(status.asOf, now) })}</span>
}

/** The evidence of a verdict as a list. */
export function VerdictEvidence(props: VerdictEvidenceProps): VNode {
  const { verdict, at, now = at } = props
  const { evidence, licences } = verdict
  const waited = now - at
  return (
    <div class="evidence">
      <h2>{tv('evidence')}</h2>
      <dl class="rows">
        {licences.length === 0 && evidence.status === undefined ? null : (
          <Row term={tv('status.label')}>
            <span data-testid="evidence-age">
              <strong>
                <StatusLine {...props} />
              </strong>
              {evidence.status === undefined ? null : (
                <span class="hint">
                  {' '}
                  {tv('status.age', { age: formatAge(evidence.status.ageSeconds + waited) })}
                </span>
              )}
            </span>
          </Row>
        )}
        {evidence.mode === undefined ? null : (
          <Row term={tv('mode.label')}>{tv(`mode.${evidence.mode}`)}</Row>
        )}
        {evidence.clock.differs ? <ClockRows evidence={evidence} /> : null}
        <Row term={tv('how.label')}>{tv('how.local')}</Row>
        <Row term={tv('trust.label')}>
          {tv('trust.value', {
            version: evidence.trustVersion,
            age: formatAge(evidence.trustAgeSeconds + waited),
          })}
        </Row>
        <RecognitionRow evidence={evidence} now={now} waited={waited} />
        <Row term={tv('time.label')}>{formatMoment(at, now)}</Row>
        <SpeaksForRows {...props} />
        {evidence.presentationId === undefined ? null : (
          <Row term={tv('code.label')}>
            <Data>{evidence.presentationId.slice(0, 8).toUpperCase()}</Data>
          </Row>
        )}
      </dl>
      {evidence.clock.mayBeAhead ? (
        <p class="hint" role="note" data-testid="evidence-clock-ahead">
          {tv('clock.ahead')}
        </p>
      ) : null}
      <EvidenceParts evidence={evidence} now={now} waited={waited} />
      <Checks verdict={verdict} />
    </div>
  )
}

/** Office and device of an enrolled counter; any other says that it speaks for no office. */
function SpeaksForRows({ verdict, officeName }: VerdictEvidenceProps): VNode {
  const { office, speaksFor } = verdict.evidence
  if (speaksFor.kind === 'office') {
    const { number, name } = speaksFor.device
    return (
      <>
        <Row term={tv('office.label')}>
          <span data-testid="evidence-office">
            <Data>{localised(speaksFor.office.name)}</Data>
          </span>
        </Row>
        <Row term={tv('device.label')}>
          <span data-testid="evidence-device">
            <Data>{`${number} · ${name}`}</Data>
          </span>
        </Row>
      </>
    )
  }
  return (
    <Row term={tv('office.label')}>
      <span data-testid="evidence-no-office">
        {tv(speaksFor.reason === undefined ? 'office.none' : 'office.lost')}
      </span>
      {office === undefined ? null : (
        <span class="hint"> {tv('office.chosen', { office: officeName?.(office) ?? office })}</span>
      )}
    </Row>
  )
}

function ClockRows({ evidence }: { readonly evidence: Evidence }): VNode {
  const { deviceTime, codeTime, signedTime } = evidence.clock
  return (
    <>
      <Row term={tv('clock.device')}>{formatClockSeconds(deviceTime)}</Row>
      {codeTime === undefined ? null : (
        <Row term={tv('clock.code')}>{formatClockSeconds(codeTime)}</Row>
      )}
      {codeTime === undefined || signedTime > deviceTime ? (
        <Row term={tv('clock.signed')}>{formatMoment(signedTime, deviceTime)}</Row>
      ) : null}
    </>
  )
}

function Checks({ verdict }: { readonly verdict: Verdict }): VNode {
  return (
    <details class="checks" data-testid="verdict-checks">
      <summary>{tv('details', { count: verdict.checks.length })}</summary>
      <ul>
        {verdict.checks.map((check) => (
          <li key={check.id} class={`check-${check.outcome}`}>
            <span>{check.id}</span> · {tv(`check.${check.outcome}`)}
            {check.code === undefined ? null : <code> {check.code}</code>}{' '}
            <span class="hint">{check.clause}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
