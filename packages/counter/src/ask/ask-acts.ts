/** What a counter does to ask by a code: makes requests, judges the answer, gives the receipt, keeps the record. No network. */

import { Fault, sha256 } from '@onetrip/codec'
import {
  answerBytes,
  answerText,
  type ReceiptMaterial,
  receiptText,
  signReceipt,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { announce, type CodeInput } from '@onetrip/ui'
import { type AnswerVerdict, shownInAnswer, verifyAnswer } from '@onetrip/verifier'
import { unixNow } from '../clock.ts'
import { nextScan, scanOptions, trustStore } from '../counter-state.ts'
import { enrolledDevice } from '../enrolment/enrolment-keeper.ts'
import { askOnline } from './ask-online.ts'
import { type AskPlan, askState, setAskState } from './ask-signal.ts'
import { answeredRequest, type OpenRequest, withNewRequest } from './open-requests.ts'
import { isTaken, tellAnswer } from './tell-answer.ts'

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
    const { bytes, shown } = disclosedIn(input, { open, trust })
    const receipt = await receiptFor({ verdict, bytes, shown, open, at })
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

/** Back to what may be asked, with the last plan as it was; nothing of the answer is left. */
export function endAsking(): void {
  const state = askState.value
  announce('')
  const last = state.phase === 'choosing' ? state.last : state.plan
  setAskState({ phase: 'choosing', ...(last === undefined ? {} : { last }) })
}

/** Back to scanning. */
export function leaveAsking(): void {
  endAsking()
  nextScan()
}

/** The bytes of an answer, and what it discloses as far as that can be told. */
function disclosedIn(
  input: CodeInput,
  { open, trust }: { readonly open: OpenRequest; readonly trust: Trust },
): { readonly bytes: Uint8Array; readonly shown: readonly ReceiptMaterial[] } {
  let bytes: Uint8Array = new Uint8Array(0)
  try {
    bytes = answerBytes(input)
    return { bytes, shown: shownInAnswer(input, { request: open.request, trust }) }
  } catch (error) {
    if (error instanceof Fault) return { bytes, shown: [] }
    throw error
  }
}

/** An answer that is not taken has no receipt (收件回执: it was received for the matter). */
async function receiptFor(from: {
  readonly verdict: AnswerVerdict
  readonly bytes: Uint8Array
  readonly shown: readonly ReceiptMaterial[]
  readonly open: OpenRequest
  readonly at: number
}): Promise<{ readonly receipt?: string }> {
  const { verdict, bytes, shown, open, at } = from
  const device = await enrolledDevice()
  if (!isTaken(verdict) || shown.length === 0 || device === undefined) return {}
  const { request } = open
  const answer = sha256(bytes)
  return {
    receipt: receiptText(await signReceipt({ request, answer, shown, issuedAt: at, ...device })),
  }
}

function textOf(input: CodeInput): string {
  return typeof input === 'string' ? input : answerText(input)
}
