/**
 * Local storage of a face over IndexedDB. The only user of `idb`. Boxes hold values of one type,
 * named in the face's schema; a value is whole or absent, never half written (case WA01).
 */

import { deleteDB, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb'

/** What a box holds, by box name. Keys are texts. */
export type StoreSchema = object

/** Names of the boxes of a schema. */
export type BoxName<Schema extends StoreSchema> = keyof Schema & string

/** How a store is laid out. */
export interface StoreLayout<Schema extends StoreSchema> {
  /** Database name; one per face and purpose. */
  readonly name: string
  /** Layout version, from 1; higher when boxes are added. */
  readonly version: number
  /** Every box of this version; missing ones are made on opening. */
  readonly boxes: readonly BoxName<Schema>[]
  /** Told when this store had to let go; it does not work any more. */
  readonly onClosed?: (why: StoreClosed) => void
}

/**
 * `upgraded`: another tab lays it out anew; `deleted`: it was deleted as a whole; `broken`: the browser
 * closed it, because its data were cleared or its disk failed.
 */
export type StoreClosed = 'upgraded' | 'deleted' | 'broken'

/** One change of {@link Store.write}; `value` left out deletes the key. */
export interface StoreChange<Schema extends StoreSchema, Box extends BoxName<Schema>> {
  readonly box: Box
  readonly key: string
  readonly value?: Schema[Box]
}

/** Any change of a schema. */
export type AnyStoreChange<Schema extends StoreSchema> = {
  [Box in BoxName<Schema>]: StoreChange<Schema, Box>
}[BoxName<Schema>]

/** An open store. Every write is durable (`strict`) when its promise resolves. */
export interface Store<Schema extends StoreSchema> {
  get<Box extends BoxName<Schema>>(box: Box, key: string): Promise<Schema[Box] | undefined>
  getAll<Box extends BoxName<Schema>>(box: Box): Promise<readonly Schema[Box][]>
  keys(box: BoxName<Schema>): Promise<readonly string[]>
  /** Keys with their values, read at one moment; for a box of thousands. */
  entries<Box extends BoxName<Schema>>(
    box: Box,
  ): Promise<readonly { readonly key: string; readonly value: Schema[Box] }[]>
  put<Box extends BoxName<Schema>>(box: Box, key: string, value: Schema[Box]): Promise<void>
  delete(box: BoxName<Schema>, key: string): Promise<void>
  clear(box: BoxName<Schema>): Promise<void>
  /** Makes all changes or none, in one transaction. */
  write(changes: readonly AnyStoreChange<Schema>[]): Promise<void>
  close(): void
}

type Readable<Box extends string> = Pick<
  IDBPObjectStore<unknown, [Box], Box, 'readonly'>,
  'get' | 'getAll' | 'getAllKeys'
>

const DURABLE = { durability: 'strict' } as const

/** Deletes a store as a whole; the tabs that have it open let go. */
export async function deleteStore(name: string): Promise<void> {
  await deleteDB(name)
}

/** Opens (and lays out) a store of this origin. Rejects when the browser refuses storage. */
export async function openStore<Schema extends StoreSchema>(
  layout: StoreLayout<Schema>,
): Promise<Store<Schema>> {
  const database: IDBPDatabase = await openDB(layout.name, layout.version, {
    upgrade(upgraded) {
      for (const box of layout.boxes) {
        if (!upgraded.objectStoreNames.contains(box)) upgraded.createObjectStore(box)
      }
    },
    // A newer tab wants a newer layout: let go, or it waits for ever (case WA02).
    blocking(_present, wanted) {
      database.close()
      layout.onClosed?.(wanted === null ? 'deleted' : 'upgraded')
    },
    terminated() {
      layout.onClosed?.('broken')
    },
  })

  async function write(changes: readonly AnyStoreChange<Schema>[]): Promise<void> {
    const boxes = [...new Set(changes.map((change) => change.box))]
    if (boxes.length === 0) return
    const transaction = database.transaction(boxes, 'readwrite', DURABLE)
    const work = changes.map((change) => {
      const box = transaction.objectStore(change.box)
      return change.value === undefined ? box.delete(change.key) : box.put(change.value, change.key)
    })
    await Promise.all([...work, transaction.done])
  }

  /** The end of the transaction is waited for too: one that is aborted would fail where nobody listens. */
  async function read<Box extends BoxName<Schema>, Value>(
    box: Box,
    work: (from: Readable<Box>) => Promise<Value>,
  ): Promise<Value> {
    const transaction = database.transaction(box)
    const [value] = await Promise.all([work(transaction.store), transaction.done])
    return value
  }

  return {
    get: (box, key) => read(box, (from) => from.get(key)),
    getAll: (box) => read(box, (from) => from.getAll()),
    keys: async (box) => (await read(box, (from) => from.getAllKeys())).map(String),
    entries: (box) =>
      read(box, async (from) => {
        const [keys, values] = await Promise.all([from.getAllKeys(), from.getAll()])
        return keys.map((key, index) => ({ key: String(key), value: values[index] }))
      }),
    async put(box, key, value) {
      const transaction = database.transaction(box, 'readwrite', DURABLE)
      await Promise.all([transaction.store.put(value, key), transaction.done])
    },
    async delete(box, key) {
      const transaction = database.transaction(box, 'readwrite', DURABLE)
      await Promise.all([transaction.store.delete(key), transaction.done])
    },
    async clear(box) {
      const transaction = database.transaction(box, 'readwrite', DURABLE)
      await Promise.all([transaction.store.clear(), transaction.done])
    },
    write,
    close: () => database.close(),
  }
}
