/**
 * The nonce of a request of ours over the network (OpenID4VP 1.0 §5.2) is no random number but a commitment to all that the person
 * is shown, so that the holder's key, which signs the nonce, signs that too: who asks, for which matter and purpose, what, where the
 * answer goes, and when. Foreign wallets see a nonce. Who looks later needs the request object alone.
 */
import {
  CborFloat,
  type CborValue,
  encodeCbor,
  fault,
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  sha256,
  toBase64url,
} from '@onetrip/codec'

/** Bytes of the salt: what keeps two requests for the same apart, and a nonce from being guessed. */
export const NONCE_SALT_BYTES = 16

/** The private member of a request object that holds the salt, base64url. */
export const SALT_MEMBER = 'onetrip_salt'

const CONTEXT = 'onetrip-vp-nonce-1'
const SALT = /^[A-Za-z0-9_-]{22}$/

/** What a person is shown of a request, and what makes it unlike any other. */
export interface CommittedRequest {
  /** 16 random bytes. */
  readonly salt: Uint8Array
  /** With its prefix. */
  readonly clientId: string
  /** DER of the signer's certificate: the office stands in it. */
  readonly certificate: Uint8Array
  /** Where the answer goes. */
  readonly responseUri: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, exclusive. */
  readonly expiresAt: number
  readonly matter: string
  readonly purpose: string
  /** `dcql_query` */
  readonly query: JsonObject
}

/**
 * SHA-256, 32 bytes, of the deterministic CBOR (RFC 8949 §4.2.1) of `["onetrip-vp-nonce-1", salt, client_id, SHA-256 of the
 * certificate, response_uri, iat, exp, onetrip_matter, onetrip_purpose, dcql_query]`; objects of the query are maps.
 */
export function requestCommitment(request: CommittedRequest): Uint8Array {
  const { salt, clientId, certificate, responseUri, issuedAt, expiresAt } = request
  const { matter, purpose, query } = request
  const shown = [salt, clientId, sha256(certificate), responseUri, issuedAt, expiresAt]
  return sha256(encodeCbor([CONTEXT, ...shown, matter, purpose, cborOf(query)]))
}

/** The nonce of a request: {@link requestCommitment} as base64url. */
export function committedNonce(request: CommittedRequest): string {
  return toBase64url(requestCommitment(request))
}

/** Reads the salt, where a request has one. Throws `request/format`. */
export function saltIn(request: JsonObject): Uint8Array | undefined {
  const salt = request[SALT_MEMBER]
  if (salt === undefined) return undefined
  if (typeof salt !== 'string' || !SALT.test(salt)) throw fault('request/format')
  return fromBase64url(salt)
}

function cborOf(value: JsonValue): CborValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : new CborFloat(value)
  if (isObject(value)) {
    return new Map(Object.entries(value).map(([name, member]) => [name, cborOf(member)]))
  }
  return isList(value) ? value.map(cborOf) : value
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
