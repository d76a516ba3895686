/** The request's code with what is left of its time, and beside it the eyes and ears for the answer. */

import type { Trust } from '@onetrip/trust'
import {
  Button,
  type CodeInput,
  Data,
  FileButton,
  holdWakeLock,
  localised,
  QrView,
  Ring,
  Row,
  ScannerView,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { later } from '../counter-state.ts'
import { intake, stopIntake, takeFiles, takeScan } from '../intake-state.ts'
import { isLicenceCode } from '../licence-code.ts'
import { tc } from '../messages.ts'
import { WedgeField } from '../wedge-field.tsx'
import { ask, leaveAsking, takeAnswer } from './ask-acts.ts'
import type { AskPlan } from './ask-signal.ts'
import { claimsAsked } from './material-choice.tsx'
import { type OpenRequest, SHOWN_SECONDS, secondsShown } from './open-requests.ts'
import { ta } from './words-ask.ts'

const TICK_MS = 250
const FILES = 'image/*,text/plain,.txt'

/** Properties of {@link AskingView}. */
export interface AskingViewProps {
  readonly plan: AskPlan
  readonly known: readonly OpenRequest[]
  readonly checking: boolean
  readonly trust: Trust
  readonly inputMethod: boolean
}

/** Shows the newest request and takes its answer, from wherever it comes. */
export function AskingView(props: AskingViewProps): VNode {
  const { plan, known, checking, inputMethod } = props
  useEffect(holdWakeLock, [])
  const take = (input: CodeInput): void => {
    stopIntake()
    void takeAnswer(input)
  }
  const loaded = later.value
  return (
    <div class="asking" data-testid="asking">
      <section class="asking-code stack" aria-labelledby="asking-code">
        <h1 id="asking-code">{ta('code.title')}</h1>
        {known[0] === undefined ? null : <RequestCode open={known[0]} plan={plan} />}
      </section>
      <section class="stack" aria-labelledby="asking-answer">
        <h2 id="asking-answer">{ta('answer.title')}</h2>
        <p class={checking ? undefined : 'visually-hidden'} role="status">
          {checking ? ta('answer.checking') : ''}
        </p>
        <ScannerView onCode={take} onMessage={take} isOurs={isLicenceCode} paused={checking} />
        <WedgeField onCode={(text) => void takeScan(text)} inputMethod={inputMethod} />
        <FileButton accept={FILES} onFiles={(files) => void takeFiles(files)} testId="upload-input">
          {tc('ready.upload')}
        </FileButton>
        {loaded === undefined ? null : <loaded.IntakeStatus state={intake.value} />}
      </section>
      <AskedWords plan={plan} trust={props.trust} />
    </div>
  )
}

interface RequestCodeProps {
  readonly open: OpenRequest
  readonly plan: AskPlan
}

function RequestCode({ open, plan }: RequestCodeProps): VNode {
  const [left, setLeft] = useState(() => secondsShown(open, Date.now()))
  const renewing = useRef<OpenRequest | undefined>(undefined)
  useEffect(() => {
    const look = (): void => {
      const seconds = secondsShown(open, Date.now())
      setLeft(seconds)
      if (seconds > 0 || renewing.current === open) return
      renewing.current = open
      void ask(plan)
    }
    look()
    const timer = setInterval(look, TICK_MS)
    return () => clearInterval(timer)
  }, [open])
  return (
    <>
      <div class="asking-qr" data-testid="ask-qr" data-text={open.text}>
        <QrView text={open.text} errorCorrection="L" label={ta('code.label')} />
      </div>
      <div class="asking-time">
        <Ring seconds={left} total={SHOWN_SECONDS} />
        <p class="hint">{ta('code.hint')}</p>
      </div>
    </>
  )
}

/** What is asked, in words, and the way out. */
export function AskedWords({ plan, trust }: Pick<AskingViewProps, 'plan' | 'trust'>): VNode {
  return (
    <section class="asking-words panel stack" aria-labelledby="asking-words">
      <h2 id="asking-words" class="panel-title">
        {ta('asked.title')}
      </h2>
      <dl class="rows">
        <Row term={ta('matter')}>{localised(plan.of.name)}</Row>
        <Row term={ta('purpose')}>
          <Data>{plan.purpose}</Data>
        </Row>
        {plan.materials.map((material) => (
          <Row key={material.code} term={localised(material.name)}>
            {claimsAsked(material, trust).map((text) => (
              <span key={text} class="ask-claims">
                {text}
              </span>
            ))}
          </Row>
        ))}
      </dl>
      <div class="actions">
        <Button onPress={leaveAsking} testId="ask-cancel">
          {ta('cancel')}
        </Button>
      </div>
    </section>
  )
}
