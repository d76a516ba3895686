/** What a counter says to the server that enrols it: every word signed by its key over a nonce of the server's. */

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

const LIMITS = { maxBytes: 8192, timeoutMs: 15_000 } as const

/** The server, and the key that speaks to it. */
export interface EnrolmentClient {
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
  client: EnrolmentClient,
  wish: { readonly office: string; readonly deviceName: string },
): Promise<Asked> {
  const { office, deviceName } = wish
  const nonce = await fetchNonce(client)
  const answer = await post(client, 'requests', {
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
export async function collectCertificate(client: EnrolmentClient): Promise<Uint8Array | undefined> {
  const nonce = await fetchNonce(client)
  const answer = await post(client, 'certificate', {
    proof: await proof(client, { nonce, act: 'collect' }),
  })
  const { state, certificate } = answer
  if (state === 'asked') return undefined
  if (typeof certificate !== 'string') throw fault('network/not-json')
  return fromBase64url(certificate)
}

async function fetchNonce(client: EnrolmentClient): Promise<string> {
  const { nonce } = await post(client, 'nonce', {})
  if (typeof nonce !== 'string') throw fault('network/not-json')
  return nonce
}

function proof(client: EnrolmentClient, claims: JsonObject): Promise<string> {
  const { signer, apiOrigin } = client
  return signJws({
    header: { typ: JOSE_TYP.counterProof, jwk: publicKeyToJwk(signer.publicKey) },
    payload: { aud: apiOrigin, ...claims },
    signer,
  })
}

async function post(
  { http, apiOrigin }: EnrolmentClient,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const answer = await fetchJson(http, {
    url: `${apiOrigin}/enrolment/${path}`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...LIMITS,
  })
  if (answer.status !== 200) throw fault(codeIn(answer.body))
  return answer.body
}

/** Only a code of ours is taken from an answer. */
function codeIn({ code }: JsonObject): ErrorCode {
  return ERROR_CODES.find((known) => known === code) ?? 'network/refused'
}
