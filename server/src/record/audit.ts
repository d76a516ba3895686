/**
 * The audit of the record's own rows, for whoever has the database: every entry with its opening and its words, every kept hash and
 * every checkpoint, in order. The first place that does not fit is named. That rows were taken back to an older state shows only
 * against a checkpoint that somebody kept elsewhere.
 */
import { equalBytes, Fault, fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'
import {
  checkpointText,
  openCheckpoint,
  RunningRoot,
  signatureLines,
  TILE_WIDTH,
} from '@onetrip/log'
import type { Services } from '../services.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { badCosignature } from './audit-cosignatures.ts'
import { entryAuditor, type StoredEntry } from './audit-entry.ts'
import { statusFault } from './audit-status.ts'
import { chainLink } from './checkpoint-chain.ts'
import { newestCheckpoint, recordKey } from './integrate.ts'
import { storedTileHash } from './stored-tiles.ts'

const ROWS = 512
/** What stands beside an entry under its index. */
const BESIDE = ['log_fact', 'log_word'] as const

/** The first place of the record that is not as it was written. */
export interface RecordFault {
  readonly table:
    | 'log_entry'
    | 'log_fact'
    | 'log_word'
    | 'log_hash'
    | 'log_checkpoint'
    | 'log_cosignature'
    | 'licence'
    | 'credential'
  /** Index of the entry or hash, size of the checkpoint; of a licence or a credential, index of the act that it does not follow. */
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
  const entryFault = entryAuditor()
  const checkpoints = await storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .orderBy('size')
    .execute()
  const due = new Map(checkpoints.map((row) => [row.size, row]))
  const running = new RunningRoot()
  let before = 0
  const checkpointFault = async (): Promise<RecordFault | undefined> => {
    const checkpoint = due.get(running.size)
    if (checkpoint === undefined) return undefined
    const isGood = await isCheckpoint(services, checkpoint, { root: running.root(), before })
    before = checkpoint.size
    return isGood ? undefined : { table: 'log_checkpoint', place: checkpoint.size }
  }
  const { count: total } = await storage
    .selectFrom('log_entry')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const badBegin = (await beginFault(services)) ?? (await checkpointFault())
  if (badBegin !== undefined) return badBegin
  // What is added meanwhile is for the next audit: a server that is busy is not run after for ever.
  while (running.size < total) {
    const rows = await entriesFrom(services, running.size)
    if (rows.length === 0) break
    for (const row of rows) {
      const badEntry = entryFault(row, running.size)
      if (badEntry !== undefined) return badEntry
      running.add(fromBase64url(row.leaf))
      const badCheckpoint = await checkpointFault()
      if (badCheckpoint !== undefined) return badCheckpoint
      if (options.kept?.size === running.size && !equalBytes(options.kept.root, running.root())) {
        return { table: 'log_entry', place: running.size }
      }
    }
    options.onProgress?.(running.size, total)
  }
  return (
    endFault(running, checkpoints, options.kept) ??
    (await hashFault(services)) ??
    (await strayFault(services)) ??
    (await cosignatureFault(services)) ??
    (await statusFault(services))
  )
}

async function entriesFrom({ storage }: Services, first: number): Promise<readonly StoredEntry[]> {
  const rows = await storage
    .selectFrom('log_entry')
    .leftJoin('log_fact', 'log_fact.idx', 'log_entry.idx')
    .select(['log_entry.idx as idx', 'entry', 'leaf', 'at', 'opening'])
    .where('log_entry.idx', '>=', first)
    .orderBy('log_entry.idx')
    .limit(ROWS)
    .execute()
  const found = await storage
    .selectFrom('log_word')
    .select(['idx', 'word'])
    .where('idx', '>=', first)
    .where('idx', '<', first + ROWS)
    .orderBy('idx')
    .orderBy('word')
    .execute()
  const words = Map.groupBy(found, ({ idx }) => idx)
  return rows.map((row) => ({
    ...row,
    words: (words.get(row.idx) ?? []).map(({ word }) => word),
  }))
}

/** The first row that stands before all others: entries begin at 0, and so do sizes. */
async function beginFault({ storage }: Services): Promise<RecordFault | undefined> {
  const { idx } = await storage
    .selectFrom('log_entry')
    .select((row) => row.fn.min('idx').as('idx'))
    .executeTakeFirstOrThrow()
  if (Number(idx ?? 0) < 0) return { table: 'log_entry', place: Number(idx) }
  const { size } = await storage
    .selectFrom('log_checkpoint')
    .select((row) => row.fn.min('size').as('size'))
    .executeTakeFirstOrThrow()
  return Number(size ?? 0) < 0 ? { table: 'log_checkpoint', place: Number(size) } : undefined
}

async function isCheckpoint(
  services: Services,
  { link, ...checkpoint }: LogCheckpointTable,
  due: { readonly root: Uint8Array; readonly before: number },
): Promise<boolean> {
  const { note, size, root } = checkpoint
  try {
    const log = recordKey(services)
    const bytes = utf8Encode(note)
    const opened = await openCheckpoint(bytes, { log, witnesses: [], threshold: 0 })
    // Of the log's own signature alone: whose else stands there, nobody verified.
    const [signature = ''] = signatureLines(bytes, [log])
    const isWhole = note === `${checkpointText(opened)}\n${signature}`
    const isSame = isWhole && opened.size === size && root === toBase64url(due.root)
    const isLinked = link === chainLink(services, checkpoint, due.before)
    return isSame && isLinked && equalBytes(opened.root, due.root)
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
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

/** The first hash that is missing, is another, or is of a tile that no checkpoint covers. The server may go on meanwhile. */
async function hashFault(services: Services): Promise<RecordFault | undefined> {
  const { storage } = services
  for (let level = 1; ; level += 1) {
    const due = await coveredTiles(services, level)
    const rows = await storage
      .selectFrom('log_hash')
      .select(['idx', 'hash'])
      .where('level', '=', level)
      .orderBy('idx')
      .execute()
    const most = await coveredTiles(services, level)
    for (let idx = 0; idx < Math.max(due, rows.length); idx += 1) {
      const row = rows[idx]
      const hash = idx < most ? await dueHash(services, level, idx) : undefined
      if (row?.idx !== idx || row.hash !== hash) return { table: 'log_hash', place: idx }
    }
    if (most > 0) continue
    const stray = await storage
      .selectFrom('log_hash')
      .select('idx')
      .where((row) => row.or([row('level', '>', level), row('level', '<', 1)]))
      .executeTakeFirst()
    return stray === undefined ? undefined : { table: 'log_hash', place: stray.idx }
  }
}

/** Full tiles below a level that the newest checkpoint covers. */
async function coveredTiles(services: Services, level: number): Promise<number> {
  const newest = await newestCheckpoint(services)
  return Math.floor((newest?.size ?? 0) / TILE_WIDTH ** level)
}

function dueHash({ storage }: Services, level: number, index: number): Promise<string | undefined> {
  return storedTileHash(storage, { level: level - 1, index, width: TILE_WIDTH }).catch(
    () => undefined,
  )
}

/** The first of what stands beside no entry. */
async function strayFault({ storage }: Services): Promise<RecordFault | undefined> {
  for (const table of BESIDE) {
    const stray = await storage
      .selectFrom(table)
      .select('idx')
      .where(({ eb, or }) =>
        or([
          eb('idx', '>', (row) =>
            row
              .selectFrom('log_entry')
              .select(({ fn, lit }) => fn.coalesce(fn.max('log_entry.idx'), lit(-1)).as('last')),
          ),
          eb('idx', '<', 0),
        ]),
      )
      .orderBy('idx')
      .executeTakeFirst()
    if (stray !== undefined) return { table, place: stray.idx }
  }
  return undefined
}

async function cosignatureFault(services: Services): Promise<RecordFault | undefined> {
  const place = await badCosignature(services)
  return place === undefined ? undefined : { table: 'log_cosignature', place }
}
