/**
 * The engine of last resort: noble's JavaScript curves, loaded when first needed, 15 to 35 times
 * slower than a platform. The only file that knows the noble libraries.
 */
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import type { Algorithm } from './algorithms.ts'
import { concatBytes, equalBytes } from './bytes.ts'
import type { Engine, SignatureInput } from './engine.ts'
import { fault } from './errors.ts'
import type { PrivateKey } from './private-keys.ts'
import type { Signer } from './signer.ts'

type Verify = (input: SignatureInput) => Promise<boolean>
type Sign = (secret: Uint8Array, data: Uint8Array) => Promise<Uint8Array>
type DerivePublicKey = (secret: Uint8Array) => Promise<Uint8Array>

interface Implementation {
  readonly verify: Verify
  readonly sign: Sign
  readonly derivePublicKey: DerivePublicKey
}

const IMPLEMENTATIONS: Readonly<Record<Algorithm, Implementation>> = {
  Ed25519: {
    verify: verifyEd25519,
    sign: async (secret, data) => (await loadEd25519()).sign(data, secret),
    derivePublicKey: async (secret) => (await loadEd25519()).getPublicKey(secret),
  },
  ES256: {
    verify: verifyP256,
    sign: async (secret, data) => (await loadCurves()).p256.sign(data, secret),
    derivePublicKey: async (secret) => (await loadCurves()).p256.getPublicKey(secret, false),
  },
  ES384: {
    verify: verifyP384,
    sign: () => Promise.reject(fault('algorithm/not-allowed')),
    derivePublicKey: () => Promise.reject(fault('algorithm/not-allowed')),
  },
}

/** noble as an engine. */
export const nobleEngine: Engine = {
  name: 'noble',
  verify: (input) => IMPLEMENTATIONS[input.key.algorithm].verify(input),
}

/** SHA-256 (FIPS 180-4), synchronously: 32 bytes. */
export function nobleSha256(bytes: Uint8Array): Uint8Array {
  return sha256(bytes)
}

/** SHA-512 (FIPS 180-4), synchronously: 64 bytes. */
export function nobleSha512(bytes: Uint8Array): Uint8Array {
  return sha512(bytes)
}

/** A signer over private key bytes. Signing throws `key/format` when the public half is another's. */
export function nobleSigner({ publicKey, secret }: PrivateKey): Signer {
  const { sign, derivePublicKey } = IMPLEMENTATIONS[publicKey.algorithm]
  let isChecked = false
  return {
    publicKey,
    async sign(data) {
      if (!isChecked && !equalBytes(await derivePublicKey(secret), publicKey.raw)) {
        throw fault('key/format')
      }
      isChecked = true
      return sign(secret, data)
    },
  }
}

/**
 * noble's own verify multiplies by the cofactor, and so accepts 126 of the 914 CCTV signatures that
 * no platform does; the cofactorless R = [S]B − [k]A is checked exactly beside it (RFC 8032 §5.1.7).
 */
async function verifyEd25519({ key, signature, data }: SignatureInput): Promise<boolean> {
  const { Point, etc, hash, verify } = await loadEd25519()
  if (!verify(signature, data, key.raw, { zip215: false })) return false
  const pointBytes = signature.subarray(0, 32)
  const order = Point.CURVE().n
  const k = etc.mod(littleEndian(hash(concatBytes(pointBytes, key.raw, data))), order)
  const s = littleEndian(signature.subarray(32))
  const kA = Point.fromBytes(key.raw).multiplyUnsafe(k)
  return equalBytes(Point.BASE.multiplyUnsafe(s).subtract(kA).toBytes(), pointBytes)
}

async function verifyP256({ key, signature, data }: SignatureInput): Promise<boolean> {
  const { p256 } = await loadCurves()
  return p256.verify(signature, data, key.raw, { lowS: false })
}

async function verifyP384({ key, signature, data }: SignatureInput): Promise<boolean> {
  const { p384 } = await loadCurves()
  return p384.verify(signature, data, key.raw, { lowS: false })
}

async function loadEd25519(): Promise<typeof import('@noble/ed25519')> {
  const noble = await import('@noble/ed25519')
  // Synchronous hashing, so that the fallback also works where there is no WebCrypto at all.
  noble.hashes.sha512 = sha512
  return noble
}

function loadCurves(): Promise<typeof import('@noble/curves/nist.js')> {
  return import('@noble/curves/nist.js')
}

function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n
  for (let index = bytes.length - 1; index >= 0; index--) {
    number = (number << 8n) | BigInt(bytes[index] ?? 0)
  }
  return number
}
