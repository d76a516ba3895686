/** The verdict on a sealed file: the head of any verdict, then a card for each seal, then what it rests on. */

import type { DocumentVerdict } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Data } from '../data-text.tsx'
import { announce } from '../live-region.ts'
import { VerdictFrame } from '../verdict-frame.tsx'
import { wordOf } from '../verdict-words.ts'
import { CarriedLicence } from './carried-licence.tsx'
import { DocumentEvidenceView } from './document-evidence.tsx'
import { documentHead } from './document-head.ts'
import { DocumentParts } from './document-parts.tsx'
import { DocumentReason, documentStep } from './document-reason.tsx'
import type { ShownDocument } from './document-session.ts'
import { td } from './document-words.ts'
import { formatBytes } from './format-bytes.ts'
import { ImpressionCard } from './impression-card.tsx'
import { focusMainIfLost } from './kept-focus.ts'
import { LoneSealCard } from './lone-seal-card.tsx'
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

/** Shows a verdict on a sealed file; the head is a live region, an alert when red, and its first button has the focus. */
export function DocumentView({ shown, now, officeName, actions }: DocumentViewProps): VNode {
  const { verdict, at, document } = shown
  const { file } = document
  const head = documentHead(verdict)
  const buttons = useRef<HTMLDivElement>(null)
  useEffect(() => {
    window.scrollTo(0, 0)
    buttons.current?.querySelector('button')?.focus({ preventScroll: true })
    announce(wordOf(head))
    return () => {
      announce('')
      focusMainIfLost()
    }
  }, [shown.id])
  return (
    <VerdictFrame
      verdict={verdict}
      head={head}
      why={<DocumentReason verdict={verdict} now={now} />}
      nextStep={documentStep(verdict)}
      actions={actions}
      actionsRef={buttons}
      kind="document-verdict"
    >
      <p class="document-file" data-testid="document-file">
        <span class="hint">{td('file.label')}</span>{' '}
        <strong>
          <Data>{file.name}</Data>
        </strong>{' '}
        <span class="hint">{formatBytes(file.size)}</span>
      </p>
      {'impressions' in verdict ? (
        <Seals {...shown} verdict={verdict} now={now} />
      ) : (
        <LoneSealCard verdict={verdict} at={at} now={now} />
      )}
      <DocumentEvidenceView verdict={verdict} at={at} now={now} officeName={officeName} />
    </VerdictFrame>
  )
}

interface SealsProps extends Pick<ShownDocument, 'at' | 'document'> {
  readonly verdict: DocumentVerdict
  readonly now: number
}

/** A card for each seal; of a PDF its pages and parts too. */
function Seals({ verdict, at, document, now }: SealsProps): VNode {
  const { impressions, checks, findings = [], licence } = verdict
  const { kind, file } = document
  const numberOf = (digest: string): number | undefined => {
    const index = impressions.findIndex((one) => one.digest === digest)
    return index < 0 ? undefined : index + 1
  }
  return (
    <>
      {licence === undefined ? null : <CarriedLicence verdict={licence} at={at} now={now} />}
      {impressions.length === 0 ? <p class="hint">{td('none')}</p> : null}
      {impressions.map((impression, index) => (
        <ImpressionCard
          key={index}
          impression={impression}
          number={index + 1}
          count={impressions.length}
          fileChecks={checks}
          at={at}
          now={now}
          numberOf={numberOf}
        />
      ))}
      {kind === 'pdf' ? (
        <>
          <PagePreviews file={file} impressions={impressions} />
          {impressions.length + findings.length === 0 ? null : (
            <DocumentParts size={file.size} impressions={impressions} findings={findings} />
          )}
        </>
      ) : null}
    </>
  )
}
