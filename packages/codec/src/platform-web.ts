/**
 * The web platform: WebCrypto where it has an algorithm and gives our verdicts, noble where not,
 * decided once per algorithm; SHA-256 by noble, since WebCrypto has no synchronous one.
 */
import type { Algorithm } from './algorithms.ts'
import { toBase64url, toHex, utf8Encode } from './bytes.ts'
import { type Engine, type EngineName, type SignatureInput, verifyWith } from './engine.ts'
import { passesProbe } from './engine-probes.ts'
import { fault } from './errors.ts'
import { nobleEngine, nobleSha256, nobleSha512, nobleSigner } from './fallback-noble.ts'
import type { JsonObject } from './json-value.ts'
import type { PublicKey } from './keys.ts'
import { type PrivateKey, parsePrivateJwk } from './private-keys.ts'
import type { Signer } from './signer.ts'
import {
  cryptoKeyOf,
  importPrivateJwk,
  signerFromCryptoKey,
  webcryptoEngine,
} from './webcrypto-engine.ts'

export { toBase64url } from './bytes.ts'

const engines = new Map<Algorithm, Promise<Engine>>()

/** SHA-256 (FIPS 180-4) of the bytes: 32 bytes, synchronously. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** SHA-256 of bytes as lower-case hexadecimal, 64 characters. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(nobleSha256(bytes))
}

/** SHA-512 (FIPS 180-4) of bytes as lower-case hexadecimal, 128 characters. */
export function sha512Hex(bytes: Uint8Array): string {
  return toHex(nobleSha512(bytes))
}

/** SHA-256 of a text's UTF-8 as base64url, 43 characters. Throws `text/encoding` on a lone surrogate. */
export function sha256Base64url(text: string): string {
  return toBase64url(nobleSha256(utf8Encode(text)))
}

/** Base64url of a text's UTF-8 (RFC 7515 §2). Throws `text/encoding` on a lone surrogate. */
export function textToBase64url(text: string): string {
  return toBase64url(utf8Encode(text))
}

/** Verifies a signature by the platform. Throws `signature/format` on one of the wrong length. */
export async function verifySignature(input: SignatureInput): Promise<boolean> {
  return verifyWith(await engineOf(input.key.algorithm), input)
}

/** Which engine verifies an algorithm here. */
export async function engineName(algorithm: Algorithm): Promise<EngineName> {
  return (await engineOf(algorithm)).name
}

/** The CryptoKey of a public key, for jose; `undefined` where the platform cannot have one. */
export async function platformCryptoKey(key: PublicKey): Promise<CryptoKey | undefined> {
  const { name } = await engineOf(key.algorithm)
  if (name !== 'webcrypto') return undefined
  // Bytes that are no point: the engine, asked next, says that nothing verifies under them.
  return cryptoKeyOf(key).catch(() => undefined)
}

/**
 * A signer over a private JWK. Throws `key/format`, `key/weak`, `algorithm/not-allowed`; its `sign`
 * throws `key/format` when the public half is another key's.
 */
export function signerFromPrivateJwk(jwk: JsonObject): Signer {
  const privateKey = parsePrivateJwk(jwk)
  let signer: Promise<Signer> | undefined
  return {
    publicKey: privateKey.publicKey,
    async sign(data) {
      signer ??= loadSigner(privateKey)
      return (await signer).sign(data)
    },
  }
}

function engineOf(algorithm: Algorithm): Promise<Engine> {
  const known = engines.get(algorithm)
  if (known !== undefined) return known
  const chosen = passesProbe(webcryptoEngine, algorithm).then((passes) =>
    passes ? webcryptoEngine : nobleEngine,
  )
  engines.set(algorithm, chosen)
  return chosen
}

async function loadSigner(privateKey: PrivateKey): Promise<Signer> {
  const { publicKey, jwk } = privateKey
  const { name } = await engineOf(publicKey.algorithm)
  if (name !== 'webcrypto') return nobleSigner(privateKey)
  try {
    return signerFromCryptoKey(await importPrivateJwk(jwk, publicKey.algorithm), publicKey)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') throw fault('key/format')
    throw error
  }
}
