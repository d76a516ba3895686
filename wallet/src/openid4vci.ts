/**
 * The wallet's side of OpenID4VCI 1.0 with a pre-authorized code: token (§6), nonce (§7),
 * credential (§8) with a `jwt` proof (Appendix F.1). Each step is one function; `request-licence.ts`
 * puts them in order.
 */
import {
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  publicKeyToJwk,
  type Signer,
  signJws,
} from '@onetrip/codec'
import { fetchBytes, fetchJson, type Http } from '@onetrip/ui'
import type { IssuerEndpoints } from './issuer-metadata.ts'
import type { CredentialOffer } from './offer.ts'
import { encryptedRequest } from './request-encryption.ts'

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const MAX_ANSWER_BYTES = 131_072
const TIMEOUT_MS = 20_000
const MAX_NOTIFICATION_CHARS = 512
const TOKEN_CODES = [
  'offer/expired',
  'offer/locked',
  'offer/unknown',
  'offer/used',
  'offer/withdrawn',
  'offer/wrong-code',
] as const

/** A right to fetch the offered credentials, good until it expires (Unix seconds). */
export interface AccessToken {
  readonly value: string
  readonly expiresAt: number
}

/**
 * Exchanges the offer's code for an access token. Throws `offer/code-refused` or the issuer's own
 * `offer/*` (wrong, used, locked or expired code), `offer/code-format`, `issuer/*` and the codes of {@link fetchJson}.
 */
export async function requestToken(options: {
  readonly endpoints: IssuerEndpoints
  readonly offer: CredentialOffer
  /** What the citizen typed; left out when the offer asks for none. */
  readonly txCode?: string
  readonly now: number
  readonly http: Http
}): Promise<AccessToken> {
  const form = new URLSearchParams({
    grant_type: PRE_AUTHORIZED,
    'pre-authorized_code': options.offer.preAuthorizedCode,
  })
  if (options.offer.txCode !== undefined) {
    form.set('tx_code', options.txCode ?? '')
  }
  const { status, body } = await fetchJson(options.http, {
    url: options.endpoints.tokenEndpoint,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form.toString(),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status !== 200) {
    throw tokenFault(body)
  }
  const type = body['token_type']
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw fault('issuer/answer')
  }
  const lifetime = body['expires_in']
  const seconds = typeof lifetime === 'number' && lifetime > 0 ? Math.min(lifetime, 86_400) : 300
  return { value: bearerText(body['access_token']), expiresAt: options.now + Math.floor(seconds) }
}

/** Fetches a fresh `c_nonce` for one proof; throws `issuer/answer` and the codes of fetchJson. */
export async function requestNonce(
  endpoints: Pick<IssuerEndpoints, 'nonceEndpoint'>,
  http: Http,
): Promise<string> {
  const { status, body } = await fetchJson(http, {
    url: endpoints.nonceEndpoint,
    method: 'POST',
    headers: { accept: 'application/json' },
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  const nonce = body['c_nonce']
  if (status !== 200 || typeof nonce !== 'string' || nonce === '' || nonce.length > 512) {
    throw fault('issuer/answer')
  }
  return nonce
}

/** Builds the proof that the wallet holds the key the credential shall be bound to. */
export async function buildProof(options: {
  readonly credentialIssuer: string
  readonly nonce: string
  readonly now: number
  readonly signer: Signer
}): Promise<string> {
  const payload: JsonObject = {
    aud: options.credentialIssuer,
    iat: options.now,
    nonce: options.nonce,
  }
  const header: JsonObject = {
    typ: 'openid4vci-proof+jwt',
    jwk: publicKeyToJwk(options.signer.publicKey),
  }
  return signJws({ header, payload, signer: options.signer })
}

/** Credentials as the issuer gave them, and by what it wants to hear of them. */
export interface GivenCredentials {
  /** One for each proof, in order. */
  readonly credentials: readonly string[]
  readonly notificationId?: string
}

/**
 * Asks for a credential for each proof, bound to its key, in order; encrypted both ways where the issuer offers that. Throws
 * `offer/session-expired`, `issuer/nonce-refused` (fetch another and ask again), `issuer/refused`, `issuer/deferred`,
 * `issuer/answer` and the codes of {@link fetchJson}.
 */
export async function requestCredentials(options: {
  readonly endpoints: IssuerEndpoints
  readonly accessToken: string
  readonly configurationId: string
  readonly proofs: readonly string[]
  readonly http: Http
  readonly subtle: SubtleCrypto
}): Promise<GivenCredentials> {
  const { endpoints, subtle } = options
  const { encryption } = endpoints
  const content = {
    credential_configuration_id: options.configurationId,
    proofs: { jwt: options.proofs },
  }
  const { headers, ...sent } =
    encryption === undefined
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }
      : await encryptedRequest(content, { encryption, subtle })
  const { status, body } = await fetchJson(options.http, {
    url: endpoints.credentialEndpoint,
    method: 'POST',
    headers: {
      accept: 'application/json, application/jwt',
      authorization: `Bearer ${options.accessToken}`,
      ...headers,
    },
    ...sent,
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status === 401) {
    throw fault('offer/session-expired')
  }
  if (status === 202) {
    throw fault('issuer/deferred')
  }
  if (status !== 200) {
    throw fault(body['error'] === 'invalid_nonce' ? 'issuer/nonce-refused' : 'issuer/refused')
  }
  const credentials = credentialsOf(body['credentials'], options.proofs.length)
  const id = body['notification_id']
  const isId = typeof id === 'string' && id.length <= MAX_NOTIFICATION_CHARS
  return isId ? { credentials, notificationId: id } : { credentials }
}

/** Tells the issuer what became of its credentials (§11). Throws the codes of {@link fetchBytes}. */
export async function notifyIssuer(options: {
  readonly endpoint: string
  readonly accessToken: string
  readonly notificationId: string
  readonly event: 'credential_accepted' | 'credential_failure'
  readonly http: Http
}): Promise<void> {
  await fetchBytes(options.http, {
    url: options.endpoint,
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ notification_id: options.notificationId, event: options.event }),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
}

/** An issuer of ours adds its own code to the standard's error, which says more. */
function tokenFault(body: JsonObject): Error {
  const known = TOKEN_CODES.find((code) => code === body['code'])
  if (known !== undefined) {
    return fault(known)
  }
  if (body['error'] === 'invalid_grant') {
    return fault('offer/code-refused')
  }
  return fault(body['error'] === 'invalid_request' ? 'offer/code-format' : 'issuer/refused')
}

function credentialsOf(value: JsonValue | undefined, count: number): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : []
  if (list.length !== count) {
    throw fault('issuer/answer')
  }
  return list.map((member) => {
    const credential = isObject(member) ? member['credential'] : undefined
    if (typeof credential !== 'string' || credential === '') {
      throw fault('issuer/answer')
    }
    return credential
  })
}

/** RFC 6750 §2.1: nothing that could break out of the header. */
function bearerText(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9\-._~+/]{1,4096}=*$/.test(value)) {
    throw fault('issuer/answer')
  }
  return value
}
