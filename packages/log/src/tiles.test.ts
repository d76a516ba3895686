import { concatBytes, utf8Encode } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash } from './hashing.ts'
import {
  bundleOfEntry,
  decodeBundle,
  encodeBundle,
  hashOfTile,
  nodeFromTile,
  parseTilePath,
  type Tile,
  tileOfNode,
  tilePath,
  tilesSince,
} from './tiles.ts'
import { hashOfRange, proveInclusion, type TreeNode } from './tree.ts'
import { assertInclusion } from './verify-proof.ts'

describe('paths', () => {
  test.each<readonly [Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 3, index: 1_234_067, width: 256 }, 'tile/3/x001/x234/067'],
    [{ level: 1, index: 1_000, width: 17 }, 'tile/1/x001/000.p/17'],
    [{ level: 'entries', index: 999, width: 255 }, 'tile/entries/999.p/255'],
  ])('%o is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    ['tile/0/0'],
    ['tile/0/x000/000'],
    ['tile/0/000.p/0'],
    ['tile/0/000.p/256'],
    ['tile/0/000.p/017'],
    ['tile/64/000'],
    ['tile/00/000'],
    ['tile/0/../000'],
    ['tile/0/001/067'],
    ['tile/0/x999/x999/x999/x999/x999/999'],
    ['/tile/0/000'],
    ['tile/0/000\n'],
  ])('%s is none', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })
})

/** A log as its files, written as it grew. */
class Files {
  readonly files = new Map<string, Uint8Array>()
  readonly leaves: Uint8Array[] = []

  grow(count: number): void {
    const before = this.leaves.length
    for (let at = 0; at < count; at++) this.leaves.push(leafHash(entry(this.leaves.length)))
    for (const tile of tilesSince(before, this.leaves.length)) {
      if (tile.level === 'entries') continue
      const { level, index, width } = tile
      const hashes = Array.from({ length: width }, (_, at) => this.hash(level, index * 256 + at))
      this.files.set(tilePath(tile), concatBytes(...hashes))
    }
  }

  hash(level: number, index: number): Uint8Array {
    if (level === 0) return this.leaves[index] ?? new Uint8Array(0)
    const below = tilePath({ level: level - 1, index, width: 256 })
    return hashOfTile(this.files.get(below) ?? new Uint8Array(0))
  }

  read(size: number): (node: TreeNode) => Uint8Array {
    return (node) => {
      const path = tilePath(tileOfNode(node, size))
      return nodeFromTile(this.files.get(path) ?? new Uint8Array(0), node)
    }
  }
}

function entry(at: number): Uint8Array {
  return utf8Encode(`entry ${at}`)
}

describe('a log that grows in its files', () => {
  test('each proof can be made of the files of its size, also of those before', () => {
    const log = new Files()
    const sizes: number[] = []
    for (const step of [1, 254, 1, 1, 300, 65_000, 700]) {
      log.grow(step)
      sizes.push(log.leaves.length)
    }
    for (const size of sizes) {
      const root = hashOfRange({ start: 0, end: size }, log.read(size))
      for (const index of new Set([0, size >> 1, size - 1])) {
        const proof = proveInclusion(index, size, log.read(size))
        assertInclusion(leafHash(entry(index)), proof, root)
      }
    }
    expect([...log.files.keys()]).toContain('tile/2/000.p/1')
  })

  test('what is written again is only what grew', () => {
    expect(tilesSince(256, 257).map(tilePath)).toEqual(['tile/0/001.p/1', 'tile/entries/001.p/1'])
    expect(tilesSince(255, 256).map(tilePath)).toEqual([
      'tile/0/000',
      'tile/entries/000',
      'tile/1/000.p/1',
    ])
    expect(tilesSince(7, 7)).toEqual([])
    expect(bundleOfEntry(300, 310)).toEqual({ level: 'entries', index: 1, width: 54 })
  })

  test('a tile that is cut or too short is refused', () => {
    const tile = new Uint8Array(64)
    expect(() => nodeFromTile(tile.subarray(1), { level: 0, index: 0 })).toThrow('log/tile')
    expect(() => nodeFromTile(tile, { level: 0, index: 2 })).toThrow('log/tile')
    expect(() => nodeFromTile(tile, { level: 2, index: 0 })).toThrow('log/tile')
    expect(() => hashOfTile(tile)).toThrow('log/tile')
  })
})

describe('bundles', () => {
  test('come back as they were', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 })
    fc.assert(
      fc.property(entries, (some) => {
        expect(decodeBundle(encodeBundle(some), some.length)).toEqual(some)
      }),
    )
  })

  test('of another width, cut, or with an entry too long', () => {
    const bundle = encodeBundle([entry(1), entry(2)])
    for (const [bytes, width] of [
      [bundle, 1],
      [bundle, 3],
      [bundle.subarray(0, -1), 2],
      [bundle.subarray(0, 1), 1],
    ] as const) {
      expect(() => decodeBundle(bytes, width)).toThrow('log/tile')
    }
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow('log/entry')
  })
})
