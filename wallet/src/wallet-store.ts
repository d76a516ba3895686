/**
 * What the wallet keeps in IndexedDB. A licence is stored whole or not at all: credentials, keys and
 * the end of its receipt go in one transaction (case WA01, WA02). Once there is a lock,
 * licences and history are stored under its data key only.
 */
import { fault } from '@onetrip/codec'
import { openStore, type Store } from '@onetrip/ui'
import { type HeldLicence, renewed } from './held-licence.ts'
import type { HistoryEntry } from './history-entry.ts'
import type { HolderKey } from './holder-key.ts'
import type { LockOffer } from './lock-offer.ts'
import type { LockRecord } from './lock-record.ts'
import { platformRandom } from './platform-random.ts'
import type { PendingReceipt } from './request-licence.ts'
import { guarded } from './storage-fault.ts'
import type { Tries } from './tries.ts'
import {
  openEntry,
  openLicence,
  placeOf,
  type StoredEntry,
  type StoredLicence,
  sealEntry,
  sealLicence,
  type Vault,
} from './vault.ts'

const NAME = 'onetrip-wallet'
/** 1: without a lock and a history. */
const LAYOUT_VERSION = 2
/** The one key of boxes that hold one record. */
const ONLY = 'only'

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

const BOXES = [
  'licences',
  'receipts',
  'trials',
  'deviceTrials',
  'history',
  'lock',
  'tries',
  'lockOffer',
] as const satisfies readonly (keyof WalletBoxes)[]

/** The wallet's own view of its store; every failure is a `storage/*` code. */
export interface WalletStore {
  /** What can be opened; a record that cannot is left where it is. */
  readonly licences: () => Promise<readonly HeldLicence[]>
  /** Stores a received licence and closes its receipt, both or neither. */
  readonly saveReceived: (licence: HeldLicence, receiptId: string) => Promise<HeldLicence>
  readonly saveLicence: (licence: HeldLicence) => Promise<void>
  readonly deleteLicence: (id: string) => Promise<void>
  readonly receipt: (id: string) => Promise<PendingReceipt | undefined>
  readonly saveReceipt: (receipt: PendingReceipt) => Promise<void>
  readonly dropReceipt: (id: string) => Promise<void>
  readonly history: () => Promise<readonly HistoryEntry[]>
  readonly saveEntry: (entry: HistoryEntry) => Promise<void>
  readonly deleteEntry: (id: string) => Promise<void>
  readonly clearHistory: () => Promise<void>
  /** Puts a key in one transaction and reads it back in another. */
  readonly roundTrip: (key: HolderKey) => Promise<HolderKey>
  readonly roundTripDeviceKey: (key: CryptoKey) => Promise<CryptoKey>
  readonly lock: () => Promise<LockRecord | undefined>
  /** Replaces the record of the lock; what is sealed stays as it is. */
  readonly saveLock: (record: LockRecord) => Promise<void>
  /** Takes the data key of the lock, or puts it away. */
  readonly useKey: (open: OpenKey | undefined) => void
  /** Stores a lock and seals everything under its key, all or nothing; also what was left open. */
  readonly sealAll: (record: LockRecord, open: OpenKey) => Promise<void>
  /** Takes the lock away and stores everything open, all or nothing. */
  readonly unsealAll: () => Promise<void>
  readonly tries: () => Promise<Tries | undefined>
  readonly saveTries: (tries: Tries) => Promise<void>
  readonly lockOffer: () => Promise<LockOffer>
  readonly saveLockOffer: (offer: LockOffer) => Promise<void>
  /** Empties every box. */
  readonly eraseAll: () => Promise<void>
}

/** An open data key and the lock it belongs to. */
export type OpenKey = Pick<Vault, 'lockId' | 'dataKey'>

/** Opens the wallet's store; `storage/unavailable` when the browser refuses it. */
export async function openWalletStore(onClosed: () => void): Promise<WalletStore> {
  const store = await guarded(() =>
    openStore<WalletBoxes>({ name: NAME, version: LAYOUT_VERSION, boxes: BOXES, onClosed }),
  )
  let vault: Vault | undefined
  const useKey = (open: OpenKey | undefined): void => {
    vault = open && vaultOf(open)
  }
  /** Never open beside a lock, never under the key of a lock that another window took away. */
  const writable = async (): Promise<Vault | undefined> => {
    const record = await store.get('lock', ONLY)
    if (record?.id !== vault?.lockId) {
      throw fault('storage/unavailable')
    }
    return vault
  }
  return {
    licences: () => guarded(() => openable(store, vault)),
    saveReceived: (licence, receiptId) =>
      guarded(async () => {
        const open = await writable()
        const whole = renewed(await found(store, open, licence.id), licence)
        const change = await licenceChange(store, open, whole)
        await store.write([change, { box: 'receipts', key: receiptId }])
        return whole
      }),
    saveLicence: (licence) =>
      guarded(async () => store.write([await licenceChange(store, await writable(), licence)])),
    deleteLicence: (id) =>
      guarded(async () => {
        const place = await placeInStore(store, vault, id)
        await (place === undefined ? undefined : store.delete('licences', place))
      }),
    receipt: (id) => guarded(() => store.get('receipts', id)),
    saveReceipt: (receipt) => guarded(() => store.put('receipts', receipt.id, receipt)),
    dropReceipt: (id) => guarded(() => store.delete('receipts', id)),
    history: () => guarded(() => openableHistory(store, vault)),
    saveEntry: (entry) =>
      guarded(async () => {
        const open = await writable()
        const stored = open === undefined ? entry : await sealEntry(open, entry)
        await store.put('history', entry.id, stored)
      }),
    deleteEntry: (id) => guarded(() => store.delete('history', id)),
    clearHistory: () => guarded(() => store.clear('history')),
    roundTrip: (key) => roundTrip(store, 'trials', key),
    roundTripDeviceKey: (key) => roundTrip(store, 'deviceTrials', key),
    lock: () => guarded(() => store.get('lock', ONLY)),
    saveLock: (record) => guarded(() => store.put('lock', ONLY, record)),
    useKey,
    sealAll: (record, open) =>
      guarded(async () => {
        await sealAll({ store, from: vault, to: vaultOf(open), record })
        useKey(open)
      }),
    unsealAll: () =>
      guarded(async () => {
        await unsealAll(store, await writable())
        useKey(undefined)
      }),
    tries: () => guarded(() => store.get('tries', ONLY)),
    saveTries: (tries) => guarded(() => store.put('tries', ONLY, tries)),
    lockOffer: () => guarded(async () => (await store.get('lockOffer', ONLY)) ?? {}),
    saveLockOffer: (offer) => guarded(() => store.put('lockOffer', ONLY, offer)),
    eraseAll: () =>
      guarded(async () => {
        for (const box of BOXES) {
          await store.clear(box)
        }
        useKey(undefined)
      }),
  }
}

type WalletBoxStore = Store<WalletBoxes>

function vaultOf(open: OpenKey): Vault {
  return { ...open, subtle: crypto.subtle, random: platformRandom }
}

async function openable(
  store: WalletBoxStore,
  vault: Vault | undefined,
): Promise<readonly HeldLicence[]> {
  const all = await store.getAll('licences')
  const opened = await Promise.allSettled(all.map((stored) => openLicence(vault, stored)))
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

async function openableHistory(
  store: WalletBoxStore,
  vault: Vault | undefined,
): Promise<readonly HistoryEntry[]> {
  const all = await store.getAll('history')
  const opened = await Promise.allSettled(all.map((stored) => openEntry(vault, stored)))
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

async function found(
  store: WalletBoxStore,
  vault: Vault | undefined,
  id: string,
): Promise<HeldLicence | undefined> {
  return (await openable(store, vault)).find((licence) => licence.id === id)
}

async function placeInStore(
  store: WalletBoxStore,
  vault: Vault | undefined,
  id: string,
): Promise<string | undefined> {
  for (const stored of await store.getAll('licences')) {
    const licence = await openLicence(vault, stored).catch(() => undefined)
    if (licence?.id === id) {
      return placeOf(stored)
    }
  }
  return undefined
}

async function licenceChange(
  store: WalletBoxStore,
  vault: Vault | undefined,
  licence: HeldLicence,
): Promise<{ readonly box: 'licences'; readonly key: string; readonly value: StoredLicence }> {
  if (vault === undefined) {
    return { box: 'licences', key: licence.id, value: licence }
  }
  const place = (await placeInStore(store, vault, licence.id)) ?? crypto.randomUUID()
  return { box: 'licences', key: place, value: await sealLicence(vault, licence, place) }
}

async function sealAll(options: {
  readonly store: WalletBoxStore
  readonly from: Vault | undefined
  readonly to: Vault
  readonly record: LockRecord
}): Promise<void> {
  const { store, from, to, record } = options
  const plain = (await store.getAll('licences')).filter(({ format }) => format !== 2)
  const licences = await Promise.all(plain.map((stored) => openLicence(from, stored)))
  const entries = (await store.getAll('history')).filter(({ format }) => format !== 2)
  const history = await Promise.all(entries.map((stored) => openEntry(from, stored)))
  const sealed = await Promise.all(
    licences.map((licence) => sealLicence(to, licence, crypto.randomUUID())),
  )
  const sealedHistory = await Promise.all(history.map((entry) => sealEntry(to, entry)))
  await store.write([
    { box: 'lock', key: ONLY, value: record },
    { box: 'tries', key: ONLY },
    ...licences.map(({ id }) => ({ box: 'licences', key: id }) as const),
    ...sealed.map((value) => ({ box: 'licences', key: value.place, value }) as const),
    ...sealedHistory.map((value) => ({ box: 'history', key: value.place, value }) as const),
  ])
}

async function unsealAll(store: WalletBoxStore, vault: Vault | undefined): Promise<void> {
  const stored = await store.getAll('licences')
  // One that cannot be opened would be lost with the key: then the lock stays.
  const licences = await Promise.all(stored.map((one) => openLicence(vault, one)))
  const entries = await store.getAll('history')
  const history = await Promise.all(entries.map((one) => openEntry(vault, one)))
  await store.write([
    { box: 'lock', key: ONLY },
    { box: 'tries', key: ONLY },
    ...stored.map((one) => ({ box: 'licences', key: placeOf(one) }) as const),
    ...licences.map((value) => ({ box: 'licences', key: value.id, value }) as const),
    ...history.map((value) => ({ box: 'history', key: value.id, value }) as const),
  ])
}

async function roundTrip<Box extends 'trials' | 'deviceTrials'>(
  store: WalletBoxStore,
  box: Box,
  key: WalletBoxes[Box],
): Promise<WalletBoxes[Box]> {
  const id = crypto.randomUUID()
  try {
    await store.put(box, id, key)
    const kept = await store.get(box, id)
    if (kept === undefined) {
      throw fault('key/storage')
    }
    return kept
  } finally {
    await store.delete(box, id).catch(() => undefined)
  }
}
