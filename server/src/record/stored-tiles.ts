/**
 * The tiles of the record out of its rows (C2SP tlog-tiles): the lowest level are the entries' own leaf hashes, each higher hash is
 * kept when the tile below it is full. A partial tile is the beginning of the full one, so nothing of it is ever written anew.
 */
import { concatBytes, fault, fromBase64url, toBase64url } from '@onetrip/codec'
import {
  encodeBundle,
  hashOfRange,
  hashOfTile,
  type Range,
  type ReadNode,
  readNodes,
  TILE_WIDTH,
  type Tile,
} from '@onetrip/log'
import type { StorageReader } from '../storage/database.ts'

/** The bytes of a tile or a bundle of entries. Throws `http/not-found` where its rows are not all there. */
export async function storedTile(reader: StorageReader, tile: Tile): Promise<Uint8Array> {
  const rows = await rowsOf(reader, tile)
  if (rows.length !== tile.width) throw fault('http/not-found')
  return tile.level === 'entries' ? encodeBundle(rows) : concatBytes(...rows)
}

/** What stands for a full tile in the level above, base64url. Throws `http/not-found` where its rows are not all there. */
export async function storedTileHash(reader: StorageReader, tile: Tile): Promise<string> {
  return toBase64url(hashOfTile(await storedTile(reader, tile)))
}

/** The hash of a range of a record that has `size` entries; of all of it, the root. */
export async function storedHash(
  reader: StorageReader,
  range: Range,
  size: number,
): Promise<Uint8Array> {
  return hashOfRange(range, await nodeReader(reader, [range], size))
}

/** Reads the tiles that the hashes of some ranges are made of. */
export function nodeReader(
  reader: StorageReader,
  ranges: readonly Range[],
  size: number,
): Promise<ReadNode> {
  return readNodes({ ranges, size, readTile: (tile) => storedTile(reader, tile) })
}

async function rowsOf(reader: StorageReader, tile: Tile): Promise<readonly Uint8Array[]> {
  const { level, index, width } = tile
  const first = index * TILE_WIDTH
  if (level === 'entries' || level === 0) {
    const column = level === 0 ? 'leaf' : 'entry'
    const rows = await reader
      .selectFrom('log_entry')
      .select(`${column} as bytes`)
      .where('idx', '>=', first)
      .where('idx', '<', first + width)
      .orderBy('idx')
      .execute()
    return rows.map(({ bytes }) => fromBase64url(bytes))
  }
  const rows = await reader
    .selectFrom('log_hash')
    .select('hash as bytes')
    .where('level', '=', level)
    .where('idx', '>=', first)
    .where('idx', '<', first + width)
    .orderBy('idx')
    .execute()
  return rows.map(({ bytes }) => fromBase64url(bytes))
}
