/**
 * A log as static files (C2SP tlog-tiles): tiles of 256 hashes each, whose rows of eight levels are computed from them, and
 * bundles of 256 entries. A full file never changes; the last one of a level is partial and is named by its width.
 */
import { concatBytes, fault } from '@onetrip/codec'
import { HASH_BYTES, nodeHash } from './hashing.ts'
import type { TreeNode } from './tree.ts'

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256
/** Rows of the tree from one level of tiles to the next. */
export const TILE_HEIGHT = 8
/** An entry's length is written in two bytes. */
export const MAX_ENTRY_BYTES = 65_535

/** One file: `level` of the tiles, or of the `entries` themselves. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  /** Hashes or entries in it: 1 to 256. */
  readonly width: number
}

const PATH =
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/){0,5})([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** `tile/0/x001/x234/067`, and `.p/17` behind it where there are 17 of 256. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/.{3}/g) ?? []
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${place}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** Reads what {@link tilePath} writes; `undefined` for any other text. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = '', higher = '', lowest = '', partial] = PATH.exec(path) ?? []
  if (lowest === '') return undefined
  const tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(higher.replaceAll(/[x/]/g, '') + lowest),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  } as const
  return Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : undefined
}

/** The tile that holds a subtree's hash, or the hashes that it is computed from, in a log of `size` entries. */
export function tileOfNode({ level, index }: TreeNode, size: number): Tile {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const first = index * 2 ** (level % TILE_HEIGHT)
  return tileAt(tileLevel, Math.floor(first / TILE_WIDTH), size)
}

/** The bundle that holds an entry of a log of `size` entries. */
export function bundleOfEntry(index: number, size: number): Tile {
  const at = Math.floor(index / TILE_WIDTH)
  return { level: 'entries', index: at, width: Math.min(TILE_WIDTH, size - at * TILE_WIDTH) }
}

/** The files that a log of `size` entries has and one of `before` entries has not; without partial tiles of between. */
export function tilesSince(before: number, size: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; size >= span(level); level++) {
    const first = Math.floor(before / span(level) / TILE_WIDTH)
    for (let index = first; index * TILE_WIDTH < Math.floor(size / span(level)); index++) {
      const tile = tileAt(level, index, size)
      if (before >= span(level) && tileAt(level, index, before).width === tile.width) continue
      tiles.push(tile)
      if (level === 0) tiles.push({ ...tile, level: 'entries' })
    }
  }
  return tiles
}

/** A subtree's hash from its tile. Throws `log/tile` where the tile is not of whole hashes, or too short for it. */
export function nodeFromTile(tile: Uint8Array, { level, index }: TreeNode): Uint8Array {
  const count = 2 ** (level % TILE_HEIGHT)
  return fold(tile, (index * count) % TILE_WIDTH, count)
}

/** What stands for a full tile in the level of tiles above. Throws `log/tile` where it is not full. */
export function hashOfTile(tile: Uint8Array): Uint8Array {
  return fold(tile, 0, TILE_WIDTH)
}

/** A bundle: each entry behind its length. Throws `log/entry` for one that is too long. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw fault('log/entry')
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** Reads a bundle of exactly `width` entries. Throws `log/tile`. */
export function decodeBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2)
    if (high === undefined || low === undefined) throw fault('log/tile')
    const end = at + 2 + high * 256 + low
    if (end > bytes.length || entries.length === width) throw fault('log/tile')
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw fault('log/tile')
  return entries
}

function tileAt(level: number, index: number, size: number): Tile {
  const hashes = Math.floor(size / span(level))
  return { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) }
}

/** Entries below one hash of a level of tiles. */
function span(level: number): number {
  return TILE_WIDTH ** level
}

/** The root over `count` hashes of a tile, which is a power of two. */
function fold(tile: Uint8Array, first: number, count: number): Uint8Array {
  if (tile.length % HASH_BYTES !== 0 || tile.length < (first + count) * HASH_BYTES) {
    throw fault('log/tile')
  }
  if (count === 1) return tile.subarray(first * HASH_BYTES, (first + 1) * HASH_BYTES)
  const half = count / 2
  return nodeHash(fold(tile, first, half), fold(tile, first + half, half))
}
