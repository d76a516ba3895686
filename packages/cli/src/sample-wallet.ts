/** A wallet's part of OpenID4VCI 1.0 (pre-authorized code), against the real server without a socket. */
import { generateKeyPairSync } from 'node:crypto'
import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
  signJws,
} from '@onetrip/codec'
import type { createApp } from '@onetrip/server'

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** What a wallet needs to receive. */
export interface SampleOffer {
  readonly app: ReturnType<typeof createApp>
  /** Credential issuer: the API's origin. */
  readonly issuer: string
  /** The offer's link; the data are in its fragment. */
  readonly link: string
  readonly txCode: string
  /** Unix seconds. */
  readonly now: number
}

/** Both securings of one licence as issued, with the key each is bound to. */
export interface SampleHolding {
  readonly sdCwt: { readonly credential: string; readonly signer: Signer }
  readonly sdJwt: { readonly credential: string; readonly signer: Signer }
}

/** Redeems an offer and fetches both securings with one key of each algorithm. */
export async function receiveOffer(offer: SampleOffer): Promise<SampleHolding> {
  const data = parseJson(decodeURIComponent(new URL(offer.link).hash.split('=')[1] ?? ''))
  const grants = member(data, 'grants')
  const code = text(member(member(grants, GRANT), 'pre-authorized_code'))
  const token = await ask(offer, '/openid/token', {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: GRANT,
      'pre-authorized_code': code,
      tx_code: offer.txCode,
    }).toString(),
  })
  const accessToken = text(member(token, 'access_token'))
  const configurations = member(data, 'credential_configuration_ids')
  const ids = Array.isArray(configurations) ? configurations.map(text) : []
  const [sdCwt, sdJwt] = await Promise.all([
    fetchCredential(offer, { accessToken, id: pick(ids, 'dc+sd-cwt'), algorithm: 'Ed25519' }),
    fetchCredential(offer, { accessToken, id: pick(ids, 'dc+sd-jwt'), algorithm: 'ES256' }),
  ])
  return { sdCwt, sdJwt }
}

async function fetchCredential(
  offer: SampleOffer,
  wanted: {
    readonly accessToken: string
    readonly id: string
    readonly algorithm: 'Ed25519' | 'ES256'
  },
): Promise<{ readonly credential: string; readonly signer: Signer }> {
  const signer = newKey(wanted.algorithm)
  const nonce = text(member(await ask(offer, '/openid/nonce', {}), 'c_nonce'))
  const proof = await signJws({
    header: { typ: 'openid4vci-proof+jwt', jwk: publicKeyToJwk(signer.publicKey) },
    payload: { aud: offer.issuer, iat: offer.now, nonce },
    signer,
  })
  const answer = await ask(offer, '/openid/credential', {
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${wanted.accessToken}`,
    },
    body: JSON.stringify({ credential_configuration_id: wanted.id, proofs: { jwt: [proof] } }),
  })
  const credentials = member(answer, 'credentials')
  const first = Array.isArray(credentials) ? credentials[0] : undefined
  return { credential: text(member(first, 'credential')), signer }
}

/** A fresh key. */
export function newKey(algorithm: 'Ed25519' | 'ES256'): Signer {
  const { privateKey } =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parseJson(JSON.stringify(privateKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return signerFromPrivateJwk(jwk)
}

async function ask(
  offer: SampleOffer,
  path: string,
  init: { readonly headers?: Record<string, string>; readonly body?: string },
): Promise<JsonObject> {
  const response = await offer.app.request(path, { method: 'POST', ...init })
  const body = parseJson(new Uint8Array(await response.arrayBuffer()))
  if (!response.ok || !isObject(body)) throw new Error(`${path} answered ${response.status}`)
  return body
}

function pick(ids: readonly string[], format: string): string {
  const id = ids.find((candidate) => candidate.endsWith(format))
  if (id === undefined) throw new Error(`the offer has no ${format}`)
  return id
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? value[name] : undefined
}

function text(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Error('the answer lacks a member')
  return value
}
