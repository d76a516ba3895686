/**
 * The log goes on where it was published last: entries that came after the backup are read from the published bundles and have to lead, with
 * those of the backup, to the published checkpoint's root. What opened their commitments is gone with the database.
 */
import { equalBytes, Fault, fault, fromBase64url, toBase64url } from '@onetrip/codec'
import {
  bundleOfEntry,
  decodeBundle,
  encodeEntry,
  type LogEntry,
  leafHash,
  openCheckpoint,
  parseEntry,
  TILE_WIDTH,
  tilePath,
} from '@onetrip/log'
import { recordLength } from '../record/append.ts'
import { wordsOf } from '../record/entry-words.ts'
import { integrateWithin, recordKey } from '../record/integrate.ts'
import { storedHash } from '../record/stored-tiles.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { PublishedSource } from './published-source.ts'

const ROWS = 256

/** Entries that the backup lacked. */
export interface ReplayedLog {
  /** Index of the first. */
  readonly from: number
  /** Entries of the log as it was published. */
  readonly size: number
  readonly entries: readonly LogEntry[]
}

/** What was published of the log. */
export interface PublishedLog {
  readonly size: number
  readonly root: Uint8Array
}

/** Reads the published checkpoint. Throws `restore/log-behind` where there is none, and what `openCheckpoint` throws. */
export async function publishedLog(
  services: Services,
  source: PublishedSource,
): Promise<PublishedLog> {
  const note = await source.read('log/checkpoint')
  if (note === undefined) throw fault('restore/log-behind')
  const policy = { log: recordKey(services), witnesses: [], threshold: 0 }
  return openCheckpoint(note, policy)
}

/**
 * Adds what the backup lacks. Throws `restore/log-behind` where a bundle of it is not there, `restore/other-log` where backup and publication
 * are not of one log.
 */
export async function replayLog(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly published: PublishedLog; readonly source: PublishedSource },
): Promise<ReplayedLog> {
  const { published, source } = of
  const { size, root } = published
  const from = await recordLength(transaction)
  if (size <= from) {
    const own = await storedHash(transaction, { start: 0, end: size }, size)
    if (size > 0 && !equalBytes(own, root)) throw fault('restore/other-log')
    return { from, size: from, entries: [] }
  }
  const added = await publishedEntries(source, { from, size })
  await insertEntries(services, transaction, { added, from })
  const made = await integrateWithin(services, transaction).catch((error: unknown) => {
    throw error instanceof Fault && error.code === 'record/damaged'
      ? fault('restore/other-log')
      : error
  })
  if (made.size !== size || !equalBytes(fromBase64url(made.root), root)) {
    throw fault('restore/other-log')
  }
  return { from, size, entries: added.map((bytes) => parseEntry(bytes)) }
}

async function publishedEntries(
  source: PublishedSource,
  { from, size }: { readonly from: number; readonly size: number },
): Promise<readonly Uint8Array[]> {
  const added: Uint8Array[] = []
  for (let index = from - (from % TILE_WIDTH); index < size; index += TILE_WIDTH) {
    const bundle = bundleOfEntry(index, size)
    const bytes = await source.read(`log/${tilePath(bundle)}`)
    if (bytes === undefined) throw fault('restore/log-behind')
    const entries = decodeBundle(bytes, bundle.width)
    added.push(...entries.slice(Math.max(0, from - index)))
  }
  return added
}

async function insertEntries(
  services: Services,
  transaction: StorageTransaction,
  { added, from }: { readonly added: readonly Uint8Array[]; readonly from: number },
): Promise<void> {
  const read = added.map((bytes) => parseEntry(bytes))
  for (let at = 0; at < added.length; at += ROWS) {
    const part = read.slice(at, at + ROWS)
    const rows = part.map((entry, place) => ({
      idx: from + at + place,
      entry: toBase64url(encodeEntry(entry)),
      leaf: toBase64url(leafHash(encodeEntry(entry))),
      at: timeOf(read, at + place) ?? services.now(),
    }))
    await transaction.insertInto('log_entry').values(rows).execute()
    const words = part.flatMap((entry, place) =>
      wordsOf(entry, new Map()).map((word) => ({ word, idx: from + at + place })),
    )
    await transaction.insertInto('log_word').values(words).execute()
  }
}

/** What has no time of its own has that of the act right behind it. */
function timeOf(entries: readonly LogEntry[], place: number): number | undefined {
  const act = entries.slice(place, place + 2).find(({ kind }) => kind === 'act')
  return act?.kind === 'act' ? act.at : undefined
}
