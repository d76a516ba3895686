/** The verdict on a sealed file: the head of any verdict, then a card for each seal, then what it rests on. */

import type { DocumentVerdict } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { documentStepFor, reasonFor } from '../code-words.ts'
import { Data } from '../data-text.tsx'
import { formatMoment } from '../formatters.ts'
import { SignIcon } from '../sign-icon.tsx'
import { TONE_SIGNS, toneOf, wordOf } from '../verdict-words.ts'
import { DocumentEvidenceView } from './document-evidence.tsx'
import { DocumentParts } from './document-parts.tsx'
import type { ShownDocument } from './document-session.ts'
import { td } from './document-words.ts'
import { formatBytes } from './format-bytes.ts'
import { ImpressionCard } from './impression-card.tsx'
import { PagePreviews } from './page-previews.tsx'

/** Properties of {@link DocumentView}. */
export interface DocumentViewProps {
  readonly shown: ShownDocument
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
  /** Gives an office's name from the trust list. */
  readonly officeName?: (id: string) => string | undefined
  /** Buttons under the head, such as "another file". */
  readonly actions: ComponentChildren
}

/** Shows a verdict on a sealed file; the head is a live region, an alert when red. */
export function DocumentView({ shown, now, officeName, actions }: DocumentViewProps): VNode {
  const { verdict, at, document } = shown
  const { file } = document
  const { outcome, reason, impressions } = verdict
  const tone = toneOf(verdict)
  const step = reason === undefined ? undefined : documentStepFor(reason, outcome)
  const numberOf = (digest: string): number | undefined => {
    const index = impressions.findIndex((one) => one.digest === digest)
    return index < 0 ? undefined : index + 1
  }
  return (
    <section
      class={`verdict verdict-${tone} document-verdict`}
      data-testid="verdict"
      data-outcome={outcome}
      data-code={reason ?? ''}
      aria-labelledby="verdict-word"
    >
      <div class="verdict-head">
        <div class="verdict-says" role={outcome === 'invalid' ? 'alert' : 'status'}>
          <SignIcon sign={TONE_SIGNS[tone]} />
          <h1 id="verdict-word" class="verdict-word" data-testid="verdict-word">
            {wordOf(verdict)}
          </h1>
          <p class="verdict-reason" data-testid="verdict-reason">
            {reason === undefined ? <WhyValid verdict={verdict} now={now} /> : reasonFor(reason)}
          </p>
          {step === undefined ? null : <p class="verdict-next">{step}</p>}
        </div>
        <div class="actions">{actions}</div>
      </div>
      <div class="verdict-sheet">
        <p class="document-file" data-testid="document-file">
          <span class="hint">{td('file.label')}</span>{' '}
          <strong>
            <Data>{file.name}</Data>
          </strong>{' '}
          <span class="hint">{formatBytes(file.size)}</span>
        </p>
        {impressions.length === 0 ? <p class="hint">{td('none')}</p> : null}
        {impressions.map((impression, index) => (
          <ImpressionCard
            key={index}
            impression={impression}
            number={index + 1}
            count={impressions.length}
            fileChecks={verdict.checks}
            at={at}
            now={now}
            numberOf={numberOf}
          />
        ))}
        {document.kind === 'pdf' ? (
          <>
            <PagePreviews file={file} impressions={impressions} />
            <DocumentParts
              size={file.size}
              impressions={impressions}
              findings={verdict.findings ?? []}
            />
          </>
        ) : null}
        <DocumentEvidenceView verdict={verdict} at={at} now={now} officeName={officeName} />
      </div>
    </section>
  )
}

interface WhyValidProps {
  readonly verdict: DocumentVerdict
  readonly now: number
}

/** That the seals hold, and until when that was known, or by what proof it does not matter. */
function WhyValid({ verdict: { impressions }, now }: WhyValidProps): VNode {
  const count = impressions.length
  if (impressions.some(({ sealedBefore }) => sealedBefore !== undefined)) {
    return <>{td('valid.before')}</>
  }
  const asOf = Math.min(...impressions.flatMap(({ status }) => status?.asOf ?? []))
  return (
    <>
      {td(count === 1 ? 'valid.one' : 'valid.many', { count })}
      {Number.isFinite(asOf) ? (
        <span class="document-as-of">{td('status.valid', { time: formatMoment(asOf, now) })}</span>
      ) : null}
    </>
  )
}
