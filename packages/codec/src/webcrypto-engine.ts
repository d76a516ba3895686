/** WebCrypto (W3C Web Cryptography Level 2, Secure Curves): verifying, and signing with a CryptoKey. */
import { type Algorithm, algorithmOfCurve, assertMaySign } from './algorithms.ts'
import type { Engine, SignatureInput } from './engine.ts'
import { fault } from './errors.ts'
import { type PublicKey, publicKeyFromRaw } from './keys.ts'
import type { Signer } from './signer.ts'

interface Parameters {
  readonly key: AlgorithmIdentifier | EcKeyImportParams
  readonly signature: AlgorithmIdentifier | EcdsaParams
}

const PARAMETERS: Readonly<Record<Algorithm, Parameters>> = {
  Ed25519: { key: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
  ES256: {
    key: { name: 'ECDSA', namedCurve: 'P-256' },
    signature: { name: 'ECDSA', hash: 'SHA-256' },
  },
  ES384: {
    key: { name: 'ECDSA', namedCurve: 'P-384' },
    signature: { name: 'ECDSA', hash: 'SHA-384' },
  },
}

const importedKeys = new WeakMap<PublicKey, CryptoKey>()

/** WebCrypto as an engine. A key that the platform does not take as a point verifies nothing. */
export const webcryptoEngine: Engine = { name: 'webcrypto', verify: verifyByWebcrypto }

/**
 * The CryptoKey of a public key, imported once per object. Rejects with a DOMException where the
 * platform lacks the curve.
 */
export async function cryptoKeyOf(key: PublicKey): Promise<CryptoKey> {
  const known = importedKeys.get(key)
  if (known !== undefined) return known
  const imported = await importPublicKey(key)
  importedKeys.set(key, imported)
  return imported
}

/** Imports a public key anew, for a caller that keeps what it makes of it. */
export function importPublicKey({ algorithm, raw }: PublicKey): Promise<CryptoKey> {
  const { subtle } = globalThis.crypto
  const parameters = PARAMETERS[algorithm].key
  return subtle.importKey('raw', overArrayBuffer(raw), parameters, true, ['verify'])
}

/**
 * The checked public key of a CryptoKey of a pair that was just generated. Throws `key/format` when
 * it is not an Ed25519 or P-256 public key.
 */
export async function publicKeyFromCryptoKey(cryptoKey: CryptoKey): Promise<PublicKey> {
  const algorithm = algorithmOfCryptoKey(cryptoKey)
  if (algorithm === undefined || cryptoKey.type !== 'public') throw fault('key/format')
  const raw = await globalThis.crypto.subtle.exportKey('raw', cryptoKey)
  return publicKeyFromRaw(algorithm, new Uint8Array(raw))
}

/**
 * A signer over a CryptoKey, which may be non-extractable. Throws `key/format` when the private key is
 * of another algorithm than the public one, `algorithm/not-allowed` for a curve we never sign with.
 */
export function signerFromCryptoKey(privateKey: CryptoKey, publicKey: PublicKey): Signer {
  assertMaySign(publicKey.algorithm)
  if (algorithmOfCryptoKey(privateKey) !== publicKey.algorithm || privateKey.type !== 'private') {
    throw fault('key/format')
  }
  const parameters = PARAMETERS[publicKey.algorithm].signature
  return {
    publicKey,
    async sign(data) {
      const { subtle } = globalThis.crypto
      return new Uint8Array(await subtle.sign(parameters, privateKey, overArrayBuffer(data)))
    },
  }
}

/** Imports the private JWK of an algorithm as a non-extractable CryptoKey for signing. */
export function importPrivateJwk(jwk: JsonWebKey, algorithm: Algorithm): Promise<CryptoKey> {
  const parameters = PARAMETERS[algorithm].key
  return globalThis.crypto.subtle.importKey('jwk', jwk, parameters, false, ['sign'])
}

async function verifyByWebcrypto({ key, signature, data }: SignatureInput): Promise<boolean> {
  const { subtle } = globalThis.crypto
  try {
    const cryptoKey = await cryptoKeyOf(key)
    const parameters = PARAMETERS[key.algorithm].signature
    return await subtle.verify(
      parameters,
      cryptoKey,
      overArrayBuffer(signature),
      overArrayBuffer(data),
    )
  } catch (error) {
    // Engines differ on when they notice that 32 bytes are not a point: on import, or in verifying.
    if (error instanceof DOMException && error.name === 'DataError') return false
    throw error
  }
}

function algorithmOfCryptoKey({ algorithm }: CryptoKey): Algorithm | undefined {
  const curve = 'namedCurve' in algorithm ? algorithm.namedCurve : algorithm.name
  return algorithmOfCurve(curve)
}

/** WebCrypto takes no views of shared memory; those are copied, all others passed on as they are. */
function overArrayBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = bytes
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, length)
  return Uint8Array.from(bytes)
}
