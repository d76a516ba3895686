/** Asking for licences: what is asked, the request's code, the verdict on the answer, the receipt. */

import type { TrustState } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { startEnrolment } from '../enrolment/enrolment-keeper.ts'
import { tc } from '../messages.ts'
import { place } from '../places.ts'
import { AnswerView } from './answer-view.tsx'
import { endAsking, leaveAsking } from './ask-acts.ts'
import { resumeOnline } from './ask-online.ts'
import { askState } from './ask-signal.ts'
import { AskingView } from './asking-view.tsx'
import { ChooseAsked } from './choose-asked.tsx'
import { OnlineView } from './online-view.tsx'
import { ReceiptView } from './receipt-view.tsx'

/** Properties of {@link AskScreen}. */
export interface AskScreenProps {
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
  /** An input method swallowed a scan. */
  readonly inputMethod: boolean
}

/** The screen of asking, as far as it is. */
export function AskScreen({ state, inputMethod }: AskScreenProps): VNode {
  const asking = askState.value
  const { trust } = state
  const [isKnown, setKnown] = useState(false)
  useEffect(() => {
    // Whether this counter may ask is not known before its enrolment was opened.
    void startEnrolment()
      .then(resumeOnline)
      .finally(() => setKnown(true))
  }, [])
  // Nothing of an answer is left for whoever comes next; from its note there is a way back.
  useEffect(
    () => () => {
      if (askState.value.phase === 'judged' && place.value !== 'note') endAsking()
    },
    [],
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leaveAsking()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (!isKnown) return <p class="hint loading">{tc('trust.loading')}</p>
  if (asking.phase === 'choosing') return <ChooseAsked trust={trust} {...asking} />
  if (asking.phase === 'asking') {
    return <AskingView {...asking} trust={trust} inputMethod={inputMethod} />
  }
  if (asking.phase === 'online') return <OnlineView {...asking} trust={trust} />
  if (asking.isReceiptShown) return <ReceiptView {...asking} trust={trust} />
  return <AnswerView {...asking} trust={trust} />
}
