/**
 * What the wallet keeps in IndexedDB. A licence is stored whole or not at all: credentials, keys and
 * the end of its receipt go in one transaction (facts/threats.md WA01, WA02).
 */
import { type Fault, fault } from '@onetrip/codec'
import { openStore, type Store } from '@onetrip/ui'
import { type HeldLicence, renewed } from './held-licence.ts'
import type { HolderKey } from './holder-key.ts'
import type { PendingReceipt } from './request-licence.ts'

const NAME = 'onetrip-wallet'
const LAYOUT_VERSION = 1

/** The boxes of the wallet's database. */
export interface WalletBoxes {
  readonly licences: HeldLicence
  readonly receipts: PendingReceipt
  /** Keys on trial; empty between trials. */
  readonly trials: HolderKey
}

/** The wallet's own view of its store; every failure is a `storage/*` code. */
export interface WalletStore {
  readonly licences: () => Promise<readonly HeldLicence[]>
  /** Stores a received licence and closes its receipt, both or neither. */
  readonly saveReceived: (licence: HeldLicence, receiptId: string) => Promise<HeldLicence>
  readonly saveLicence: (licence: HeldLicence) => Promise<void>
  readonly deleteLicence: (id: string) => Promise<void>
  readonly receipt: (id: string) => Promise<PendingReceipt | undefined>
  readonly saveReceipt: (receipt: PendingReceipt) => Promise<void>
  readonly dropReceipt: (id: string) => Promise<void>
  /** Puts a key in one transaction and reads it back in another. */
  readonly roundTrip: (key: HolderKey) => Promise<HolderKey>
}

/** Opens the wallet's store; `storage/unavailable` when the browser refuses it. */
export async function openWalletStore(onClosed: () => void): Promise<WalletStore> {
  const store = await guarded(() =>
    openStore<WalletBoxes>({
      name: NAME,
      version: LAYOUT_VERSION,
      boxes: ['licences', 'receipts', 'trials'],
      onClosed,
    }),
  )
  return {
    licences: () => guarded(() => store.getAll('licences')),
    saveReceived: (licence, receiptId) => guarded(() => saveReceived(store, licence, receiptId)),
    saveLicence: (licence) => guarded(() => store.put('licences', licence.id, licence)),
    deleteLicence: (id) => guarded(() => store.delete('licences', id)),
    receipt: (id) => guarded(() => store.get('receipts', id)),
    saveReceipt: (receipt) => guarded(() => store.put('receipts', receipt.id, receipt)),
    dropReceipt: (id) => guarded(() => store.delete('receipts', id)),
    roundTrip: (key) => roundTrip(store, key),
  }
}

async function saveReceived(
  store: Store<WalletBoxes>,
  licence: HeldLicence,
  receiptId: string,
): Promise<HeldLicence> {
  const whole = renewed(await store.get('licences', licence.id), licence)
  await store.write([
    { box: 'licences', key: whole.id, value: whole },
    { box: 'receipts', key: receiptId },
  ])
  return whole
}

async function roundTrip(store: Store<WalletBoxes>, key: HolderKey): Promise<HolderKey> {
  const id = crypto.randomUUID()
  try {
    await store.put('trials', id, key)
    const kept = await store.get('trials', id)
    if (kept === undefined) {
      throw fault('key/storage')
    }
    return kept
  } finally {
    await store.delete('trials', id).catch(() => undefined)
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storageFault(error)
  }
}

function storageFault(error: unknown): Fault {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  return fault(isQuota ? 'storage/quota' : 'storage/unavailable')
}
