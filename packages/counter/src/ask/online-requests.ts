/**
 * A request over the network (OpenID4VP 1.0): the server makes and signs it for this counter, which verifies it as a wallet would
 * before anybody sees it, and fetches what was shown for it.
 */

import { fault, isObject, type JsonObject, utf8Decode } from '@onetrip/codec'
import { type AnswerPart, materialOfQuery } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { fetchBytes } from '@onetrip/ui'
import { type StatedVpRequest, verifyVpRequest } from '@onetrip/verifier'
import { askServer, type DeviceClient } from '../enrolment/enrolment-client.ts'
import type { Question } from './open-requests.ts'

const MAX_REQUEST_BYTES = 65_536
const MAX_ANSWER_BYTES = 262_144
const TIMEOUT_MS = 15_000
const MAX_LINK_CHARS = 4096
const STATES = ['open', 'declined', 'expired'] as const

/** A request that waits for its answer. */
export interface OnlineRequest {
  readonly id: string
  /** Into our wallet. */
  readonly link: string
  /** For other wallets, `openid4vp:`. */
  readonly otherLink: string
  /** As the server signed it. */
  readonly compact: string
  readonly stated: StatedVpRequest
}

/** What came of a request so far; with `parts` it was answered. */
export interface OnlineAnswer {
  readonly state: (typeof STATES)[number] | 'answered'
  readonly parts: readonly AnswerPart[]
  /** What the holder sent, as JSON: credential of the query to presentations. */
  readonly text: string
}

/**
 * Opens a request. Throws the server's codes, `network/*`, and the verifier's where what it signed is not this office's request by
 * this counter's own trust data.
 */
export async function openOnline(
  client: DeviceClient,
  of: {
    readonly question: Question
    readonly office: string
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: () => number
  },
): Promise<OnlineRequest> {
  const { question, office, trust, now } = of
  const { matter, purpose, wants } = question
  const request: JsonObject = {
    matter,
    purpose,
    wants: wants.map(({ material, required, options }) => ({
      material,
      required,
      options: options.map(({ type, claims }) => ({ type, claims: [...claims] })),
    })),
  }
  const opened = await askServer(client, '/asking/requests', { claims: { act: 'ask', request } })
  const requestUri = textOf(opened['requestUri'])
  if (!requestUri.startsWith(`${client.apiOrigin}/`)) throw fault('network/not-json')
  const bounds = { maxBytes: MAX_REQUEST_BYTES, timeoutMs: TIMEOUT_MS }
  const bytes = await fetchBytes(client.http, { url: requestUri, method: 'GET', ...bounds })
  const compact = utf8Decode(bytes)
  const link = textOf(opened['uri'])
  const clientId = new URLSearchParams(new URL(link).hash.slice(1)).get('client_id') ?? ''
  const verdict = await verifyVpRequest(compact, { trust, now: now(), clientId })
  const { outcome, reason, request: stated } = verdict
  const isGenuine = outcome === 'valid' || outcome === 'caution'
  if (!isGenuine || stated?.office.id !== office) throw fault(reason ?? 'request/format')
  return {
    id: textOf(opened['id']),
    link,
    otherLink: textOf(opened['openid4vpUri']),
    compact,
    stated,
  }
}

/** Asks once how a request stands. Throws the server's codes, `network/*`. */
export async function fetchOnlineAnswer(client: DeviceClient, id: string): Promise<OnlineAnswer> {
  const answer = await askServer(client, '/asking/answers', {
    claims: { act: 'answer', id },
    maxBytes: MAX_ANSWER_BYTES,
  })
  const state = STATES.find((each) => each === answer['state'])
  if (state !== undefined) return { state, parts: [], text: '' }
  const { presentations } = answer
  if (!Array.isArray(presentations)) throw fault('network/not-json')
  const shown = presentations.map((each) => {
    const member = isObject(each) ? each : {}
    return {
      id: textOf(member['queryId']),
      presentation: textOf(member['presentation'], MAX_ANSWER_BYTES),
    }
  })
  return {
    state: 'answered',
    parts: shown.map(({ id: queryId, presentation }) => ({
      material: materialOfQuery(queryId),
      presentation,
    })),
    text: JSON.stringify(
      Object.fromEntries(shown.map(({ id: queryId, presentation }) => [queryId, [presentation]])),
    ),
  }
}

function textOf(value: unknown, maxCharacters: number = MAX_LINK_CHARS): string {
  if (typeof value !== 'string' || value.length > maxCharacters) throw fault('network/not-json')
  return value
}
