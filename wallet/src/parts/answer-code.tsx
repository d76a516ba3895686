/** The answer's code, white to the edge, until the request is over; then the way to the receipt. */

import { answerBytes, MAX_REQUEST_SECONDS, parseRequest } from '@onetrip/credential'
import { AppShell, Button, Data, holdWakeLock, localised, Notice, QrView, Ring } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { askedRequest } from '../asked/asked-state.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { goTo, now } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wa } from '../words-asked.ts'
import { ConsentLicences } from './consent-licences.tsx'

const TICK_MS = 250

/** Properties of {@link AnswerCode}. */
export interface AnswerCodeProps {
  readonly entry: ConsentEntry
}

/** Shows the answer that was put on record. */
export function AnswerCode({ entry }: AnswerCodeProps): VNode {
  const { expiresAt } = useMemo(() => parseRequest(answerBytes(entry.request)), [entry])
  const left = useSecondsLeft(expiresAt)
  const title = wa('answer.title', { office: localised(entry.office.name) })
  useEffect(holdWakeLock, [])
  useEffect(() => scrollTo(0, 0), [])
  return (
    <AppShell name={w('app.name')} title={title} bare busy>
      <div class="show" data-testid="answer-screen">
        <header class="show-head">
          <div class="show-what">
            <h1>
              <Data>{title}</Data>
            </h1>
          </div>
          <Button onPress={() => leaveFor('home')} testId="close-answer">
            {wa('answer.close')}
          </Button>
        </header>
        <div class="show-code">
          {left === 0 ? (
            <Notice tone="caution" live="status" testId="answer-over">
              {wa('answer.over')}
            </Notice>
          ) : (
            <>
              <div class="show-qr" data-testid="qr" data-text={entry.answer}>
                <QrView
                  text={entry.answer}
                  errorCorrection="L"
                  label={wa('answer.qr')}
                  testId="qr-drawing"
                />
              </div>
              <div class="show-time">
                <Ring seconds={left} total={MAX_REQUEST_SECONDS} />
                <p>{wa('answer.hint')}</p>
              </div>
            </>
          )}
        </div>
        <div class="show-words">
          <p class="hint">{wa('answer.receipt-hint')}</p>
          <div class="actions">
            <Button kind="primary" onPress={() => leaveFor('receipt')} testId="scan-receipt">
              {wa('answer.receipt')}
            </Button>
          </div>
          <section class="disclosed">
            <h2>{wa('answer.shown')}</h2>
            <ConsentLicences shown={entry.shown} />
          </section>
        </div>
      </div>
    </AppShell>
  )
}

function useSecondsLeft(expiresAt: number): number {
  const [left, setLeft] = useState(Math.max(0, expiresAt - now()))
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, expiresAt - now())), TICK_MS)
    return () => clearInterval(timer)
  }, [expiresAt])
  return left
}

function leaveFor(screen: 'home' | 'receipt'): void {
  askedRequest.value = undefined
  goTo({ screen })
}
