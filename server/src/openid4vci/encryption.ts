/**
 * Encrypted requests and answers of the credential endpoints (OpenID4VCI 1.0 §8.2, §10): JWE, ECDH-ES on P-256. Whoever wants
 * an encrypted answer has to ask under encryption, else somebody in between could put a key of their own there.
 */
import { createECDH } from 'node:crypto'
import {
  decryptJwe,
  type EncryptionKey,
  encodeJson,
  encryptionKeyFromJwk,
  encryptionKeyToJwk,
  encryptJwe,
  Fault,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  JWE_ENCRYPTIONS,
  type JweEncryption,
  jwkThumbprint,
  parseJson,
  publicKeyFromJwk,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import type { AppContext } from '../http/app-context.ts'
import { assertMediaType } from '../http/read-request.ts'
import type { Services } from '../services.ts'

const JWE_MEDIA = 'application/jwt'
const COORDINATE_BYTES = 32
const ALGORITHM = 'ECDH-ES'

/** How an answer is to be encrypted. */
export interface AnswerEncryption {
  readonly recipient: EncryptionKey
  readonly encryption: JweEncryption
}

/** A credential request as read. */
export interface ReadRequest {
  readonly body: JsonValue
  /** Absent where the answer is to be plain. */
  readonly answer?: AnswerEncryption
}

/** What the issuer's metadata say of it. */
export function encryptionMetadata(services: Pick<Services, 'keys'>): JsonObject {
  const { privateJwk, kid } = requestKey(services)
  const { d: _, ...publicJwk } = privateJwk
  const jwk = encryptionKeyToJwk({ key: publicKeyFromJwk(publicJwk), kid })
  return {
    credential_request_encryption: {
      jwks: { keys: [jwk] },
      enc_values_supported: JWE_ENCRYPTIONS,
      encryption_required: false,
    },
    credential_response_encryption: {
      alg_values_supported: [ALGORITHM],
      enc_values_supported: JWE_ENCRYPTIONS,
      encryption_required: false,
    },
  }
}

/**
 * Reads a request, encrypted or plain. Throws `http/media-type`, `json/*`, `openid/encryption` (not for our key, altered, or
 * an encrypted answer wanted in a plain request, or in a way that we do not have).
 */
export async function readRequest(services: Services, context: AppContext): Promise<ReadRequest> {
  const mediaType = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  const isEncrypted = mediaType === JWE_MEDIA
  if (!isEncrypted) assertMediaType(context, 'application/json')
  const bytes = isEncrypted
    ? await opened(services, await context.req.text())
    : new Uint8Array(await context.req.arrayBuffer())
  const body = parseJson(bytes)
  const wanted = isObject(body) ? body['credential_response_encryption'] : undefined
  if (wanted === undefined) return { body }
  if (!isEncrypted) throw fault('openid/encryption')
  return { body, answer: answerEncryption(wanted) }
}

/** The answer to a request, encrypted where it asked for that. */
export async function answerRequest(
  content: JsonObject,
  options: { readonly status: number; readonly answer?: AnswerEncryption | undefined },
): Promise<Response> {
  const { status, answer } = options
  const text = encodeJson(content)
  const body =
    answer === undefined ? text : await encryptJwe({ plaintext: utf8Encode(text), ...answer })
  const mediaType = answer === undefined ? 'application/json' : JWE_MEDIA
  return new Response(body, {
    status,
    headers: { 'Content-Type': mediaType, 'Cache-Control': 'no-store' },
  })
}

async function opened(services: Services, jwe: string): Promise<Uint8Array> {
  try {
    return (await decryptJwe(jwe, requestKey(services))).plaintext
  } catch (error) {
    if (error instanceof Fault) throw fault('openid/encryption')
    throw error
  }
}

function answerEncryption(value: JsonValue): AnswerEncryption {
  if (!isObject(value) || value['zip'] !== undefined) throw fault('openid/encryption')
  const { jwk, enc } = value
  const encryption = JWE_ENCRYPTIONS.find((name) => name === enc)
  if (!isObject(jwk) || encryption === undefined) throw fault('openid/encryption')
  try {
    return { recipient: encryptionKeyFromJwk(jwk), encryption }
  } catch {
    throw fault('openid/encryption')
  }
}

/** Derived from the key store, so that nothing more is kept. */
function requestKey({ keys }: Pick<Services, 'keys'>): {
  readonly privateJwk: JsonObject
  readonly kid: string
} {
  const agreement = createECDH('prime256v1')
  // Not a scalar of the curve once in 2^32; then this throws at once.
  const secret = keys.secret('credential-request')
  agreement.setPrivateKey(secret)
  const point = agreement.getPublicKey()
  const x = toBase64url(point.subarray(1, 1 + COORDINATE_BYTES))
  const y = toBase64url(point.subarray(1 + COORDINATE_BYTES))
  const publicJwk = { kty: 'EC', crv: 'P-256', x, y }
  const kid = jwkThumbprint(publicKeyFromJwk(publicJwk))
  return { privateJwk: { ...publicJwk, d: toBase64url(secret) }, kid }
}
