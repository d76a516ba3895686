/** What a counter does to ask over the network: opens a request, waits, and judges what was shown by its own trust data. */

import { type ErrorCode, Fault, fromBase64url } from '@onetrip/codec'
import type { ReceiptInput, VpRequest } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { fetchLogReceipt } from '@onetrip/ui'
import { type KeptReceipts, verifyPresentations } from '@onetrip/verifier'
import { unixNow } from '../clock.ts'
import { scanOptions, trustStore } from '../counter-state.ts'
import type { DeviceClient } from '../enrolment/enrolment-client.ts'
import { enrolledClient, enrolledCounter } from '../enrolment/enrolment-keeper.ts'
import { place } from '../places.ts'
import { disclosedIn, receiptFor } from './answer-receipt.ts'
import { type AskPlan, askState, type OnlineProgress, setAskState } from './ask-signal.ts'
import { forgetOnline, type KeptOnline, keepOnline, readKeptOnline } from './kept-online.ts'
import {
  closeOnline,
  endWhenTaken,
  fetchOnlineAnswer,
  fetchOnlineState,
  type OnlineAnswer,
  type OnlineRequest,
  openOnline,
  statedRequest,
} from './online-requests.ts'
import { tellAnswer } from './tell-answer.ts'

const POLL_MS = 2000

/** Opens a request for what the clerk chose, and waits for its answer. */
export async function askOnline(plan: AskPlan): Promise<void> {
  const before = askState.value
  try {
    const [client, counter] = [await enrolledClient(), await enrolledCounter()]
    const trusted = trustStore.state.value
    if (client === undefined || counter === undefined || trusted.phase !== 'ready') {
      setAskState({ phase: 'choosing', last: plan, trouble: 'not-enrolled' })
      return
    }
    const { trust } = trusted
    const office = counter.office.id
    const request = await openOnline(client, {
      question: plan,
      office,
      trust,
      now: unixNow,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    })
    const { matter, purpose, wants, part } = plan
    const kept = { question: { matter, purpose, wants }, ...(part === undefined ? {} : { part }) }
    const { stated: _ofCompact, ...links } = request
    await keepOnline({ format: 1, ...kept, request: links })
    // The clerk may have left while it was made.
    if (askState.value !== before) {
      await abandonOnline(request)
      return
    }
    setAskState({ phase: 'online', plan, request, progress: 'waiting' })
    void waitFor(request, client)
  } catch (error) {
    setAskState({ phase: 'choosing', last: plan, ...troubleOf(error) })
  }
}

/** Goes on with the request that a page loaded before was waiting for; one that is over, or not this office's, is forgotten. */
export async function resumeOnline(): Promise<void> {
  const before = askState.value
  const kept = await readKeptOnline()
  if (kept === undefined || before.phase !== 'choosing') return
  const client = await enrolledClient()
  const counter = await enrolledCounter()
  const trusted = trustStore.state.value
  if (client === undefined || counter === undefined || trusted.phase !== 'ready') return
  const { trust } = trusted
  const plan = planOf(kept, trust)
  const { apiOrigin } = client
  const { question } = kept
  const by = { question, office: counter.office.id, trust, now: unixNow(), apiOrigin }
  const stated = plan && (await statedRequest(kept.request, by).catch(whereFault))
  if (plan === undefined || stated === undefined) {
    await forgetOnline(kept.request.id)
    return
  }
  const request = { ...kept.request, stated }
  if (askState.value !== before) return
  setAskState({ phase: 'online', plan, request, progress: 'waiting' })
  void waitFor(request, client)
}

/** Ends a request that the clerk does not wait for any more; without a network it ends by itself, in five minutes at most. */
export async function abandonOnline(request: OnlineRequest): Promise<void> {
  await forgetOnline(request.id)
  const client = await enrolledClient()
  await (client && closeOnline(client, request.id).catch(whereFault))
}

/** What the clerk chose, of the catalogue as it is; nothing where that no longer has the matter. */
function planOf({ question, part }: KeptOnline, trust: Trust): AskPlan | undefined {
  const of = trust.matters.find(({ code }) => code === question.matter)
  if (of === undefined) return undefined
  const codes = question.wants.map(({ material }) => material)
  const materials = of.materials.filter(({ code }) => codes.includes(code))
  return { ...question, of, materials, isOnline: true, ...(part === undefined ? {} : { part }) }
}

function whereFault(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error
}

/** Asks again and again until the request is over, or the clerk goes on. */
async function waitFor(request: OnlineRequest, client: DeviceClient): Promise<void> {
  while (isWaiting(request)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    // Elsewhere nobody would see what was shown.
    if (!isWaiting(request) || place.value !== 'ask') continue
    try {
      const state = await fetchOnlineState(client, request)
      if (state === 'declined' || state === 'expired') await forgetOnline(request.id)
      if (state === 'answered') await takeOnline(request, client)
      else progress(request, state === 'open' ? 'waiting' : state)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      progress(request, isNetwork(error.code) ? 'unreached' : 'failed')
    }
  }
}

async function takeOnline(request: OnlineRequest, client: DeviceClient): Promise<void> {
  const answer = await fetchOnlineAnswer(client, request.id)
  if (answer.state === 'answered') await judge(request, answer, client)
}

/** What came over the network carries no receipt of the log; there is a network to ask for it. */
function receiptsOver({ http, apiOrigin }: DeviceClient, kept: KeptReceipts | undefined) {
  return async (leaf: Uint8Array): Promise<Uint8Array | undefined> => {
    const seen = await kept?.(leaf)
    if (seen !== undefined) return seen
    try {
      return await fetchLogReceipt(http, { apiOrigin, leaf })
    } catch (error) {
      if (error instanceof Fault) return undefined
      throw error
    }
  }
}

async function judge(
  request: OnlineRequest,
  { parts, text }: OnlineAnswer,
  client: DeviceClient,
): Promise<void> {
  const state = askState.value
  const trusted = trustStore.state.value
  if (state.phase !== 'online' || state.request !== request || trusted.phase !== 'ready') return
  progress(request, 'checking')
  const { plan } = state
  const { trust } = trusted
  const { asked, office, issuedAt } = request.stated
  const at = unixNow()
  const options = await scanOptions(trust, at)
  const verdict = await verifyPresentations(parts, {
    ...options,
    receipts: receiptsOver(client, options.receipts),
    request: {
      office: office.id,
      matter: plan.matter,
      issuedAt,
      expiresAt: endWhenTaken(request.stated, at),
      wants: plan.wants,
    },
    expected: { audience: asked.clientId, nonce: asked.nonce },
  })
  if (!isOf(request)) return
  await forgetOnline(request.id)
  const { bytes, shown } = disclosedIn(text, { wants: plan.wants, trust })
  const receipt = await receiptFor({ verdict, bytes, shown, at, request: receiptRequest(asked) })
  if (!isOf(request)) return
  const proof = { request: request.compact, answer: text, ...receipt }
  const walletOrigin = new URL(request.link).origin
  tellAnswer({ plan, at, verdict, bytes, shown, trust, proof, walletOrigin })
}

/** The request as a receipt names it; a counter's own always commits to what it asks. */
function receiptRequest({ matter, nonce, clientId }: VpRequest): ReceiptInput['request'] {
  return { matter, digest: fromBase64url(nonce), client: clientId }
}

function progress(request: OnlineRequest, next: OnlineProgress): void {
  const state = askState.value
  if (state.phase === 'online' && state.request === request) {
    setAskState({ ...state, progress: next })
  }
}

function isOf(request: OnlineRequest): boolean {
  const state = askState.value
  return state.phase === 'online' && state.request === request
}

function isWaiting(request: OnlineRequest): boolean {
  const state = askState.value
  const isOpen = state.phase === 'online' && ['waiting', 'unreached'].includes(state.progress)
  return isOpen && isOf(request)
}

function troubleOf(error: unknown) {
  if (!(error instanceof Fault)) throw error
  if (isNetwork(error.code)) return { trouble: 'no-network' } as const
  return { trouble: 'refused', code: error.code } as const
}

function isNetwork(code: ErrorCode): boolean {
  return code.startsWith('network/') && code !== 'network/refused'
}
