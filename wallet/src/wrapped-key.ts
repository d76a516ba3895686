/**
 * A private key wrapped by a passcode, for browsers that refuse to store a CryptoKey (iOS Lockdown
 * Mode, some private windows): PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2) makes an AES-256-GCM key that
 * wraps the PKCS#8. A short passcode can be guessed by whoever copies the storage; the screens say so.
 */
import { fault, type Random } from '@onetrip/codec'
import type { WrappedKey } from './holder-key.ts'

/** OWASP's count for PBKDF2-HMAC-SHA-256; about half a second on a cheap phone. */
const ITERATIONS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12

/** Shortest passcode taken, in characters. */
export const MIN_PASSCODE_CHARS = 6

/** Wraps an extractable P-256 private key; `key/passcode` when the passcode is too short. */
export async function wrapPrivateKey(options: {
  readonly privateKey: CryptoKey
  readonly passcode: string
  readonly subtle: SubtleCrypto
  readonly random: Random
}): Promise<WrappedKey> {
  const salt = options.random(SALT_BYTES)
  const iv = options.random(IV_BYTES)
  const wrapping = await wrappingKey({
    passcode: options.passcode,
    salt,
    iterations: ITERATIONS,
    subtle: options.subtle,
  })
  const ciphertext = await options.subtle.wrapKey('pkcs8', options.privateKey, wrapping, {
    name: 'AES-GCM',
    iv: new Uint8Array(iv),
  })
  return { salt, iv, iterations: ITERATIONS, ciphertext: new Uint8Array(ciphertext) }
}

/** Opens a wrapped key as non-extractable; `key/passcode` when the passcode is wrong. */
export async function unwrapPrivateKey(
  wrapped: WrappedKey,
  passcode: string,
  subtle: SubtleCrypto,
): Promise<CryptoKey> {
  const wrapping = await wrappingKey({
    passcode,
    salt: wrapped.salt,
    iterations: wrapped.iterations,
    subtle,
  })
  try {
    return await subtle.unwrapKey(
      'pkcs8',
      new Uint8Array(wrapped.ciphertext),
      wrapping,
      { name: 'AES-GCM', iv: new Uint8Array(wrapped.iv) },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
  } catch {
    throw fault('key/passcode')
  }
}

async function wrappingKey(options: {
  readonly passcode: string
  readonly salt: Uint8Array
  readonly iterations: number
  readonly subtle: SubtleCrypto
}): Promise<CryptoKey> {
  if ([...options.passcode].length < MIN_PASSCODE_CHARS) {
    throw fault('key/passcode')
  }
  const secret = new TextEncoder().encode(options.passcode.normalize('NFKC'))
  const base = await options.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
  return options.subtle.deriveKey(
    {
      name: 'PBKDF2',
      hash: 'SHA-256',
      salt: new Uint8Array(options.salt),
      iterations: options.iterations,
    },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  )
}
