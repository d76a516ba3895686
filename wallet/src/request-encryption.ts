/**
 * Encrypted credential requests and answers (OpenID4VCI 1.0 §8.2, §10, §12.2.4): who carries them, a proxy that ends TLS among
 * them, reads neither proofs nor credentials. An answer has a key of its own, which nobody keeps.
 */
import {
  decryptJwe,
  type EncryptionKey,
  encryptionKeyFromJwk,
  encryptJwe,
  Fault,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  JWE_ENCRYPTIONS,
  type JweEncryption,
  utf8Encode,
} from '@onetrip/codec'
import type { BoundedRequest } from '@onetrip/ui'

const ALGORITHM = 'ECDH-ES'
const JWE_MEDIA = 'application/jwt'
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const

/** How an issuer takes and gives what is encrypted. */
export interface RequestEncryption {
  /** The issuer's key, to which requests are encrypted. */
  readonly recipient: EncryptionKey
  readonly requestEncryption: JweEncryption
  readonly answerEncryption: JweEncryption
}

/** What an issuer's metadata offer that we can do, in both directions; nothing where one of them is missing. */
export function encryptionIn(metadata: JsonObject): RequestEncryption | undefined {
  const request = memberOf(metadata['credential_request_encryption'])
  const answer = memberOf(metadata['credential_response_encryption'])
  const algorithms = answer['alg_values_supported']
  const recipient = firstKey(memberOf(request['jwks'])['keys'])
  const requestEncryption = bestOf(request['enc_values_supported'])
  const answerEncryption = bestOf(answer['enc_values_supported'])
  const isKnown = Array.isArray(algorithms) && algorithms.includes(ALGORITHM)
  if (!isKnown || !recipient || !requestEncryption || !answerEncryption) return undefined
  return { recipient, requestEncryption, answerEncryption }
}

/** The parts of a request whose body and answer are encrypted. Opening the answer throws `issuer/answer`. */
export async function encryptedRequest(
  content: JsonObject,
  of: { readonly encryption: RequestEncryption; readonly subtle: SubtleCrypto },
): Promise<Required<Pick<BoundedRequest, 'body' | 'headers' | 'sealed'>>> {
  const { recipient, requestEncryption, answerEncryption } = of.encryption
  const pair = await of.subtle.generateKey(CURVE, true, ['deriveBits'])
  const { kty, crv, x, y, d } = await of.subtle.exportKey('jwk', pair.privateKey)
  if (!kty || !crv || !x || !y || !d) throw new TypeError('a P-256 key has these members')
  const publicJwk = { kty, crv, x, y }
  const jwk = { ...publicJwk, alg: ALGORITHM, use: 'enc' }
  const wish = { jwk, enc: answerEncryption }
  const text = JSON.stringify({ ...content, credential_response_encryption: wish })
  const draft = { plaintext: utf8Encode(text), recipient, encryption: requestEncryption }
  return {
    body: await encryptJwe(draft),
    headers: { 'content-type': JWE_MEDIA },
    sealed: { mediaType: JWE_MEDIA, open: (jwe) => opened(jwe, { ...publicJwk, d }) },
  }
}

async function opened(jwe: string, privateJwk: JsonObject): Promise<Uint8Array> {
  try {
    return (await decryptJwe(jwe, { privateJwk })).plaintext
  } catch (error) {
    if (error instanceof Fault) throw fault('issuer/answer')
    throw error
  }
}

function memberOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {}
}

function bestOf(values: JsonValue | undefined): JweEncryption | undefined {
  return Array.isArray(values)
    ? JWE_ENCRYPTIONS.findLast((name) => values.includes(name))
    : undefined
}

/** Keys of other kinds are another wallet's business. */
function firstKey(keys: JsonValue | undefined): EncryptionKey | undefined {
  for (const jwk of Array.isArray(keys) ? keys : []) {
    try {
      return encryptionKeyFromJwk(memberOf(jwk))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
  }
  return undefined
}
