/** The layout of the wallet's database. */
import type { Store } from '@onetrip/ui'
import type { HolderKey } from './holder-key.ts'
import type { LockOffer } from './lock-offer.ts'
import type { LockRecord } from './lock-record.ts'
import type { PendingReceipt } from './request-licence.ts'
import type { Tries } from './tries.ts'
import type { StoredEntry, StoredLicence } from './vault.ts'

/** Name of the database. */
export const WALLET_DATABASE = 'onetrip-wallet'
/** 1: without a lock and a history. */
export const LAYOUT_VERSION = 2
/** The one key of boxes that hold one record. */
export const ONLY = 'only'

/** The boxes of the wallet's database. */
export interface WalletBoxes {
  readonly licences: StoredLicence
  readonly receipts: PendingReceipt
  /** Keys on trial; empty between trials. */
  readonly trials: HolderKey
  readonly deviceTrials: CryptoKey
  readonly history: StoredEntry
  readonly lock: LockRecord
  readonly tries: Tries
  readonly lockOffer: LockOffer
}

/** Every box. */
export const BOXES: readonly (keyof WalletBoxes)[] = [
  'licences',
  'receipts',
  'trials',
  'deviceTrials',
  'history',
  'lock',
  'tries',
  'lockOffer',
]

/** The open database. */
export type WalletBoxStore = Store<WalletBoxes>
