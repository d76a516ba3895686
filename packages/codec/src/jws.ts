/**
 * JWS in compact form (RFC 7515 §3.1, §5), strict where jose is lenient: canonical base64url, strict
 * JSON, a closed set of algorithms, no `crit`. The only file that knows jose, but for `jwe.ts`.
 */
import { JOSEError } from 'jose/errors'
import { flattenedVerify } from 'jose/jws/flattened/verify'
import { platformCryptoKey, textToBase64url, toBase64url, verifySignature } from '#platform'
import { ALGORITHMS, type Algorithm, algorithmFromJose, assertMaySign } from './algorithms.ts'
import { fromBase64url, utf8Encode } from './bytes.ts'
import { isCanonicalSignature } from './engine.ts'
import { fault } from './errors.ts'
import { parseJson } from './json.ts'
import { encodeJson, isObject, type JsonObject } from './json-value.ts'
import type { PublicKey } from './keys.ts'
import type { Signer } from './signer.ts'

const MAX_CHARACTERS = 65_536
const JWS_PARTS = 3
const JWE_PARTS = 5

/** What a JWS may measure. */
export interface JwsLimits {
  /** Longest text in characters; default 65,536. */
  readonly maxCharacters?: number
}

/** A JWS whose structure and header passed; its signature is not verified by decoding. */
export interface Jws {
  /** Only `alg`, `kid` and `typ` mean anything to us; keys in it (`jwk`, `x5c`, …) are never used. */
  readonly header: JsonObject
  readonly algorithm: Algorithm
  readonly kid?: string
  /** Not parsed. */
  readonly payload: Uint8Array
  /** As received, of any length. */
  readonly signature: Uint8Array
  /** ASCII of header, full stop, payload, as received. */
  readonly signingInput: string
}

/** What goes into a JWS that we make; `alg` is added to the header. */
export interface JwsDraft {
  readonly header: JsonObject
  readonly payload: JsonObject | Uint8Array
  readonly algorithm: Algorithm
}

/**
 * Decodes a compact JWS. Throws `jws/limit`, `jws/format`, `format/unsupported` (five parts: a JWE, which
 * we never decrypt), `encoding/base64url`, `json/*` for the header, `algorithm/not-allowed` ("none" and
 * a missing `alg` included), `jws/critical-header` (any `crit` or `b64`).
 */
export function decodeJws(compact: string, limits: JwsLimits = {}): Jws {
  if (compact.length > (limits.maxCharacters ?? MAX_CHARACTERS)) throw fault('jws/limit')
  const parts = compact.split('.', JWE_PARTS + 1)
  if (parts.length === JWE_PARTS) throw fault('format/unsupported')
  const [headerText, payloadText, signatureText] = parts
  if (parts.length !== JWS_PARTS || headerText === undefined) throw fault('jws/format')
  if (payloadText === undefined || signatureText === undefined) throw fault('jws/format')
  const header = parseJson(fromBase64url(headerText))
  if (!isObject(header)) throw fault('jws/format')
  const algorithm = algorithmFromJose(header['alg'])
  if (header['crit'] !== undefined || header['b64'] !== undefined)
    throw fault('jws/critical-header')
  const jws = {
    header,
    algorithm,
    payload: fromBase64url(payloadText),
    signature: fromBase64url(signatureText),
    signingInput: compact.slice(0, headerText.length + 1 + payloadText.length),
  }
  const { kid } = header
  if (kid === undefined) return jws
  if (typeof kid !== 'string') throw fault('jws/format')
  return { ...jws, kid }
}

/**
 * Verifies the signature under a key: by jose where the platform has the algorithm, by the fallback
 * engine where not. Throws `algorithm/not-allowed` when the header's algorithm is not the key's,
 * `signature/format` on a wrong length, `signature/invalid`.
 */
export async function verifyJws(jws: Jws, key: PublicKey): Promise<void> {
  if (jws.algorithm !== key.algorithm) throw fault('algorithm/not-allowed')
  const { signature } = jws
  if (!isCanonicalSignature(key.algorithm, signature)) throw fault('signature/invalid')
  const cryptoKey = await platformCryptoKey(key)
  const data = utf8Encode(jws.signingInput)
  const isValid =
    cryptoKey === undefined
      ? await verifySignature({ key, signature, data })
      : await verifyByJose(jws, cryptoKey)
  if (!isValid) throw fault('signature/invalid')
}

/**
 * The signing input (RFC 7515 §5.1) of a header, with `alg` added, and a payload. Throws
 * `algorithm/not-allowed` for an algorithm that we only verify.
 */
export function jwsSigningInput({ header, payload, algorithm }: JwsDraft): string {
  assertMaySign(algorithm)
  if (header['alg'] !== undefined) throw new TypeError('alg is added, not passed')
  const [name] = ALGORITHMS[algorithm].jose
  const headerText = textToBase64url(encodeJson({ alg: name ?? null, ...header }))
  const isBytes = payload instanceof Uint8Array
  return `${headerText}.${isBytes ? toBase64url(payload) : textToBase64url(encodeJson(payload))}`
}

/** Signs a payload as compact JWS; `alg` is the signer's. */
export async function signJws(input: {
  readonly header: JsonObject
  readonly payload: JsonObject | Uint8Array
  readonly signer: Signer
}): Promise<string> {
  const { header, payload, signer } = input
  const { algorithm } = signer.publicKey
  const signingInput = jwsSigningInput({ header, payload, algorithm })
  const signature = await signer.sign(utf8Encode(signingInput))
  return `${signingInput}.${toBase64url(signature)}`
}

async function verifyByJose(jws: Jws, cryptoKey: CryptoKey): Promise<boolean> {
  const { signingInput, signature, algorithm } = jws
  const middle = signingInput.indexOf('.')
  const flattened = {
    protected: signingInput.slice(0, middle),
    payload: signingInput.slice(middle + 1),
    signature: toBase64url(signature),
  }
  try {
    await flattenedVerify(flattened, cryptoKey, { algorithms: [...ALGORITHMS[algorithm].jose] })
    return true
  } catch (error) {
    if (error instanceof JOSEError) return false
    throw error
  }
}
