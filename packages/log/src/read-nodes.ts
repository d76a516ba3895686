/** The hashes that a proof is made of, out of the tiles of a log (C2SP tlog-tiles): each tile is read once. */
import { nodeFromTile, type Tile, tileOfNode, tilePath } from './tiles.ts'
import { nodesOfRange, type Range, type ReadNode } from './tree.ts'

/**
 * Reads the tiles of a log of `size` entries that some ranges' hashes are made of. Rejects as `readTile` does; what it answers throws
 * `log/tile` for a tile that is too short.
 */
export async function readNodes(wanted: {
  readonly ranges: readonly Range[]
  readonly size: number
  readonly readTile: (tile: Tile) => Promise<Uint8Array>
}): Promise<ReadNode> {
  const { ranges, size, readTile } = wanted
  const tiles = new Map<string, Uint8Array>()
  for (const node of ranges.flatMap(nodesOfRange)) {
    const tile = tileOfNode(node, size)
    const path = tilePath(tile)
    if (!tiles.has(path)) tiles.set(path, await readTile(tile))
  }
  return (node) => {
    const tile = tiles.get(tilePath(tileOfNode(node, size)))
    if (tile === undefined) throw new TypeError('log: a tile was not read')
    return nodeFromTile(tile, node)
  }
}
