/** What a counter does to ask by a code: makes requests, judges the answer, gives the receipt, keeps the record. No network. */

import { answerText } from '@onetrip/credential'
import { announce, type CodeInput } from '@onetrip/ui'
import { verifyAnswer } from '@onetrip/verifier'
import { unixNow } from '../clock.ts'
import { keepReceipts, nextScan, scanOptions, trustStore } from '../counter-state.ts'
import { enrolledDevice } from '../enrolment/enrolment-keeper.ts'
import { disclosedIn, receiptFor } from './answer-receipt.ts'
import { abandonOnline, askOnline } from './ask-online.ts'
import { type AskPlan, askState, setAskState } from './ask-signal.ts'
import { answeredRequest, withNewRequest } from './open-requests.ts'
import { tellAnswer } from './tell-answer.ts'

/** Asks: over the network where the clerk chose so, else by a code in the place of the one that stood there for the same plan. */
export function ask(plan: AskPlan): Promise<void> {
  return plan.isOnline ? askOnline(plan) : showRequest(plan)
}

async function showRequest(plan: AskPlan): Promise<void> {
  const before = askState.value
  const known = before.phase === 'asking' && before.plan === plan ? before.known : []
  try {
    const device = await enrolledDevice()
    if (device === undefined) {
      setAskState({ phase: 'choosing', last: plan, trouble: 'not-enrolled' })
      return
    }
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const made = await withNewRequest(known, { question: plan, device, now: unixNow(), random })
    // The clerk may have left, or an answer may have come, while the key was signing.
    if (askState.value !== before) return
    setAskState({ phase: 'asking', plan, known: made, checking: false })
  } catch {
    setAskState({ phase: 'choosing', last: plan, trouble: 'failed' })
  }
}

/** Judges what was scanned while a request stands on the screen; anything else than its answer is told as what it is. */
export async function takeAnswer(input: CodeInput): Promise<void> {
  const state = askState.value
  const trusted = trustStore.state.value
  if (state.phase !== 'asking' || state.checking || trusted.phase !== 'ready') return
  const { plan, known } = state
  const open = answeredRequest(known, input)
  if (open === undefined) return
  const working = { ...state, checking: true }
  setAskState(working)
  try {
    const { trust } = trusted
    const at = unixNow()
    const options = await scanOptions(trust, at)
    const verdict = await verifyAnswer(input, { ...options, request: open.request })
    void keepReceipts(input, verdict).catch(() => undefined)
    const { bytes, shown } = disclosedIn(input, { wants: plan.wants, trust })
    const { request } = open
    const receipt = await receiptFor({ verdict, bytes, shown, request, at })
    // The clerk left meanwhile.
    if (askState.value !== working) return
    const proof = { request: open.text, answer: textOf(input), ...receipt }
    tellAnswer({ plan, at, verdict, bytes, shown, trust, proof })
  } catch {
    setAskState({ phase: 'choosing', last: plan, trouble: 'failed' })
  }
}

/** Shows the receipt's code. */
export function showReceipt(): void {
  const state = askState.value
  if (state.phase === 'judged') setAskState({ ...state, isReceiptShown: true })
}

/** Back to what may be asked, with the last plan as it was; nothing of the answer is left, and a request over the network is ended. */
export function endAsking(): void {
  const state = askState.value
  announce('')
  if (state.phase === 'online') void abandonOnline(state.request)
  const last = state.phase === 'choosing' ? state.last : state.plan
  setAskState({ phase: 'choosing', ...(last === undefined ? {} : { last }) })
}

/** Back to scanning. */
export function leaveAsking(): void {
  endAsking()
  nextScan()
}

function textOf(input: CodeInput): string {
  return typeof input === 'string' ? input : answerText(input)
}
