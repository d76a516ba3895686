/** A holder key as the wallet keeps it: where its private half lives, and its public half. */
import { type PublicKey, publicKeyFromRaw } from '@onetrip/codec'
import type { DeviceAlgorithm } from '@onetrip/ui'
import type { KdfCost } from './passcode-kdf.ts'

/** Algorithms a holder key can have. */
export type HolderAlgorithm = DeviceAlgorithm

/**
 * Where the private half lives: `device`, a non-extractable CryptoKey in IndexedDB; `passcode`,
 * a PKCS#8 wrapped by a passcode, for browsers that cannot store CryptoKeys; `elsewhere`, on the device
 * whose backup was restored here.
 */
export type HolderSecret =
  | { readonly kind: 'device'; readonly privateKey: CryptoKey }
  | { readonly kind: 'passcode'; readonly wrapped: WrappedKey }
  | { readonly kind: 'elsewhere' }

/** A holder key as it is stored; structured-cloneable. */
export interface HolderKey {
  readonly algorithm: HolderAlgorithm
  /** Ed25519: 32 bytes; ES256: 65 bytes, uncompressed. */
  readonly publicRaw: Uint8Array
  readonly secret: HolderSecret
}

/** The two keys of one copy of a licence. */
export interface HolderKeys {
  readonly cbor: HolderKey
  readonly jws: HolderKey
}

/** A private key wrapped by a passcode; every field is needed to open it again. */
export interface WrappedKey {
  readonly salt: Uint8Array
  readonly iv: Uint8Array
  /** Left out of keys that were wrapped before Argon2id. */
  readonly cost?: KdfCost
  /** AES-256-GCM ciphertext and tag of the PKCS#8. */
  readonly ciphertext: Uint8Array
}

/** The public half of a stored key. */
export function holderPublicKey(key: HolderKey): PublicKey {
  return publicKeyFromRaw(key.algorithm, key.publicRaw)
}
