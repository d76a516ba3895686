/**
 * A request over the network (OpenID4VP 1.0): the server makes and signs it for this counter, which verifies it as a wallet would
 * before anybody sees it, and fetches what was shown for it.
 */

import { fault, isObject, type JsonObject, type Random } from '@onetrip/codec'
import {
  type AnswerPart,
  materialOfQuery,
  orderedWants,
  vpTokenText,
  type Want,
  wantsOfQuery,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { fetchRequestObject } from '@onetrip/ui'
import { type StatedVpRequest, verifyVpRequest } from '@onetrip/verifier'
import { askServer, askUnsigned, type DeviceClient } from '../enrolment/enrolment-client.ts'
import type { Question } from './open-requests.ts'

const MAX_ANSWER_BYTES = 262_144
const MAX_LINK_CHARS = 4096
const STATES = ['open', 'declined', 'expired'] as const

/** A request as the server gave it. */
export interface OnlineLinks {
  readonly id: string
  /** Into our wallet. */
  readonly link: string
  /** For other wallets, `openid4vp:`. */
  readonly otherLink: string
  /** As the server signed it. */
  readonly compact: string
  /** Sent along when it was fetched; it holds the same. */
  readonly walletNonce: string
  /** Tells how it stands, and nothing else. */
  readonly stateToken: string
}

/** A request that waits for its answer. */
export interface OnlineRequest extends OnlineLinks {
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
 * Opens a request. Throws the server's codes, `network/*`, the verifier's where what it signed is not this office's request by
 * this counter's own trust data, and `request/differs` where it is another than was asked for, or the links lead elsewhere.
 */
export async function openOnline(
  client: DeviceClient,
  of: {
    readonly question: Question
    readonly office: string
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: () => number
    readonly random: Random
  },
): Promise<OnlineRequest> {
  const { question, office, trust, now, random } = of
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
  const at = { url: requestUri, method: 'post', random } as const
  const { compact, walletNonce = '' } = await fetchRequestObject(client.http, at)
  const links: OnlineLinks = {
    id: textOf(opened['id']),
    link: textOf(opened['uri']),
    otherLink: textOf(opened['openid4vpUri']),
    stateToken: textOf(opened['stateToken']),
    compact,
    walletNonce,
  }
  const { apiOrigin } = client
  const stated = await statedRequest(links, { question, office, trust, now: now(), apiOrigin })
  const leadsThere = linkParts(links.link).requestUri === requestUri
  if (!leadsThere || stated.expiresAt !== opened['expiresAt']) throw fault('request/differs')
  return { ...links, stated }
}

/**
 * What a request says. Throws the verifier's codes where it is not this office's by the counter's own trust data, or is over, and
 * `request/differs` where it is another than was asked for, or the links lead elsewhere.
 */
export async function statedRequest(
  { compact, link, otherLink, walletNonce }: OnlineLinks,
  by: {
    readonly question: Question
    readonly office: string
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: number
    readonly apiOrigin: string
  },
): Promise<StatedVpRequest> {
  const { question, office, trust, now, apiOrigin } = by
  const { clientId, rest } = linkParts(link)
  const verdict = await verifyVpRequest(compact, { trust, now, clientId, walletNonce })
  const { outcome, reason, request: stated } = verdict
  const isGenuine = outcome === 'valid' || outcome === 'caution'
  if (!isGenuine || stated === undefined) throw fault(reason ?? 'request/format')
  const isAsked = stated.office.id === office && asksFor(stated, { question, trust })
  const isOurs = stated.asked.responseUri.startsWith(`${apiOrigin}/`)
  if (!isAsked || !isOurs || rest !== linkParts(otherLink).rest) throw fault('request/differs')
  return stated
}

/** Asks once how a request stands: no proof, for it is asked every other second. Throws the server's codes, `network/*`. */
export async function fetchOnlineState(
  client: DeviceClient,
  { id, stateToken }: Pick<OnlineLinks, 'id' | 'stateToken'>,
): Promise<OnlineAnswer['state']> {
  const answer = await askUnsigned(client, '/asking/states', { id, stateToken })
  const state = [...STATES, 'answered' as const].find((each) => each === answer['state'])
  if (state === undefined) throw fault('network/not-json')
  return state
}

/** The end of a request whose answer its server took: it does so only while the request is open, and what it took may be fetched later. */
export function endWhenTaken(
  { expiresAt }: Pick<StatedVpRequest, 'expiresAt'>,
  at: number,
): number {
  return Math.max(expiresAt, at + 1)
}

/** Ends a request: whoever still has its code is told that it is over. Throws the server's codes, `network/*`. */
export async function closeOnline(client: DeviceClient, id: string): Promise<void> {
  await askServer(client, '/asking/closings', { claims: { act: 'close', id } })
}

/** Fetches what was shown for a request. Throws the server's codes, `network/*`. */
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
    text: vpTokenText(shown.map(({ id: queryId, presentation }) => ({ queryId, presentation }))),
  }
}

/** What a link promises of the request that it leads to; `rest` is all of it, the same in both links. */
function linkParts(link: string): {
  readonly clientId: string
  readonly requestUri: string
  readonly rest: string
} {
  if (!URL.canParse(link)) throw fault('network/not-json')
  const { hash, search } = new URL(link)
  const rest = (hash === '' ? search : hash).slice(1)
  const parameters = new URLSearchParams(rest)
  const [clientId = '', requestUri = ''] = ['client_id', 'request_uri'].map(
    (name) => parameters.get(name) ?? '',
  )
  return { clientId, requestUri, rest }
}

/** Whether a request asks what the clerk chose, no more and no less, in no other words, and encrypted. */
function asksFor(
  { asked }: StatedVpRequest,
  of: { readonly question: Question; readonly trust: Trust },
): boolean {
  const { matter, purpose, wants } = of.question
  const query = wantsOfQuery(asked.query, of.trust.types)
  return (
    asked.matter === matter &&
    asked.purpose === purpose &&
    asked.encryption !== undefined &&
    asked.transactions.length === 0 &&
    wantsText(query) === wantsText(wants)
  )
}

function wantsText(wants: readonly Want[]): string {
  return JSON.stringify(
    orderedWants(wants).map(({ material, required, options }) => [
      material,
      required,
      options.map(({ type, claims }) => [type, claims]),
    ]),
  )
}

function textOf(value: unknown, maxCharacters: number = MAX_LINK_CHARS): string {
  if (typeof value !== 'string' || value.length > maxCharacters) throw fault('network/not-json')
  return value
}
