/** The receipt's code for the person, and the texts that the office keeps with the case. */

import { Button, Data, holdWakeLock, localised, QrView, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { localTime } from '../calendar.ts'
import { scanNumber } from '../scan-number.ts'
import { tr } from '../words-recent.ts'
import type { AnswerViewProps } from './answer-view.tsx'
import { endAsking, leaveAsking } from './ask-acts.ts'
import { ProofFiles } from './proof-files.tsx'
import { ta } from './words-ask.ts'

/** Shows the receipt until the person has it. */
export function ReceiptView(props: AnswerViewProps): VNode {
  const { id, at, plan, proof, walletOrigin } = props
  useEffect(holdWakeLock, [])
  useEffect(() => window.scrollTo(0, 0), [])
  return (
    <div class="asking" data-testid="receipt-view">
      <section class="asking-code stack" aria-labelledby="receipt-title">
        <h1 id="receipt-title">{ta('receipt.title')}</h1>
        <div class="asking-qr" data-testid="receipt-qr" data-text={proof.receipt}>
          <QrView text={proof.receipt ?? ''} errorCorrection="L" label={ta('receipt.label')} />
        </div>
        <p class="hint">{ta('receipt.text')}</p>
        {walletOrigin === undefined ? null : (
          <div class="actions">
            <a
              class="button"
              href={`${walletOrigin}/#${new URLSearchParams({ receipt: proof.receipt ?? '' })}`}
              target="_blank"
              rel="noopener noreferrer"
              data-testid="receipt-link"
            >
              {ta('online.here')}
            </a>
          </div>
        )}
      </section>
      <section class="stack">
        <dl class="rows panel">
          <Row term={tr('note.number')}>{scanNumber({ id })}</Row>
          <Row term={ta('matter')}>{localised(plan.of.name)}</Row>
          <Row term={ta('purpose')}>
            <Data>{plan.purpose}</Data>
          </Row>
          <Row term={tr('note.time')}>{localTime(at)}</Row>
        </dl>
        <div class="actions">
          <Button kind="primary" onPress={endAsking} testId="receipt-done">
            {ta('receipt.done')}
          </Button>
          <Button onPress={leaveAsking} testId="next-scan">
            {ta('leave')}
          </Button>
        </div>
        <ProofFiles id={id} proof={proof} />
      </section>
    </div>
  )
}
