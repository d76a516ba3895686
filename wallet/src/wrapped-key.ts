/**
 * A private key wrapped by a passcode, for browsers that refuse to store a CryptoKey (iOS Lockdown
 * Mode, some private windows): the wallet's one derivation (passcode-key.ts) makes an AES-256-GCM key
 * that wraps the PKCS#8. There is no device key to mix in here, so a short passcode can be guessed by
 * whoever copies the storage; the screens say so.
 */
import { fault, type Random } from '@onetrip/codec'
import type { WrappedKey } from './holder-key.ts'
import { KDF_COST, type Stretch } from './passcode-kdf.ts'
import { keyFromPasscode, SALT_BYTES } from './passcode-key.ts'

const IV_BYTES = 12

/** Wraps an extractable P-256 private key; `key/passcode` when the passcode is too short. */
export async function wrapPrivateKey(options: {
  readonly privateKey: CryptoKey
  readonly passcode: string
  readonly stretch: Stretch
  readonly subtle: SubtleCrypto
  readonly random: Random
}): Promise<WrappedKey> {
  const { privateKey, passcode, stretch, subtle, random } = options
  const salt = random(SALT_BYTES)
  const iv = random(IV_BYTES)
  const wrapping = await keyFromPasscode({ passcode, salt, cost: KDF_COST, stretch, subtle })
  const ciphertext = await subtle.wrapKey('pkcs8', privateKey, wrapping, {
    name: 'AES-GCM',
    iv: new Uint8Array(iv),
  })
  return { salt, iv, cost: KDF_COST, ciphertext: new Uint8Array(ciphertext) }
}

/**
 * Opens a wrapped key as non-extractable; `key/passcode` when the passcode is wrong, `key/storage`
 * when it was wrapped before there was Argon2id: such a licence is received again.
 */
export async function unwrapPrivateKey(options: {
  readonly wrapped: WrappedKey
  readonly passcode: string
  readonly stretch: Stretch
  readonly subtle: SubtleCrypto
}): Promise<CryptoKey> {
  const { wrapped, passcode, stretch, subtle } = options
  const { salt, iv, cost, ciphertext } = wrapped
  if (cost === undefined) {
    throw fault('key/storage')
  }
  const wrapping = await keyFromPasscode({ passcode, salt, cost, stretch, subtle })
  try {
    return await subtle.unwrapKey(
      'pkcs8',
      new Uint8Array(ciphertext),
      wrapping,
      { name: 'AES-GCM', iv: new Uint8Array(iv) },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
  } catch {
    throw fault('key/passcode')
  }
}
