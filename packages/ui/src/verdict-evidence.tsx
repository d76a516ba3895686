/** How old the evidence is, how it was shown and checked, and each check for those who ask. */

import type { Check, ClockEvidence, DataEvidence, Evidence, Verdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { CopyText } from './copy-text.tsx'
import { Data } from './data-text.tsx'
import { EvidenceParts, RecognitionRow } from './evidence-parts.tsx'
import { formatAge, formatClockSeconds, formatMoment } from './formatters.ts'
import { localised } from './language.ts'
import { Row } from './licence-card.tsx'
import { LoggedRow } from './logged-row.tsx'
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
        {evidence.clock.differs ? <ClockRows clock={evidence.clock} /> : null}
        <Row term={tv('how.label')}>{tv('how.local')}</Row>
        <Row term={tv('trust.label')}>
          {tv('trust.value', {
            version: evidence.trustVersion,
            age: formatAge(evidence.trustAgeSeconds + waited),
          })}
        </Row>
        <LoggedRow logged={evidence.logged} />
        <RecognitionRow evidence={evidence} now={now} waited={waited} />
        <Row term={tv('time.label')}>{formatMoment(at, now)}</Row>
        <SpeaksForRows evidence={evidence} officeName={props.officeName} />
        <CodeNumberRow evidence={evidence} />
        {evidence.presentationId === undefined ? null : (
          <Row term={tv('code.label')}>
            <Data>{evidence.presentationId.slice(0, 8).toUpperCase()}</Data>
          </Row>
        )}
      </dl>
      <ClockNote clock={evidence.clock} />
      <EvidenceParts evidence={evidence} now={now} waited={waited} />
      <Checks checks={verdict.checks} place={evidence.statusPlace} testId="verdict-checks" />
    </div>
  )
}

/** Properties of {@link CodeNumberRow}. */
export interface CodeNumberRowProps {
  readonly evidence: Pick<Evidence, 'codeNumber'>
}

/** The number that stands under a printed code, so that it can be compared with the print; nothing for any other code. */
export function CodeNumberRow({ evidence }: CodeNumberRowProps): VNode | null {
  const { codeNumber } = evidence
  if (codeNumber === undefined) return null
  return (
    <Row term={tv('code.number')}>
      <span data-testid="code-number">
        <Data>{codeNumber}</Data>
      </span>{' '}
      <span class="hint">{tv('code.compare')}</span>
    </Row>
  )
}

/** Properties of {@link SpeaksForRows}. */
export interface SpeaksForProps {
  readonly evidence: Pick<DataEvidence, 'office' | 'speaksFor'>
  readonly officeName: VerdictEvidenceProps['officeName']
}

/** Office and device of an enrolled counter; any other says that it speaks for no office. */
export function SpeaksForRows({ evidence, officeName }: SpeaksForProps): VNode {
  const { office, speaksFor } = evidence
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

/** Properties of {@link ClockRows} and {@link ClockNote}. */
export interface ClockProps {
  readonly clock: ClockEvidence
}

/** Says that this device's clock may be ahead of its data; nothing when it is not. */
export function ClockNote({ clock }: ClockProps): VNode | null {
  if (!clock.mayBeAhead) return null
  return (
    <p class="hint" role="note" data-testid="evidence-clock-ahead">
      {tv('clock.ahead')}
    </p>
  )
}

/** The readings of time that do not agree. */
export function ClockRows({ clock }: ClockProps): VNode {
  const { deviceTime, codeTime, signedTime } = clock
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

/** Properties of {@link Checks}. */
export interface ChecksProps {
  readonly checks: readonly Check[]
  /** Where the status stands, for whoever asks the issuer about it. */
  readonly place?: Evidence['statusPlace'] | undefined
  readonly testId: string
}

/** Each check with its clause, closed until asked for. */
export function Checks({ checks, place, testId }: ChecksProps): VNode {
  return (
    <details class="checks" data-testid={testId}>
      <summary>{tv('details', { count: checks.length })}</summary>
      <ul>
        {checks.map((check) => (
          <li key={check.id} class={`check-${check.outcome}`}>
            <span>{check.id}</span> · {tv(`check.${check.outcome}`)}
            {check.code === undefined ? null : <code> {check.code}</code>}{' '}
            <span class="hint">{check.clause}</span>
          </li>
        ))}
      </ul>
      {place === undefined ? null : (
        <dl class="rows" data-testid="status-place">
          <Row term={tv('place.list')}>
            <CopyText text={place.uri} testId="copy-status-list" />
          </Row>
          <Row term={tv('place.index')}>
            <CopyText text={String(place.index)} testId="copy-status-index" />
          </Row>
        </dl>
      )}
    </details>
  )
}
