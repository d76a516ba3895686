/** The counter's own storage: recent scans, and the marks that let a repeated code be noticed. */

import { openStore, type Store } from '@onetrip/ui'
import { RECORD_DAYS, type ScanRecord } from './scan-record.ts'

/** A presentation that was accepted here, by its presentation id. */
export interface SeenMark {
  /** Unix seconds. */
  readonly at: number
}

interface CounterSchema {
  readonly recent: ScanRecord
  readonly seen: SeenMark
}

/** Storage of scans; where the browser refuses storage it lives as long as the page. */
export interface ScanStore {
  /** Newest first. */
  recent(): Promise<readonly ScanRecord[]>
  /** Presentation ids accepted within the last day. */
  seen(now: number): Promise<readonly string[]>
  /** Keeps a record and, when given, the mark of its presentation. */
  add(record: ScanRecord, presentationId: string | undefined): Promise<void>
  eraseRecent(): Promise<void>
  /** Deletes what is past its days. */
  prune(now: number): Promise<void>
}

const DAY = 86_400
/** A busy counter's 30 days: eight hundred scans a day, and room. */
export const MAX_RECORDS = 30_000

/** Opens the counter's storage, or storage in memory where there is none. */
export async function openScanStore(): Promise<ScanStore> {
  try {
    const store = await openStore<CounterSchema>({
      name: 'onetrip-counter',
      version: 1,
      boxes: ['recent', 'seen'],
    })
    return keptStore(store)
  } catch {
    return memoryStore()
  }
}

function keptStore(store: Store<CounterSchema>): ScanStore {
  return {
    recent: async () => newestFirst(await store.getAll('recent')),
    async seen(now) {
      const marks = await store.entries('seen')
      return marks.filter(({ value }) => isFresh(value, now)).map(({ key }) => key)
    },
    add: (record, presentationId) =>
      store.write([
        { box: 'recent', key: record.id, value: record },
        ...(presentationId === undefined
          ? []
          : [{ box: 'seen', key: presentationId, value: { at: record.at } } as const]),
      ]),
    eraseRecent: () => store.clear('recent'),
    async prune(now) {
      const records = newestFirst(await store.getAll('recent'))
      const old = records.filter((record, index) => isPast(record, index, now))
      const marks = await store.entries('seen')
      await store.write([
        ...old.map(({ id }) => ({ box: 'recent', key: id }) as const),
        ...marks
          .filter(({ value }) => !isFresh(value, now))
          .map(({ key }) => ({ box: 'seen', key }) as const),
      ])
    },
  }
}

function memoryStore(): ScanStore {
  let records: readonly ScanRecord[] = []
  const marks = new Map<string, SeenMark>()
  return {
    recent: async () => newestFirst(records),
    seen: async (now) => [...marks].filter(([, mark]) => isFresh(mark, now)).map(([id]) => id),
    async add(record, presentationId) {
      records = [...records, record]
      if (presentationId !== undefined) marks.set(presentationId, { at: record.at })
    },
    async eraseRecent() {
      records = []
    },
    async prune(now) {
      records = newestFirst(records).filter((record, index) => !isPast(record, index, now))
    },
  }
}

function newestFirst(records: readonly ScanRecord[]): readonly ScanRecord[] {
  return [...records].sort((one, other) => other.at - one.at)
}

function isFresh(mark: SeenMark, now: number): boolean {
  // A clock that was set back must not make marks forgotten, so only age counts.
  return now - mark.at < DAY
}

function isPast(record: ScanRecord, index: number, now: number): boolean {
  return index >= MAX_RECORDS || now - record.at > RECORD_DAYS * DAY
}
