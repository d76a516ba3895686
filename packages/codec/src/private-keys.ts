/** Private JWKs (RFC 7518 §6.2.2, RFC 8037 §2), read strictly for the software signers. */
import { ALGORITHMS, assertMaySign } from './algorithms.ts'
import { fromBase64url, toBase64url } from './bytes.ts'
import { fault } from './errors.ts'
import { isObject, type JsonObject } from './json-value.ts'
import { type PublicKey, publicKeyFromJwk } from './keys.ts'

/** A private key and its checked public half. */
export interface PrivateKey {
  readonly publicKey: PublicKey
  /** The private scalar (P-256) or seed (Ed25519), 32 bytes. */
  readonly secret: Uint8Array
  /** Required members only, for engines that import a JWK. */
  readonly jwk: {
    readonly kty: string
    readonly crv: string
    readonly x: string
    readonly y?: string
    readonly d: string
  }
}

/**
 * Reads a private JWK; `use` and `key_ops` are not read, since the key signs.
 * Throws `key/format`, `key/weak`, `encoding/base64url`, and `algorithm/not-allowed` for a curve that
 * OneTrip never signs with.
 */
export function parsePrivateJwk(jwk: JsonObject): PrivateKey {
  if (!isObject(jwk)) throw fault('key/format')
  const { d, use: _use, key_ops: _operations, ...publicJwk } = jwk
  const publicKey = publicKeyFromJwk(publicJwk)
  const { x, y } = publicJwk
  if (typeof d !== 'string' || typeof x !== 'string') throw fault('key/format')
  assertMaySign(publicKey.algorithm)
  const { jwkKty, jwkCrv, coordinateBytes } = ALGORITHMS[publicKey.algorithm]
  const secret = fromBase64url(d)
  if (secret.length !== coordinateBytes) throw fault('key/format')
  const required = { kty: jwkKty, crv: jwkCrv, x, d: toBase64url(secret) }
  return { publicKey, secret, jwk: typeof y === 'string' ? { ...required, y } : required }
}
