/** What is stored about the lock. Nothing in it tells the passcode or the data key to who lacks both. */
import type { KdfCost } from './passcode-kdf.ts'
import type { WrappedBytes } from './passcode-key.ts'

/** Version of the stored record. */
export const LOCK_FORMAT = 1

/** Seconds in the background after which the wallet locks; 0 is at once. */
export const LOCK_AFTER_SECONDS = [0, 60, 300, 900] as const

/** One of {@link LOCK_AFTER_SECONDS}. */
export type LockAfter = (typeof LOCK_AFTER_SECONDS)[number]

/** Five minutes, unless the holder chooses otherwise. */
export const DEFAULT_LOCK_AFTER: LockAfter = 300

/** Unlocking by fingerprint or face: a passkey of this device with the PRF extension. */
export interface PrfUnlock {
  readonly credentialId: Uint8Array
  /** 32 bytes, the PRF's input. */
  readonly input: Uint8Array
  /** The data key, wrapped by what the PRF gives. */
  readonly dataKey: WrappedBytes
}

/** The lock of a wallet. */
export interface LockRecord {
  readonly format: typeof LOCK_FORMAT
  /** Names the data key, so that a window left behind never writes under one that is gone. */
  readonly id: string
  /** 16 bytes. */
  readonly salt: Uint8Array
  readonly cost: KdfCost
  /** The data key, wrapped by what the passcode gives. */
  readonly dataKey: WrappedBytes
  /** Mixed into both; left out where the browser keeps no CryptoKey. */
  readonly deviceKey?: CryptoKey
  /** The passcode is digits only: phones then show their number pad. */
  readonly digits: boolean
  readonly lockAfterSeconds: LockAfter
  readonly prf?: PrfUnlock
}

/** Narrows a stored or chosen number to a {@link LockAfter}; anything else is the default. */
export function toLockAfter(seconds: number): LockAfter {
  return LOCK_AFTER_SECONDS.find((known) => known === seconds) ?? DEFAULT_LOCK_AFTER
}
