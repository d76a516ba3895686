/** The licence whose code a PDF carries, with an outcome of its own. */

import type { Verdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { reasonFor } from '../code-words.ts'
import { Row } from '../licence-card.tsx'
import { SignIcon } from '../sign-icon.tsx'
import { Checks, CodeNumberRow, StatusLine } from '../verdict-evidence.tsx'
import { tv } from '../verdict-messages.ts'
import { LicenceFacts } from '../verdict-view.tsx'
import { TONE_SIGNS, toneOf, wordOf } from '../verdict-words.ts'
import { documentHead } from './document-head.ts'
import { td } from './document-words.ts'

/** Properties of {@link CarriedLicence}. */
export interface CarriedLicenceProps {
  readonly verdict: Verdict
  /** When it was verified, Unix seconds. */
  readonly at: number
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
}

/** Shows it as the seals of the file are shown, and its facts as on any verdict. */
export function CarriedLicence({ verdict, at, now }: CarriedLicenceProps): VNode {
  const { outcome, reason, licences, evidence, checks } = verdict
  const head = documentHead(verdict)
  const tone = toneOf(head)
  return (
    <article
      class={`impression impression-${tone}`}
      aria-labelledby="carried-title"
      data-testid="carried-licence"
      data-outcome={outcome}
      data-code={reason ?? ''}
    >
      <div class="impression-outcome">
        <h2 id="carried-title">{td('licence.title')}</h2>
        <span class={`impression-word tone-${tone}`}>
          <SignIcon sign={TONE_SIGNS[tone]} />
          <strong>{wordOf(head)}</strong>
        </span>
      </div>
      {reason === undefined ? null : (
        <p class="impression-reason">
          {head.reason === undefined ? td('licence.same') : reasonFor(reason)}
        </p>
      )}
      {licences.map((licence) => (
        <LicenceFacts key={licence.serial} licence={licence} verdict={verdict} at={at} now={now} />
      ))}
      {licences.length === 0 ? null : (
        <dl class="rows">
          <Row term={tv('status.label')}>
            <StatusLine verdict={verdict} at={at} now={now} />
          </Row>
          <CodeNumberRow evidence={evidence} />
        </dl>
      )}
      <Checks checks={checks} place={evidence.statusPlace} testId="carried-checks" />
    </article>
  )
}
