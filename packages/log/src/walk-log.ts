/**
 * The audit of a whole log from outside: every bundle and every tile is fetched and has to lead to the checkpoint's root. Nothing of
 * what is fetched is believed before; what does not fit is named by its file.
 */
import { type ErrorCode, equalBytes, Fault, fault } from '@onetrip/codec'
import type { Checkpoint } from './checkpoint.ts'
import { HASH_BYTES, leafHash } from './hashing.ts'
import { type LogEntry, parseEntry } from './log-entry.ts'
import { readNodes } from './read-nodes.ts'
import { RunningRoot } from './running-root.ts'
import { decodeBundle, hashOfTile, TILE_WIDTH, type Tile, tilePath, tilesSince } from './tiles.ts'
import { proveInclusion, rangesOfInclusion } from './tree.ts'
import { assertInclusion } from './verify-proof.ts'

/** Gives a file of the log by its path below the log's address, such as `tile/0/000`. */
export type FetchTile = (path: string) => Promise<Uint8Array>

/** What somebody who walks a log is told. */
export interface Walk {
  readonly checkpoint: Pick<Checkpoint, 'size' | 'root'>
  readonly fetchTile: FetchTile
  /** An earlier checkpoint of this log, which may only have grown since. */
  readonly kept?: Pick<Checkpoint, 'size' | 'root'>
  /** Each entry in order; one that is none of ours is undefined. */
  readonly onEntry?: (entry: LogEntry | undefined, index: number) => void
  /** `done` of `total` entries. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Where a log is not what its checkpoint says. */
export interface LogFault {
  readonly code: ErrorCode
  /** The file that does not fit; the checkpoint, where the files fit each other and not its root. */
  readonly file: string
}

/** Walks a log to its checkpoint; the first thing that is wrong, or nothing. Throws what `fetchTile` throws. */
export async function walkLog(walk: Walk): Promise<LogFault | undefined> {
  const { checkpoint, fetchTile, kept, onEntry, onProgress } = walk
  const running = new RunningRoot()
  /** Of each level the hashes that its next tile has to hold. */
  const rows: Uint8Array[][] = []
  for (const tile of tilesSince(0, checkpoint.size).toSorted(byLevelThenIndex)) {
    const path = tilePath(tile)
    const bytes = await fetchTile(path)
    try {
      if (tile.level === 'entries') {
        for (const entry of decodeBundle(bytes, tile.width)) {
          const leaf = leafHash(entry)
          onEntry?.(readEntry(entry), running.size)
          running.add(leaf)
          push(rows, 0, leaf)
          if (running.size === kept?.size) assertSameRoot(running, kept)
        }
        onProgress?.(running.size, checkpoint.size)
      } else {
        checkTile(rows, tile, bytes)
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const file = tile.level === 0 ? await fileAtFault(walk, tile, rows[0] ?? []) : path
      return { code: error.code, file }
    }
  }
  const isSame = equalBytes(running.root(), checkpoint.root)
  return isSame ? undefined : { code: 'log/other-root', file: 'checkpoint' }
}

function assertSameRoot(running: RunningRoot, { root }: Pick<Checkpoint, 'root'>): void {
  if (!equalBytes(running.root(), root)) throw fault('log/other-root')
}

/** Bundles first, then each level of tiles after the one below it. */
function byLevelThenIndex(one: Tile, other: Tile): number {
  const order = ({ level }: Tile): number => (level === 'entries' ? -1 : level)
  return order(one) - order(other) || one.index - other.index
}

function checkTile(rows: Uint8Array[][], { level, index, width }: Tile, bytes: Uint8Array): void {
  if (level === 'entries' || bytes.length !== width * HASH_BYTES) throw fault('log/tile')
  const due = rows[level]?.slice(index * TILE_WIDTH, index * TILE_WIDTH + width) ?? []
  for (const [at, hash] of due.entries()) {
    const there = bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
    if (!equalBytes(there, hash)) throw fault('log/other-root')
  }
  if (width === TILE_WIDTH) push(rows, level + 1, hashOfTile(bytes))
}

/**
 * Of a tile of leaf hashes and the bundle that says others, the one that is at fault: where the tile's own hash of an entry leads to the
 * checkpoint's root, the bundle. A tile that is too short or too long is at fault itself.
 */
async function fileAtFault(
  { checkpoint, fetchTile }: Walk,
  tile: Tile,
  leaves: readonly Uint8Array[],
): Promise<string> {
  const { size, root } = checkpoint
  const { index, width } = tile
  const bytes = await fetchTile(tilePath(tile))
  if (bytes.length !== width * HASH_BYTES) return tilePath(tile)
  const hashAt = (at: number): Uint8Array => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
  const first = index * TILE_WIDTH
  const isOther = (at: number): boolean => !equalBytes(hashAt(at), leaves[first + at] ?? hashAt(at))
  const at = Array.from({ length: width }, (_, place) => place).find(isOther) ?? 0
  try {
    const ranges = rangesOfInclusion(first + at, size)
    const readTile = (wanted: Tile): Promise<Uint8Array> => fetchTile(tilePath(wanted))
    const read = await readNodes({ ranges, size, readTile })
    assertInclusion(hashAt(at), proveInclusion(first + at, size, read), root)
    return tilePath({ ...tile, level: 'entries' })
  } catch (error) {
    if (error instanceof Fault) return tilePath(tile)
    throw error
  }
}

function push(rows: Uint8Array[][], level: number, hash: Uint8Array): void {
  const row = rows[level] ?? []
  row.push(hash)
  rows[level] = row
}

function readEntry(bytes: Uint8Array): LogEntry | undefined {
  try {
    return parseEntry(bytes)
  } catch {
    return undefined
  }
}
