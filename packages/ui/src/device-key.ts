/**
 * Signing keys that stay in this browser: a non-extractable CryptoKey in IndexedDB, for the wallet's licences and for a
 * counter. A key is taken only after it was stored, read back, used to sign and its signature verified, because some
 * browsers store a key and give back another, or none.
 */

import {
  type Algorithm,
  Fault,
  fault,
  type PublicKey,
  publicKeyFromRaw,
  type Random,
  type Signer,
  signerFromCryptoKey,
  verifySignature,
} from '@onetrip/codec'

/** Algorithms a key of a device can have. */
export type DeviceAlgorithm = Extract<Algorithm, 'Ed25519' | 'ES256'>

/** A key as it is stored; structured-cloneable. */
export interface DeviceKey {
  readonly algorithm: DeviceAlgorithm
  /** Ed25519: 32 bytes; ES256: 65 bytes, uncompressed. */
  readonly publicRaw: Uint8Array
  /** Not extractable. */
  readonly privateKey: CryptoKey
}

/** What making a key needs of the platform. */
export interface DeviceKeyPlatform {
  readonly subtle: SubtleCrypto
  readonly random: Random
  /** Stores a value in one transaction and reads it back in another; rejects if it cannot. */
  readonly roundTrip: (value: DeviceKey) => Promise<DeviceKey>
}

/** A key pair and the public half's raw bytes. */
export interface GeneratedPair {
  readonly privateKey: CryptoKey
  readonly publicRaw: Uint8Array
}

const PROBE_BYTES = 32
const ATTEMPTS: readonly DeviceAlgorithm[] = ['Ed25519', 'ES256']

/** Makes a key: Ed25519, or P-256 where that does not survive storage. Throws `key/storage` where neither does. */
export async function createDeviceKey(platform: DeviceKeyPlatform): Promise<DeviceKey> {
  const { subtle, random, roundTrip } = platform
  const kept = await firstThatWorks(
    ATTEMPTS.map((algorithm) => async () => {
      const pair = await generatePair({ algorithm, extractable: false, subtle })
      const key: DeviceKey = { algorithm, ...pair }
      return proveKey({ key, roundTrip, random, open: async (stored) => deviceSigner(stored) })
    }),
  )
  if (kept === undefined) throw fault('key/storage')
  return kept
}

/** The public half of a stored key. */
export function devicePublicKey(key: Pick<DeviceKey, 'algorithm' | 'publicRaw'>): PublicKey {
  return publicKeyFromRaw(key.algorithm, key.publicRaw)
}

/** Signs with a stored key. */
export function deviceSigner(key: DeviceKey): Signer {
  return signerFromCryptoKey(key.privateKey, devicePublicKey(key))
}

/** The first attempt that brings something; a refusal leads to the next, a full disk to none (`storage/quota`). */
export async function firstThatWorks<Value>(
  attempts: readonly (() => Promise<Value>)[],
): Promise<Value | undefined> {
  for (const attempt of attempts) {
    try {
      return await attempt()
    } catch (error) {
      throwWhenFull(error)
      // No such algorithm, DataCloneError, a key read back as null: the next kind.
    }
  }
  return undefined
}

/** Makes a key pair. Throws `key/storage` where the platform gives no pair, and what it throws. */
export async function generatePair(options: {
  readonly algorithm: DeviceAlgorithm
  readonly extractable: boolean
  readonly subtle: SubtleCrypto
}): Promise<GeneratedPair> {
  const { algorithm, extractable, subtle } = options
  const parameters =
    algorithm === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await subtle.generateKey(parameters, extractable, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw fault('key/storage')
  const publicRaw = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
  return { privateKey: pair.privateKey, publicRaw }
}

/** The round trip: only the copy that came back from storage is ever used. Throws `key/storage`, `storage/quota`. */
export async function proveKey<Key>(options: {
  readonly key: Key
  readonly roundTrip: (key: Key) => Promise<Key>
  readonly open: (key: Key) => Promise<Signer>
  readonly random: Random
}): Promise<Key> {
  const { key, roundTrip, open, random } = options
  try {
    const kept = await roundTrip(key)
    const data = random(PROBE_BYTES)
    const signer = await open(kept)
    const signature = await signer.sign(data)
    if (await verifySignature({ key: signer.publicKey, signature, data })) return kept
  } catch (error) {
    throwWhenFull(error)
    throw fault('key/storage')
  }
  throw fault('key/storage')
}

/** A full disk says nothing about keys: another kind would not fit either (case WA02). */
function throwWhenFull(error: unknown): void {
  if (error instanceof Fault && error.code === 'storage/quota') throw error
}
