/** A request over the network: its code for the person's phone, its link for a wallet on this device, and how far it is. */

import type { Trust } from '@onetrip/trust'
import { Button, holdWakeLock, Notice, QrView, Ring } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { unixNow } from '../clock.ts'
import { ask } from './ask-acts.ts'
import type { AskPlan, OnlineProgress } from './ask-signal.ts'
import { AskedWords } from './asking-view.tsx'
import type { OnlineRequest } from './online-requests.ts'
import { ta } from './words-ask.ts'

const TICK_MS = 500
const ENDED: readonly OnlineProgress[] = ['declined', 'expired', 'failed']

/** Properties of {@link OnlineView}. */
export interface OnlineViewProps {
  readonly plan: AskPlan
  readonly request: OnlineRequest
  readonly progress: OnlineProgress
  readonly trust: Trust
}

/** Shows the request until it is answered, or over. */
export function OnlineView({ plan, request, progress, trust }: OnlineViewProps): VNode {
  useEffect(holdWakeLock, [])
  useEffect(() => window.scrollTo(0, 0), [])
  const isOver = ENDED.includes(progress)
  return (
    <div class="asking" data-testid="asking-online" data-progress={progress}>
      <section class="asking-code stack" aria-labelledby="online-title">
        <h1 id="online-title">{ta(isOver ? 'online.over' : 'online.title')}</h1>
        {isOver ? <Over plan={plan} progress={progress} /> : <RequestLinks request={request} />}
      </section>
      {isOver ? null : (
        <section class="stack" aria-labelledby="online-progress">
          <h2 id="online-progress">{ta('online.progress')}</h2>
          <p role="status" data-testid="online-progress">
            {ta(`online.${progress}`)}
          </p>
          <p class="hint">{ta('online.wait-hint')}</p>
        </section>
      )}
      <AskedWords plan={plan} trust={trust} />
    </div>
  )
}

/** The code, the time that is left, and the same address as a link; wallets of other makers are asked by another one. */
function RequestLinks({ request }: Pick<OnlineViewProps, 'request'>): VNode {
  const [isOther, setOther] = useState(false)
  const [now, setNow] = useState(unixNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(unixNow()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  const { issuedAt, expiresAt } = request.stated.asked
  const text = isOther ? request.otherLink : request.link
  return (
    <>
      <div class="asking-qr" data-testid="online-qr" data-text={text}>
        <QrView text={text} errorCorrection="L" label={ta('code.label')} />
      </div>
      <div class="asking-time">
        <Ring seconds={Math.max(0, expiresAt - now)} total={expiresAt - issuedAt} />
        <p class="hint">{ta('online.code-hint')}</p>
      </div>
      <div class="actions">
        <a
          class="button"
          href={text}
          target="_blank"
          rel="noopener noreferrer"
          data-testid="online-link"
        >
          {ta('online.here')}
        </a>
        <Button pressed={isOther} onPress={() => setOther(!isOther)} testId="online-other">
          {ta('online.other')}
        </Button>
      </div>
    </>
  )
}

function Over({ plan, progress }: Pick<OnlineViewProps, 'plan' | 'progress'>): VNode {
  const [busy, setBusy] = useState(false)
  const again = async (): Promise<void> => {
    setBusy(true)
    await ask(plan)
    setBusy(false)
  }
  return (
    <>
      <Notice tone="caution" live="alert" testId="online-over">
        {ta(`online.${progress}`)}
      </Notice>
      <div class="actions">
        <Button kind="primary" busy={busy} onPress={() => void again()} testId="ask-again">
          {ta('again')}
        </Button>
      </div>
    </>
  )
}
