/**
 * The counter's own storage: recent scans, and the marks that let a repeated code be noticed. Both live in memory too,
 * so that a storage that is full, cleared or damaged never lets a repeated code pass on this page.
 */

import { openStore, type Store } from '@onetrip/ui'
import { RECORD_DAYS, type ScanRecord } from './scan-record.ts'

/** A presentation that was accepted here, by its presentation id. */
interface SeenMark {
  /** Unix seconds. */
  readonly at: number
}

/** What lies on the disk may be damaged, or a later version's: it is read before it counts. */
interface CounterSchema {
  readonly recent: unknown
  readonly seen: unknown
}

/** What of a store is used here. */
export type ScanDisk = Pick<
  Store<CounterSchema>,
  'getAll' | 'entries' | 'clear' | 'write' | 'close'
>

/** Storage of scans; where the browser refuses storage it lives as long as the page. Nothing rejects. */
export interface ScanStore {
  /** Newest first; what cannot be read is left out. */
  recent(): Promise<readonly ScanRecord[]>
  /** Presentation ids accepted within the last day. */
  seen(now: number): Promise<readonly string[]>
  /** Keeps a record and the marks of its presentations; false when it will not outlive the page. */
  add(record: ScanRecord, presentationIds: readonly string[]): Promise<boolean>
  /** False when the disk kept them. */
  eraseRecent(): Promise<boolean>
  /** Deletes what is past its days. */
  prune(now: number): Promise<void>
}

const DAY = 86_400
/** A busy counter's 30 days: eight hundred scans a day, and room. */
export const MAX_RECORDS = 30_000

/** Opens the counter's storage. */
export async function openScanStore(
  open: () => Promise<ScanDisk> = openOnDisk,
): Promise<ScanStore> {
  const marks = new Map<string, SeenMark>()
  let disk = await open().catch(() => undefined)

  /** Works on the disk, opened again once when it has gone; `otherwise` when there is none. */
  async function onDisk<Value>(
    work: (store: ScanDisk) => Promise<Value>,
    otherwise: Value,
  ): Promise<Value> {
    try {
      if (disk !== undefined) return await work(disk)
    } catch {
      disk?.close()
    }
    disk = await open().catch(() => undefined)
    return disk === undefined ? otherwise : work(disk).catch(() => otherwise)
  }

  return {
    recent: () =>
      onDisk(async (store) => newestFirst((await store.getAll('recent')).filter(isRecord)), []),
    async seen(now) {
      for (const [id, mark] of marks) if (!isFresh(mark, now)) marks.delete(id)
      const kept = await onDisk((store) => store.entries('seen'), [])
      const fresh = kept.filter(({ value }) => isFresh(value, now)).map(({ key }) => key)
      return [...new Set([...marks.keys(), ...fresh])]
    },
    add(record, presentationIds) {
      const mark: SeenMark = { at: record.at }
      for (const id of presentationIds) marks.set(id, mark)
      const kept = { box: 'recent', key: record.id, value: record } as const
      const seen = presentationIds.map((key) => ({ box: 'seen', key, value: mark }) as const)
      return onDisk(async (store) => {
        await store.write([kept, ...seen])
        return true
      }, false)
    },
    eraseRecent: () =>
      onDisk(async (store) => {
        await store.clear('recent')
        return true
      }, false),
    prune: (now) => onDisk((store) => pruneDisk(store, now), undefined),
  }
}

function openOnDisk(): Promise<ScanDisk> {
  return openStore<CounterSchema>({
    name: 'onetrip-counter',
    version: 1,
    boxes: ['recent', 'seen'],
  })
}

/** A row that cannot be read is left where it is: it may be a later version's. */
async function pruneDisk(store: ScanDisk, now: number): Promise<void> {
  const records = newestFirst((await store.getAll('recent')).filter(isRecord))
  const kept = new Set(keptRecords(records, now))
  const old = records.filter((record) => !kept.has(record))
  const marks = await store.entries('seen')
  const over = marks.filter(({ value }) => isMark(value) && !isFresh(value, now))
  await store.write([
    ...old.map(({ id }) => ({ box: 'recent', key: id }) as const),
    ...over.map(({ key }) => ({ box: 'seen', key }) as const),
  ])
}

function newestFirst(records: readonly ScanRecord[]): readonly ScanRecord[] {
  return [...records].sort((one, other) => other.at - one.at)
}

function isMark(value: unknown): value is SeenMark {
  return typeof value === 'object' && value !== null && 'at' in value && isTime(value.at)
}

/** What the lists of this version draw; the rest of a record is optional. */
function isRecord(value: unknown): value is ScanRecord {
  if (typeof value !== 'object' || value === null) return false
  const { format, id, at, outcome } = value as Readonly<Record<string, unknown>>
  const outcomes: readonly unknown[] = ['valid', 'caution', 'invalid', 'unverifiable']
  return format === 1 && typeof id === 'string' && isTime(at) && outcomes.includes(outcome)
}

/** Seconds that a `Date` can hold. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 8.64e12
}

/** A mark whose time cannot be read counts: a repeated code is worse than one that is asked for again. */
function isFresh(value: unknown, now: number): boolean {
  // A clock that was set back must not make marks forgotten, so only age counts.
  return !isMark(value) || now - value.at < DAY
}

/** The records that are kept at `now` (Unix seconds), of records from the newest on. */
export function keptRecords(records: readonly ScanRecord[], now: number): readonly ScanRecord[] {
  const recent = records.filter(({ at }) => now - at <= RECORD_DAYS * DAY)
  return recent.slice(0, MAX_RECORDS)
}
