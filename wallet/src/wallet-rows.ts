/** The rows of licences and history: opening what can be opened, and sealing all or none. */
import type { AnyStoreChange } from '@onetrip/ui'
import type { HeldLicence } from './held-licence.ts'
import type { HistoryEntry } from './history-entry.ts'
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
import { ONLY, type WalletBoxes, type WalletBoxStore } from './wallet-boxes.ts'

/** The boxes whose rows can be sealed. */
export type RowBox = 'licences' | 'history'

/** A row that was opened, and where it lies. */
export interface OpenRow<Value> {
  readonly key: string
  readonly value: Value
}

/** The rows of a box: what can be opened, and the keys of what cannot. */
export interface Rows<Value> {
  readonly opened: readonly OpenRow<Value>[]
  readonly unreadable: readonly string[]
}

/** A wallet's database, and the key that is open. */
export interface RowPlace {
  readonly store: WalletBoxStore
  readonly vault: Vault | undefined
}

/** Opens the licences. */
export async function licenceRows({ store, vault }: RowPlace): Promise<Rows<HeldLicence>> {
  return settled(await store.entries('licences'), (stored) => openLicence(vault, stored))
}

/** Opens the history. */
export async function historyRows({ store, vault }: RowPlace): Promise<Rows<HistoryEntry>> {
  return settled(await store.entries('history'), (stored) => openEntry(vault, stored))
}

/** A licence and where it lies, if it is there. */
export async function licenceRow(
  at: RowPlace,
  id: string,
): Promise<OpenRow<HeldLicence> | undefined> {
  return (await licenceRows(at)).opened.find(({ value }) => value.id === id)
}

/** The change that stores a licence; `place` is where it lies already. */
export async function licenceChange(
  { vault }: RowPlace,
  licence: HeldLicence,
  place: string | undefined,
): Promise<{ readonly box: 'licences'; readonly key: string; readonly value: StoredLicence }> {
  if (vault === undefined) {
    return { box: 'licences', key: licence.id, value: licence }
  }
  const key = place ?? crypto.randomUUID()
  return { box: 'licences', key, value: await sealLicence(vault, licence, key) }
}

/** The change that stores an entry of the history. */
export async function entryChange(
  { vault }: RowPlace,
  entry: HistoryEntry,
): Promise<{ readonly box: 'history'; readonly key: string; readonly value: StoredEntry }> {
  const value = vault === undefined ? entry : await sealEntry(vault, entry)
  return { box: 'history', key: entry.id, value }
}

/** The changes that seal what lies open; what cannot be read stays where it is. */
export async function sealedRest({
  store,
  to,
}: {
  readonly store: WalletBoxStore
  readonly to: Vault
}): Promise<readonly AnyStoreChange<WalletBoxes>[]> {
  const plain = (await store.entries('licences')).filter(({ value }) => value?.format !== 2)
  const licences = await settled(plain, (stored) => openLicence(undefined, stored))
  const entries = (await store.entries('history')).filter(({ value }) => value?.format !== 2)
  const history = await settled(entries, (stored) => openEntry(undefined, stored))
  const sealed = await Promise.all(
    licences.opened.map(({ value }) => sealLicence(to, value, crypto.randomUUID())),
  )
  const sealedHistory = await Promise.all(
    history.opened.map(async ({ key, value }) => ({ key, value: await sealEntry(to, value) })),
  )
  return [
    ...licences.opened.map(({ key }) => ({ box: 'licences', key }) as const),
    ...sealed.map((value) => ({ box: 'licences', key: value.place, value }) as const),
    ...sealedHistory.map(({ key, value }) => ({ box: 'history', key, value }) as const),
  ]
}

/** Takes the lock away and stores everything open; `storage/corrupt` when a row cannot be opened. */
export async function unsealAll({ store, vault }: RowPlace): Promise<void> {
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

async function settled<Stored, Value>(
  rows: readonly OpenRow<Stored>[],
  open: (stored: Stored) => Promise<Value>,
): Promise<Rows<Value>> {
  const results = await Promise.allSettled(rows.map(({ value }) => open(value)))
  const opened: OpenRow<Value>[] = []
  const unreadable: string[] = []
  results.forEach((result, index) => {
    const key = rows[index]?.key ?? ''
    if (result.status === 'fulfilled') {
      opened.push({ key, value: result.value })
    } else {
      unreadable.push(key)
    }
  })
  return { opened, unreadable }
}
