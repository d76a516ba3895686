/**
 * What the wallet keeps in IndexedDB. A licence is stored whole or not at all: credentials, keys and
 * the end of its receipt go in one transaction (case WA01, WA02). Once there is a lock,
 * licences and history are stored under its data key only.
 */
import { fault } from '@onetrip/codec'
import { deleteStore, openStore, type StoreClosed } from '@onetrip/ui'
import { type HeldLicence, renewed } from './held-licence.ts'
import type { HistoryEntry } from './history-entry.ts'
import type { HolderKey } from './holder-key.ts'
import type { LockOffer } from './lock-offer.ts'
import type { LockRecord } from './lock-record.ts'
import { oneWindow } from './one-window.ts'
import { platformRandom } from './platform-random.ts'
import type { PendingReceipt } from './request-licence.ts'
import { guarded } from './storage-fault.ts'
import { parseLock, parseLockOffer, parseReceipt, parseTries } from './stored-shape.ts'
import type { Tries } from './tries.ts'
import type { Vault } from './vault.ts'
import {
  BOXES,
  LAYOUT_VERSION,
  ONLY,
  WALLET_DATABASE,
  type WalletBoxes,
  type WalletBoxStore,
} from './wallet-boxes.ts'
import {
  entryChange,
  historyRows,
  licenceChange,
  licenceRow,
  licenceRows,
  type RowBox,
  type Rows,
  sealedRest,
  unsealAll,
} from './wallet-rows.ts'

/** What a box holds, and how many of its rows cannot be opened; those are left where they are. */
export interface Contents<Value> {
  readonly opened: readonly Value[]
  readonly unreadable: number
}

/** Licences and history. */
export interface Holdings {
  readonly licences: readonly HeldLicence[]
  readonly history: readonly HistoryEntry[]
}

/** The wallet's own view of its store; every failure is a `storage/*` code. */
export interface WalletStore {
  readonly licences: () => Promise<Contents<HeldLicence>>
  /** Stores a received licence and closes its receipt, both or neither. */
  readonly saveReceived: (licence: HeldLicence, receiptId: string) => Promise<HeldLicence>
  /**
   * Changes a licence as it is stored now, whatever other windows did to it meanwhile, and gives what
   * is stored then; nothing when it was deleted.
   */
  readonly changeLicence: (
    id: string,
    change: (licence: HeldLicence) => HeldLicence,
  ) => Promise<HeldLicence | undefined>
  readonly deleteLicence: (id: string) => Promise<void>
  readonly receipt: (id: string) => Promise<PendingReceipt | undefined>
  readonly saveReceipt: (receipt: PendingReceipt) => Promise<void>
  /** Drops what was begun before that moment (Unix seconds) and never finished. */
  readonly dropReceiptsBefore: (startedAt: number) => Promise<void>
  readonly history: () => Promise<Contents<HistoryEntry>>
  readonly saveEntry: (entry: HistoryEntry) => Promise<void>
  readonly deleteEntry: (id: string) => Promise<void>
  readonly clearHistory: () => Promise<void>
  /** Adds what is not here yet, all or nothing; what is here stays as it is. Gives what was added. */
  readonly restore: (saved: Holdings) => Promise<Holdings>
  /** Puts a key in one transaction and reads it back in another. */
  readonly roundTrip: (key: HolderKey) => Promise<HolderKey>
  readonly roundTripDeviceKey: (key: CryptoKey) => Promise<CryptoKey>
  /** `storage/corrupt` when its record is damaged. */
  readonly lock: () => Promise<LockRecord | undefined>
  /** Replaces the record of the lock; what is sealed stays as it is. */
  readonly saveLock: (record: LockRecord) => Promise<void>
  /** Takes the data key of the lock, or puts it away. */
  readonly useKey: (open: OpenKey | undefined) => void
  /** Stores a lock and seals everything under its key, all or nothing. */
  readonly sealAll: (record: LockRecord, open: OpenKey) => Promise<void>
  /** Seals what a window that knew of no lock left open. */
  readonly sealRest: (open: OpenKey) => Promise<void>
  /** Takes the lock away and stores everything open, all or nothing. */
  readonly unsealAll: () => Promise<void>
  readonly tries: () => Promise<Tries | undefined>
  readonly saveTries: (tries: Tries) => Promise<void>
  readonly forgetTries: () => Promise<void>
  readonly lockOffer: () => Promise<LockOffer>
  readonly saveLockOffer: (offer: LockOffer) => Promise<void>
  /** Deletes the rows of a box that cannot be opened. */
  readonly eraseUnreadable: (box: RowBox) => Promise<void>
  readonly close: () => void
}

/** An open data key and the lock it belongs to. */
export type OpenKey = Pick<Vault, 'lockId' | 'dataKey'>

/** Deletes the wallet's database, whatever state it is in; other windows let go of it. */
export function deleteWalletStore(): Promise<void> {
  return guarded(() => deleteStore(WALLET_DATABASE))
}

/** Opens the wallet's store; throws the `storage/*` code that says why it cannot be opened. */
export async function openWalletStore(onClosed: (why: StoreClosed) => void): Promise<WalletStore> {
  const store = await guarded(() =>
    openStore<WalletBoxes>({
      name: WALLET_DATABASE,
      version: LAYOUT_VERSION,
      boxes: BOXES,
      onClosed,
    }),
  )
  let vault: Vault | undefined
  const useKey = (open: OpenKey | undefined): void => {
    vault = open && vaultOf(open)
  }
  /** Never open beside a lock, never under the key of a lock that another window took away. */
  const writable = async (): Promise<Vault | undefined> => {
    await assertLock(vault?.lockId)
    return vault
  }
  const assertLock = async (id: string | undefined): Promise<void> => {
    const record = await store.get('lock', ONLY)
    if (record?.id !== id) {
      throw fault('storage/unavailable')
    }
  }
  return {
    licences: () => guarded(async () => contents(await licenceRows({ store, vault }))),
    saveReceived: (licence, receiptId) =>
      changed(async () => {
        const at = { store, vault: await writable() }
        const { opened } = await licenceRows(at)
        const found = opened.find(({ value }) => value.id === licence.id)
        const whole = renewed(found?.value, licence)
        const change = await licenceChange(at, whole, found?.key)
        await store.write([change, { box: 'receipts', key: receiptId }])
        return whole
      }),
    changeLicence: (id, change) =>
      changed(async () => {
        const at = { store, vault: await writable() }
        const row = await licenceRow(at, id)
        if (row === undefined) {
          return undefined
        }
        const licence = change(row.value)
        if (licence !== row.value) {
          await store.write([await licenceChange(at, licence, row.key)])
        }
        return licence
      }),
    deleteLicence: (id) =>
      changed(async () => {
        const row = await licenceRow({ store, vault }, id)
        await (row === undefined ? undefined : store.delete('licences', row.key))
      }),
    receipt: (id) => guarded(async () => parseReceipt(await store.get('receipts', id))),
    saveReceipt: (receipt) => guarded(() => store.put('receipts', receipt.id, receipt)),
    dropReceiptsBefore: (startedAt) =>
      guarded(async () => {
        const old = (await store.entries('receipts')).filter(
          ({ value }) => !(value.startedAt >= startedAt),
        )
        await store.write(old.map(({ key }) => ({ box: 'receipts', key }) as const))
      }),
    history: () => guarded(async () => contents(await historyRows({ store, vault }))),
    saveEntry: (entry) =>
      guarded(async () => {
        const change = await entryChange({ store, vault: await writable() }, entry)
        await store.write([change])
      }),
    deleteEntry: (id) => guarded(() => store.delete('history', id)),
    clearHistory: () => guarded(() => store.clear('history')),
    restore: (saved) =>
      changed(async () => {
        const at = { store, vault: await writable() }
        const { opened, unreadable } = await licenceRows(at)
        const held = [...opened.map(({ value }) => value.id), ...unreadable]
        const licences = without(held, saved.licences)
        const history = without(await store.keys('history'), saved.history)
        await store.write([
          ...(await Promise.all(licences.map((one) => licenceChange(at, one, undefined)))),
          ...(await Promise.all(history.map((one) => entryChange(at, one)))),
        ])
        return { licences, history }
      }),
    roundTrip: (key) => guarded(() => roundTrip(store, 'trials', key)),
    roundTripDeviceKey: (key) => guarded(() => roundTrip(store, 'deviceTrials', key)),
    lock: () =>
      guarded(async () => {
        const record = await store.get('lock', ONLY)
        return record === undefined ? undefined : parseLock(record)
      }),
    saveLock: (record) => guarded(() => store.put('lock', ONLY, record)),
    useKey,
    sealAll: (record, open) =>
      changed(async () => {
        const rest = await sealedRest({ store, to: vaultOf(open) })
        await store.write([
          { box: 'lock', key: ONLY, value: record },
          { box: 'tries', key: ONLY },
          ...rest,
        ])
        useKey(open)
      }),
    sealRest: (open) =>
      changed(async () => {
        await assertLock(open.lockId)
        await store.write(await sealedRest({ store, to: vaultOf(open) }))
      }),
    unsealAll: () =>
      changed(async () => {
        await unsealAll({ store, vault: await writable() })
        useKey(undefined)
      }),
    tries: () => guarded(async () => parseTries(await store.get('tries', ONLY))),
    saveTries: (tries) => guarded(() => store.put('tries', ONLY, tries)),
    forgetTries: () => guarded(() => store.delete('tries', ONLY)),
    lockOffer: () => guarded(async () => parseLockOffer(await store.get('lockOffer', ONLY))),
    saveLockOffer: (offer) => guarded(() => store.put('lockOffer', ONLY, offer)),
    eraseUnreadable: (box) =>
      guarded(async () => {
        const at = { store, vault: await writable() }
        const { unreadable } = box === 'licences' ? await licenceRows(at) : await historyRows(at)
        await store.write(unreadable.map((key) => ({ box, key })))
      }),
    close: () => store.close(),
  }
}

/** Reads, changes and writes rows; a window in between would undo what this one does, or be undone. */
function changed<T>(work: () => Promise<T>): Promise<T> {
  return guarded(() => oneWindow('rows', work))
}

/** Each record that is not among those here, once. */
function without<Value extends { readonly id: string }>(
  here: readonly string[],
  records: readonly Value[],
): readonly Value[] {
  const others = new Map(records.map((record) => [record.id, record]))
  for (const id of here) {
    others.delete(id)
  }
  return [...others.values()]
}

function contents<Value>({ opened, unreadable }: Rows<Value>): Contents<Value> {
  return { opened: opened.map(({ value }) => value), unreadable: unreadable.length }
}

function vaultOf(open: OpenKey): Vault {
  return { ...open, subtle: crypto.subtle, random: platformRandom }
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
