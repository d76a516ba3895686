/**
 * The wallet's side of OpenID4VP 1.0: fetch the request from where the person agreed to (§5.10), verify it against the trust
 * data, say which licences answer it (§6.4), and answer once they consent (§8.2, §8.3). Each step is one function.
 */
import { fault, type Random, type Signer } from '@onetrip/codec'
import {
  buildVpResponse,
  chooseByQuery,
  declineVpRequest,
  openSdJwt,
  presentSdJwt,
  type QueriedLicence,
  type QueryChoice,
  type QueryFit,
  type TypeDefinition,
  transactionsFor,
  type VpForm,
  type VpPart,
  type VpRequest,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { fetchJson, fetchRequestObject, type Http, type RequestObject } from '@onetrip/ui'
import { type VpRequestVerdict, verifyVpRequest } from '@onetrip/verifier'
import { knownOrigin, type VpLink } from './openid4vp-link.ts'

const MAX_ANSWER_BYTES = 8192
const TIMEOUT_MS = 20_000
const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const
/** What the server of an office says of an answer that it does not take. */
const REFUSALS = ['request/closed', 'request/expired', 'request/not-found'] as const

/** A request as fetched; nothing in it is believed before {@link verifyFetched}. */
export interface FetchedRequest extends RequestObject {
  readonly link: VpLink
}

/** A licence that answers a credential of the query, with the key that it is bound to. */
export interface ShownLicence {
  readonly fit: QueryFit
  /** SD-JWT VC as issued. */
  readonly sdJwt: string
  readonly signer: Signer
  /** How long before now it is signed, in seconds: the same copy for a further material of the answer. */
  readonly secondsAgo?: number
}

/** Fetches the request. Call it only once the person agreed to speak to `link.origin`. Throws as `fetchRequestObject`. */
export async function fetchVpRequest(options: {
  readonly link: VpLink
  readonly http: Http
  readonly random: Random
}): Promise<FetchedRequest> {
  const { link, http, random } = options
  const { requestUri: url, method } = link
  return { ...(await fetchRequestObject(http, { url, method, random })), link }
}

/**
 * The verdict on a fetched request: who asks, for what, and whether it may. Throws `request/origin` where the answer would go to
 * an origin that is not configured, so that nobody agrees to what cannot be sent; nothing else.
 */
export async function verifyFetched(
  { compact, link, walletNonce }: FetchedRequest,
  of: { readonly trust: Trust; readonly now: number; readonly origins: readonly string[] },
): Promise<VpRequestVerdict> {
  const { origins, ...at } = of
  const sent = walletNonce === undefined ? {} : { walletNonce }
  const verdict = await verifyVpRequest(compact, { ...at, clientId: link.clientId, ...sent })
  if (verdict.request !== undefined) knownOrigin(verdict.request.asked.responseUri, origins)
  return verdict
}

/** A held licence as a query looks at it. Throws as `openSdJwt`. */
export function queriedLicence(held: {
  readonly id: string
  readonly sdJwt: string
  readonly type: TypeDefinition
  /** Whether the holder's own verifier takes it for valid today. */
  readonly isValid: boolean
  readonly validFrom: string
  readonly validTo?: string
}): QueriedLicence {
  const { sdJwt, ...licence } = held
  const { opened } = openSdJwt(sdJwt)
  const stated = new Set(Object.keys(opened))
  const claims = held.type.claims.map(({ name }) => name).filter((name) => stated.has(name))
  return { ...licence, claims, stated: opened }
}

/** For each want of the request the held licences that answer it, in the shape of `chooseLicences`. */
export function chooseForRequest(
  { query }: Pick<VpRequest, 'query'>,
  of: { readonly held: readonly QueriedLicence[]; readonly trust: Trust },
): readonly QueryChoice[] {
  return chooseByQuery({ query, held: of.held, types: of.trust.types })
}

/** Signs what was agreed to: a presentation for each licence, with its own key. Throws what parsing a credential throws. */
export function presentForRequest(options: {
  readonly request: VpRequest
  readonly shown: readonly ShownLicence[]
  /** Unix seconds. */
  readonly now: number
}): Promise<readonly VpPart[]> {
  const { request, shown, now } = options
  return Promise.all(shown.map((licence) => present(licence, request, now)))
}

/**
 * Sends the answer to a request that was verified and agreed to, and gives where the person goes on, if anywhere. Throws
 * `request/origin` (it would go to an origin that is not configured), `request/closed`, `request/expired`,
 * `request/not-found`, `network/refused`, and the codes of fetchJson.
 */
export async function sendAnswer(options: {
  readonly request: VpRequest
  readonly parts: readonly VpPart[]
  readonly origins: readonly string[]
  readonly http: Http
}): Promise<{ readonly redirectUri?: string }> {
  const { request, parts, origins, http } = options
  knownOrigin(request.responseUri, origins)
  return post(http, request, await buildVpResponse(request, parts))
}

/** Tells the office that the person does not want to. Throws as {@link sendAnswer}. */
export async function declineRequest(options: {
  readonly request: VpRequest
  readonly origins: readonly string[]
  readonly http: Http
}): Promise<{ readonly redirectUri?: string }> {
  const { request, origins, http } = options
  knownOrigin(request.responseUri, origins)
  return post(http, request, declineVpRequest(request))
}

async function present(
  { fit, sdJwt, signer, secondsAgo = 0 }: ShownLicence,
  request: VpRequest,
  now: number,
): Promise<VpPart> {
  const { queryId, licence, shown } = fit
  const hideable = licence.type.claims.filter(({ sd, of }) => sd !== 'never' && of === undefined)
  const presentation = await presentSdJwt({
    credential: sdJwt,
    type: licence.type,
    disclose: hideable.map(({ name }) => name).filter((name) => shown.includes(name)),
    mode: 'requested',
    audience: request.clientId,
    nonce: request.nonce,
    issuedAt: now - secondsAgo,
    signer,
    transactionData: transactionsFor(request.transactions, queryId),
  })
  return { queryId, presentation }
}

async function post(
  http: Http,
  { responseUri }: VpRequest,
  form: VpForm,
): Promise<{ readonly redirectUri?: string }> {
  const { status, body } = await fetchJson(http, {
    url: responseUri,
    method: 'POST',
    headers: { accept: 'application/json', ...FORM },
    body: new URLSearchParams(form).toString(),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status !== 200) {
    throw fault(REFUSALS.find((code) => code === body['code']) ?? 'network/refused')
  }
  const redirectUri = body['redirect_uri']
  // A page of https, shown as a link that the person presses; anything else is left alone.
  const isPage = typeof redirectUri === 'string' && /^https?:\/\//.test(redirectUri)
  return isPage && URL.canParse(redirectUri) ? { redirectUri } : {}
}
