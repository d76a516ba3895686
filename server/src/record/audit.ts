/**
 * The audit of the record's own rows, for whoever has the database: every entry, every opening, every kept hash and every
 * checkpoint, in order. The first place that does not fit is named. That rows were taken back to an older state shows only against
 * a checkpoint that somebody kept elsewhere.
 */
import { equalBytes, Fault, fromBase64url, sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import {
  hashOfTile,
  leafHash,
  openCheckpoint,
  parseEntry,
  RunningRoot,
  readOpening,
  TILE_WIDTH,
  type VerifierKey,
} from '@onetrip/log'
import type { Services } from '../services.ts'
import type { LogCheckpointTable, LogEntryTable } from '../storage/record-schema.ts'
import { badCosignature } from './audit-cosignatures.ts'
import { recordKey } from './integrate.ts'
import { storedTile } from './stored-tiles.ts'

const ROWS = 512

/** The first place of the record that is not as it was written. */
export interface RecordFault {
  readonly table: 'log_entry' | 'log_fact' | 'log_hash' | 'log_checkpoint' | 'log_cosignature'
  /** Index of the entry or hash, size of the checkpoint. */
  readonly place: number
}

/** A checkpoint that somebody kept elsewhere. */
export interface KeptCheckpoint {
  readonly size: number
  readonly root: Uint8Array
}

/** Audits the record; undefined where all of it fits. */
export async function auditRecord(
  services: Services,
  options: {
    readonly kept?: KeptCheckpoint
    readonly onProgress?: (done: number, total: number) => void
  } = {},
): Promise<RecordFault | undefined> {
  const { storage } = services
  const log = recordKey(services)
  const checkpoints = await storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .orderBy('size')
    .execute()
  const due = new Map(checkpoints.map((row) => [row.size, row]))
  const running = new RunningRoot()
  const { count: total } = await storage
    .selectFrom('log_entry')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  for (;;) {
    const rows = await entriesFrom(services, running.size)
    if (rows.length === 0) break
    for (const row of rows) {
      const bad = entryFault(row, running.size)
      if (bad !== undefined) return bad
      running.add(fromBase64url(row.leaf))
      const checkpoint = due.get(running.size)
      if (checkpoint !== undefined && !(await isGood(checkpoint, running.root(), log))) {
        return { table: 'log_checkpoint', place: checkpoint.size }
      }
      if (options.kept?.size === running.size && !equalBytes(options.kept.root, running.root())) {
        return { table: 'log_entry', place: running.size }
      }
    }
    options.onProgress?.(running.size, total)
  }
  return (
    endFault(running, checkpoints, options.kept) ??
    (await hashFault(services, running.size)) ??
    (await strayFact(services, running.size)) ??
    (await cosignatureFault(services))
  )
}

type Row = LogEntryTable & { readonly opening: string | null }

function entriesFrom({ storage }: Services, first: number): Promise<readonly Row[]> {
  return storage
    .selectFrom('log_entry')
    .leftJoin('log_fact', 'log_fact.idx', 'log_entry.idx')
    .select(['log_entry.idx as idx', 'entry', 'leaf', 'at', 'opening'])
    .where('log_entry.idx', '>=', first)
    .orderBy('log_entry.idx')
    .limit(ROWS)
    .execute()
}

function entryFault({ idx, entry, leaf, at, opening }: Row, due: number): RecordFault | undefined {
  const bad = { table: 'log_entry', place: due } as const
  if (idx !== due) return bad
  try {
    const bytes = fromBase64url(entry)
    if (!equalBytes(leafHash(bytes), fromBase64url(leaf))) return bad
    const parsed = parseEntry(bytes)
    if (parsed.kind !== 'act')
      return opening === null ? undefined : { table: 'log_fact', place: due }
    if (parsed.at !== at) return bad
    return isOpened(opening, parsed.commitment) ? undefined : { table: 'log_fact', place: due }
  } catch (error) {
    if (error instanceof Fault) return bad
    throw error
  }
}

function isOpened(opening: string | null, commitment: Uint8Array): boolean {
  if (opening === null) return false
  try {
    const bytes = fromBase64url(opening)
    readOpening(bytes)
    return equalBytes(sha256(bytes), commitment)
  } catch {
    return false
  }
}

async function isGood(
  { note, root, size }: LogCheckpointTable,
  due: Uint8Array,
  log: VerifierKey,
): Promise<boolean> {
  try {
    const opened = await openCheckpoint(utf8Encode(note), { log, witnesses: [], threshold: 0 })
    return opened.size === size && root === toBase64url(due) && equalBytes(opened.root, due)
  } catch {
    return false
  }
}

/** Nothing may be missing behind the last entry that a checkpoint covers. */
function endFault(
  { size }: RunningRoot,
  checkpoints: readonly LogCheckpointTable[],
  kept: KeptCheckpoint | undefined,
): RecordFault | undefined {
  const covered = Math.max(checkpoints.at(-1)?.size ?? 0, kept?.size ?? 0)
  return covered > size ? { table: 'log_entry', place: size } : undefined
}

async function hashFault(services: Services, size: number): Promise<RecordFault | undefined> {
  const { storage } = services
  const rows = await storage
    .selectFrom('log_hash')
    .selectAll()
    .orderBy('level')
    .orderBy('idx')
    .execute()
  for (const { level, idx, hash } of rows) {
    const fits = (idx + 1) * TILE_WIDTH ** level <= size
    const tile = { level: level - 1, index: idx, width: TILE_WIDTH }
    const due = fits ? await storedTile(storage, tile).then(hashOf, () => undefined) : undefined
    if (due !== hash) return { table: 'log_hash', place: idx }
  }
  return undefined
}

function hashOf(tile: Uint8Array): string {
  return toBase64url(hashOfTile(tile))
}

async function cosignatureFault(services: Services): Promise<RecordFault | undefined> {
  const place = await badCosignature(services)
  return place === undefined ? undefined : { table: 'log_cosignature', place }
}

async function strayFact({ storage }: Services, size: number): Promise<RecordFault | undefined> {
  const stray = await storage
    .selectFrom('log_fact')
    .select('idx')
    .where((row) => row.or([row('idx', '>=', size), row('idx', '<', 0)]))
    .executeTakeFirst()
  return stray === undefined ? undefined : { table: 'log_fact', place: stray.idx }
}
