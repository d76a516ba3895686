/** What a counter says to the server: every word that does or tells anything signed by its key over a nonce of the server's. */

import {
  ERROR_CODES,
  type ErrorCode,
  fault,
  fromBase64url,
  type JsonObject,
  publicKeyToJwk,
  type Signer,
  signJws,
} from '@onetrip/codec'
import { enrolmentCode, JOSE_TYP } from '@onetrip/credential'
import { fetchJson, type Http } from '@onetrip/ui'

const TIMEOUT_MS = 15_000
const MAX_BYTES = 8192

/** The server, and the key that speaks to it. */
export interface DeviceClient {
  readonly http: Http
  /** Also the audience of every proof. */
  readonly apiOrigin: string
  readonly signer: Signer
}

/** A request that waits to be confirmed. */
export interface Asked {
  /** Computed here: a key that was swapped on the way shows another code to the administrator. */
  readonly code: string
  /** Unix seconds. */
  readonly expiresAt: number
}

/** Asks to be a counter of an office. Throws the server's codes, `network/*`. */
export async function askToEnrol(
  client: DeviceClient,
  wish: { readonly office: string; readonly deviceName: string },
): Promise<Asked> {
  const { office, deviceName } = wish
  const nonce = await fetchNonce(client)
  const answer = await post(client, '/enrolment/requests', {
    proof: await proof(client, { nonce, act: 'enrol', office, name: deviceName }),
  })
  const { expiresAt } = answer
  if (typeof expiresAt !== 'number') throw fault('network/not-json')
  const { publicKey: key } = client.signer
  return { code: enrolmentCode({ key, office, deviceName, nonce }), expiresAt }
}

/**
 * Fetches the certificate, not verified; nothing while the request still waits. Throws the server's codes
 * (`enrolment/expired`, `enrolment/not-found`, `counter/denied`), `network/*`.
 */
export async function collectCertificate(client: DeviceClient): Promise<Uint8Array | undefined> {
  const answer = await askServer(client, '/enrolment/certificate', { claims: { act: 'collect' } })
  const { state, certificate } = answer
  if (state === 'asked') return undefined
  if (typeof certificate !== 'string') throw fault('network/not-json')
  return fromBase64url(certificate)
}

/** Says something at a path, signed over a nonce that is fetched for it. Throws the server's codes, `network/*`. */
export async function askServer(
  client: DeviceClient,
  path: string,
  of: {
    readonly claims: JsonObject
    /** Of the answer; 8192 when left out. */
    readonly maxBytes?: number
  },
): Promise<JsonObject> {
  const nonce = await fetchNonce(client)
  return post(client, path, { proof: await proof(client, { nonce, ...of.claims }) }, of.maxBytes)
}

/** Asks something that needs no signature. Throws the server's codes, `network/*`. */
export function askUnsigned(
  client: DeviceClient,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  return post(client, path, body)
}

async function fetchNonce(client: DeviceClient): Promise<string> {
  const { nonce } = await post(client, '/enrolment/nonce', {})
  if (typeof nonce !== 'string') throw fault('network/not-json')
  return nonce
}

function proof(client: DeviceClient, claims: JsonObject): Promise<string> {
  const { signer, apiOrigin } = client
  return signJws({
    header: { typ: JOSE_TYP.counterProof, jwk: publicKeyToJwk(signer.publicKey) },
    payload: { aud: apiOrigin, ...claims },
    signer,
  })
}

async function post(
  { http, apiOrigin }: DeviceClient,
  path: string,
  body: JsonObject,
  maxBytes: number = MAX_BYTES,
): Promise<JsonObject> {
  const answer = await fetchJson(http, {
    url: `${apiOrigin}${path}`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    maxBytes,
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.status !== 200) throw fault(codeIn(answer.body))
  return answer.body
}

/** Only a code of ours is taken from an answer. */
function codeIn({ code }: JsonObject): ErrorCode {
  return ERROR_CODES.find((known) => known === code) ?? 'network/refused'
}
