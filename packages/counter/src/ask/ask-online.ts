/** What a counter does to ask over the network: opens a request, waits, and judges what was shown by its own trust data. */

import { type ErrorCode, Fault, utf8Encode } from '@onetrip/codec'
import type { ReceiptMaterial } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { fetchLogReceipt } from '@onetrip/ui'
import { type KeptReceipts, shownInAnswer, verifyPresentations } from '@onetrip/verifier'
import { unixNow } from '../clock.ts'
import { scanOptions, trustStore } from '../counter-state.ts'
import type { DeviceClient } from '../enrolment/enrolment-client.ts'
import { enrolledClient, enrolledCounter } from '../enrolment/enrolment-keeper.ts'
import { place } from '../places.ts'
import { type AskPlan, askState, type OnlineProgress, setAskState } from './ask-signal.ts'
import {
  fetchOnlineAnswer,
  type OnlineAnswer,
  type OnlineRequest,
  openOnline,
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
    const request = await openOnline(client, { question: plan, office, trust, now: unixNow })
    // The clerk may have left while it was made.
    if (askState.value !== before) return
    setAskState({ phase: 'online', plan, request, progress: 'waiting' })
    void waitFor(request, client)
  } catch (error) {
    setAskState({ phase: 'choosing', last: plan, ...troubleOf(error) })
  }
}

/** Asks again and again until the request is over, or the clerk goes on. */
async function waitFor(request: OnlineRequest, client: DeviceClient): Promise<void> {
  while (isWaiting(request)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    // Elsewhere nobody would see what was shown.
    if (!isWaiting(request) || place.value !== 'ask') continue
    try {
      const answer = await fetchOnlineAnswer(client, request.id)
      if (answer.state === 'answered') await judge(request, answer, client)
      else progress(request, answer.state === 'open' ? 'waiting' : answer.state)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      progress(request, isNetwork(error.code) ? 'unreached' : 'failed')
    }
  }
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
  const { asked, office, expiresAt } = request.stated
  const at = unixNow()
  const options = await scanOptions(trust, at)
  const verdict = await verifyPresentations(parts, {
    ...options,
    receipts: receiptsOver(client, options.receipts),
    request: {
      office: office.id,
      matter: plan.matter,
      expiresAt,
      wants: plan.wants,
    },
    expected: { audience: asked.clientId, nonce: asked.nonce },
  })
  if (!isOf(request)) return
  const shown = parts.flatMap(({ material, presentation }) =>
    shownAs(presentation, { material, plan, trust }),
  )
  const proof = { request: request.compact, answer: text }
  tellAnswer({ plan, at, verdict, bytes: utf8Encode(text), shown, trust, proof })
}

/** What one presentation discloses, at the material that it was shown as; nothing where that cannot be told. */
function shownAs(
  presentation: Uint8Array | string,
  as: { readonly material: string | undefined; readonly plan: AskPlan; readonly trust: Trust },
): readonly ReceiptMaterial[] {
  const { material, plan, trust } = as
  try {
    const shown = shownInAnswer(presentation, { request: plan, trust })
    return shown.map((each) => (material === undefined ? each : { ...each, material }))
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
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
