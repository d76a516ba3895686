/**
 * Public keys as JWK (RFC 7517, RFC 8037), COSE_Key (RFC 9052 §7, RFC 9053 §7) and raw bytes. A key
 * is checked once, when it is loaded; whoever holds a `PublicKey` holds one that may be used.
 */
import { sha256, toBase64url } from '#platform'
import { ALGORITHMS, type Algorithm, algorithmOfCurve } from './algorithms.ts'
import { concatBytes, equalBytes, fromBase64url, utf8Encode } from './bytes.ts'
import { type CborKey, type CborMap, type CborValue, isArray, isBytes } from './cbor-value.ts'
import { fault } from './errors.ts'
import type { JsonObject } from './json-value.ts'

const KID_BYTES = 8
const UNCOMPRESSED: Uint8Array = Uint8Array.of(4)

const COSE_KEY = { kty: 1, alg: 3, keyOps: 4, crv: -1, x: -2, y: -3, d: -4 } as const
const COSE_OPERATION_VERIFY = 2

/** A public key that passed its checks, tied to its algorithm. */
export interface PublicKey {
  readonly algorithm: Algorithm
  /** Ed25519: 32 bytes. P-256 and P-384: `04`, x, y; 65 and 97 bytes. */
  readonly raw: Uint8Array
  /** The first 8 bytes of the SHA-256 JWK thumbprint (RFC 7638). */
  readonly kid: Uint8Array
}

/**
 * A key from raw bytes, which are copied. Throws `key/format` on a wrong length or a point off the
 * curve, `key/weak` on an Ed25519 key that is not canonical or of small order.
 */
export function publicKeyFromRaw(algorithm: Algorithm, raw: Uint8Array): PublicKey {
  const { rawBytes, assertRawKey } = ALGORITHMS[algorithm]
  if (raw.length !== rawBytes) throw fault('key/format')
  assertRawKey(raw)
  const own = raw.slice()
  let kid: Uint8Array | undefined
  return {
    algorithm,
    raw: own,
    // Of a holder's key nobody asks it.
    get kid() {
      kid ??= thumbprint(algorithm, own).slice(0, KID_BYTES)
      return kid
    },
  }
}

/**
 * A key from a public JWK. `alg`, `use` and `key_ops` are optional, but must agree with the curve and
 * with verifying; `kid` is not read. Throws `key/format`, also when a private part (`d`) is there;
 * `key/weak`; `encoding/base64url`.
 */
export function publicKeyFromJwk(jwk: JsonObject): PublicKey {
  const algorithm = typeof jwk['crv'] === 'string' ? algorithmOfCurve(jwk['crv']) : undefined
  if (algorithm === undefined || Object.hasOwn(jwk, 'd')) throw fault('key/format')
  const { jwkKty, hasY, coordinateBytes } = ALGORITHMS[algorithm]
  if (jwk['kty'] !== jwkKty) throw fault('key/format')
  assertJwkUse(jwk, algorithm)
  const x = jwkBytes(jwk['x'], coordinateBytes)
  if (!hasY) return publicKeyFromRaw(algorithm, x)
  const y = jwkBytes(jwk['y'], coordinateBytes)
  return publicKeyFromRaw(algorithm, concatBytes(UNCOMPRESSED, x, y))
}

/** The JWK of a key with its required members only: `kty`, `crv`, `x` and, on NIST curves, `y`. */
export function publicKeyToJwk(key: PublicKey): JsonObject {
  const { jwkKty, jwkCrv, hasY, coordinateBytes } = ALGORITHMS[key.algorithm]
  if (!hasY) return { kty: jwkKty, crv: jwkCrv, x: toBase64url(key.raw) }
  const x = toBase64url(key.raw.subarray(1, 1 + coordinateBytes))
  return { kty: jwkKty, crv: jwkCrv, x, y: toBase64url(key.raw.subarray(1 + coordinateBytes)) }
}

/**
 * A key from a COSE_Key map; `alg` and `key_ops` are optional, but must agree; y is bytes or, of a compressed
 * point, its parity (RFC 9053 §7.1.1). Throws `key/format`, also when a private part is there; `key/weak`.
 */
export function publicKeyFromCose(map: CborMap): PublicKey {
  const curve = map.get(COSE_KEY.crv)
  const algorithm = typeof curve === 'number' ? algorithmOfCurve(curve) : undefined
  if (algorithm === undefined || map.has(COSE_KEY.d)) throw fault('key/format')
  const { coseKty, hasY, coordinateBytes, decompress } = ALGORITHMS[algorithm]
  if (map.get(COSE_KEY.kty) !== coseKty) throw fault('key/format')
  assertCoseUse(map, algorithm)
  const x = coseBytes(map.get(COSE_KEY.x), coordinateBytes)
  if (!hasY) return publicKeyFromRaw(algorithm, x)
  const y = map.get(COSE_KEY.y)
  if (typeof y === 'boolean') return publicKeyFromRaw(algorithm, decompress(x, y))
  return publicKeyFromRaw(algorithm, concatBytes(UNCOMPRESSED, x, coseBytes(y, coordinateBytes)))
}

/**
 * The COSE_Key of a key with its required labels only: kty (1), crv (-1), x (-2) and y (-3); compressed,
 * y is its parity, which saves 33 bytes on P-256.
 */
export function publicKeyToCose(
  key: PublicKey,
  options: { readonly compressed?: boolean } = {},
): CborMap {
  const { coseKty, coseCrv, hasY, coordinateBytes } = ALGORITHMS[key.algorithm]
  const map = new Map<CborKey, CborValue>([
    [COSE_KEY.kty, coseKty],
    [COSE_KEY.crv, coseCrv],
  ])
  if (!hasY) return map.set(COSE_KEY.x, key.raw)
  map.set(COSE_KEY.x, key.raw.subarray(1, 1 + coordinateBytes))
  if (options.compressed === true) return map.set(COSE_KEY.y, (key.raw.at(-1) ?? 0) % 2 === 1)
  return map.set(COSE_KEY.y, key.raw.subarray(1 + coordinateBytes))
}

/** SHA-256 JWK thumbprint (RFC 7638 §3) as base64url, 43 characters. */
export function jwkThumbprint(key: PublicKey): string {
  return toBase64url(thumbprint(key.algorithm, key.raw))
}

/** Says whether two keys are one: same algorithm, same bytes. */
export function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  return a.algorithm === b.algorithm && equalBytes(a.raw, b.raw)
}

function thumbprint(algorithm: Algorithm, raw: Uint8Array): Uint8Array {
  const { jwkKty, jwkCrv, hasY, coordinateBytes } = ALGORITHMS[algorithm]
  const x = toBase64url(hasY ? raw.subarray(1, 1 + coordinateBytes) : raw)
  const y = hasY ? `,"y":"${toBase64url(raw.subarray(1 + coordinateBytes))}"` : ''
  return sha256(utf8Encode(`{"crv":"${jwkCrv}","kty":"${jwkKty}","x":"${x}"${y}}`))
}

function assertJwkUse(jwk: JsonObject, algorithm: Algorithm): void {
  const { alg, use, key_ops: operations } = jwk
  const names: readonly unknown[] = ALGORITHMS[algorithm].jose
  if (alg !== undefined && !names.includes(alg)) throw fault('key/format')
  if (use !== undefined && use !== 'sig') throw fault('key/format')
  if (operations === undefined) return
  if (!Array.isArray(operations) || !operations.includes('verify')) throw fault('key/format')
}

function assertCoseUse(map: CborMap, algorithm: Algorithm): void {
  const alg = map.get(COSE_KEY.alg)
  const ids: readonly unknown[] = ALGORITHMS[algorithm].cose
  if (alg !== undefined && !ids.includes(alg)) throw fault('key/format')
  const operations = map.get(COSE_KEY.keyOps)
  if (operations === undefined) return
  if (!isArray(operations) || !operations.includes(COSE_OPERATION_VERIFY)) throw fault('key/format')
}

function jwkBytes(value: unknown, length: number): Uint8Array {
  if (typeof value !== 'string') throw fault('key/format')
  const bytes = fromBase64url(value)
  if (bytes.length !== length) throw fault('key/format')
  return bytes
}

function coseBytes(value: CborValue | undefined, length: number): Uint8Array {
  if (!isBytes(value) || value.length !== length) throw fault('key/format')
  return value
}
