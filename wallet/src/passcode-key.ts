/**
 * From a passcode to an AES-256-GCM key: Argon2id stretches it, then HMAC-SHA-256 mixes it with a key
 * of this device that no script can export. Who has the stored records without
 * that key cannot try passcodes at all. Who copies the browser's whole profile has the key as well, and
 * then only Argon2id slows them, as where the browser keeps no CryptoKey.
 */
import { concatBytes, fault, utf8Encode } from '@onetrip/codec'
import type { KdfCost, Stretch } from './passcode-kdf.ts'

/** Length of a salt. */
export const SALT_BYTES = 16
/** Shortest passcode taken, in characters. */
export const MIN_PASSCODE_CHARS = 6

/** A key that AES-GCM wrapped: 12 bytes of iv, ciphertext with its tag. */
export interface WrappedBytes {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

/** What the key of a passcode is made of. */
export interface PasscodeKeyInput {
  readonly passcode: string
  /** 16 bytes. */
  readonly salt: Uint8Array
  readonly cost: KdfCost
  /** Non-extractable HMAC-SHA-256 key; left out where the browser cannot keep one. */
  readonly deviceKey?: CryptoKey | undefined
  readonly stretch: Stretch
  readonly subtle: SubtleCrypto
}

/** Says what is wrong with a new passcode: too short, or among the first that anyone tries. */
export function passcodeProblem(passcode: string): 'short' | 'simple' | undefined {
  const characters = [...passcode.normalize('NFKC')]
  if (characters.length < MIN_PASSCODE_CHARS) {
    return 'short'
  }
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)))
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1 ? 'simple' : undefined
}

/** The key of a passcode, for wrapping only; `key/passcode` when the passcode is too short. */
export async function keyFromPasscode(input: PasscodeKeyInput): Promise<CryptoKey> {
  const text = input.passcode.normalize('NFKC')
  if ([...text].length < MIN_PASSCODE_CHARS) {
    throw fault('key/passcode')
  }
  const { salt, cost, stretch, deviceKey, subtle } = input
  const secret = await stretch({ secret: utf8Encode(text), salt, ...cost })
  return wrappingKey({ secret, purpose: 'passcode', deviceKey, subtle })
}

/** A wrapping key of 32 secret bytes, mixed with the device key; one per purpose. */
export async function wrappingKey(options: {
  readonly secret: Uint8Array
  readonly purpose: 'passcode' | 'prf'
  readonly deviceKey?: CryptoKey | undefined
  readonly subtle: SubtleCrypto
}): Promise<CryptoKey> {
  const { secret, purpose, deviceKey, subtle } = options
  const mixed = await subtle.sign(
    'HMAC',
    deviceKey ?? (await noDeviceKey(subtle)),
    new Uint8Array(concatBytes(utf8Encode(`onetrip wallet ${purpose} 1 `), secret)),
  )
  return subtle.importKey('raw', mixed, 'AES-GCM', false, ['wrapKey', 'unwrapKey'])
}

/** A new key of this device for {@link PasscodeKeyInput.deviceKey}. */
export function newDeviceKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])
}

function noDeviceKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
}
