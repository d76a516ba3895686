import { equalBytes, Fault, toHex, utf8Encode } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_ROOT, leafHash, nodeHash } from './hashing.ts'
import { RunningRoot } from './running-root.ts'
import { hashOfRange, proveConsistency, proveInclusion, type ReadNode } from './tree.ts'
import { assertConsistency, assertInclusion, rootOfInclusion } from './verify-proof.ts'

/** RFC 9162 §2.1.1, word for word: slow, and independent of nodes and ranges. */
function slowRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = leaves
  if (only === undefined) return EMPTY_ROOT
  if (others.length === 0) return only
  const k = slowSplit(leaves.length)
  return nodeHash(slowRoot(leaves.slice(0, k)), slowRoot(leaves.slice(k)))
}

/** §2.1.3.1. */
function slowPath(m: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length <= 1) return []
  const k = slowSplit(leaves.length)
  return m < k
    ? [...slowPath(m, leaves.slice(0, k)), slowRoot(leaves.slice(k))]
    : [...slowPath(m - k, leaves.slice(k)), slowRoot(leaves.slice(0, k))]
}

/** §2.1.4.1. */
function slowProof(m: number, leaves: readonly Uint8Array[], b = true): readonly Uint8Array[] {
  if (m === leaves.length) return b ? [] : [slowRoot(leaves)]
  const k = slowSplit(leaves.length)
  return m <= k
    ? [...slowProof(m, leaves.slice(0, k), b), slowRoot(leaves.slice(k))]
    : [...slowProof(m - k, leaves.slice(k), false), slowRoot(leaves.slice(0, k))]
}

function slowSplit(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

const LEAVES = Array.from({ length: 70 }, (_, at) => leafHash(utf8Encode(`entry ${at}`)))

/** Gives complete subtrees only, as a log keeps them. */
const read: ReadNode = ({ level, index }) => {
  const leaves = LEAVES.slice(index * 2 ** level, (index + 1) * 2 ** level)
  expect(leaves).toHaveLength(2 ** level)
  return slowRoot(leaves)
}

const rootAt = (size: number): Uint8Array => slowRoot(LEAVES.slice(0, size))
const hexes = (path: readonly Uint8Array[]): readonly string[] => path.map(toHex)

const place = fc
  .integer({ min: 1, max: LEAVES.length })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }))
const growth = fc
  .integer({ min: 1, max: LEAVES.length })
  .chain((size2) =>
    fc.record({ size2: fc.constant(size2), size1: fc.integer({ min: 1, max: size2 }) }),
  )

describe('the tree and a transcription of RFC 9162', () => {
  test('roots', () => {
    for (let size = 0; size <= LEAVES.length; size++) {
      expect(hashOfRange({ start: 0, end: size }, read)).toEqual(rootAt(size))
    }
  })

  test('inclusion: the same path, which leads to the root', () => {
    fc.assert(
      fc.property(place, ({ size, index }) => {
        const proof = proveInclusion(index, size, read)
        expect(hexes(proof.path)).toEqual(hexes(slowPath(index, LEAVES.slice(0, size))))
        assertInclusion(LEAVES[index] ?? EMPTY_ROOT, proof, rootAt(size))
      }),
    )
  })

  test('consistency: the same path, which leads to both roots', () => {
    fc.assert(
      fc.property(growth, ({ size1, size2 }) => {
        const proof = proveConsistency(size1, size2, read)
        expect(hexes(proof.path)).toEqual(hexes(slowProof(size1, LEAVES.slice(0, size2))))
        assertConsistency(proof, rootAt(size1), rootAt(size2))
      }),
    )
  })
})

describe('a proof that is not of this leaf, tree or shape', () => {
  test('any change of an inclusion proof is refused', () => {
    const other = leafHash(utf8Encode('of no log'))
    fc.assert(
      fc.property(place, fc.nat(), fc.nat(7), ({ size, index }, at, bit) => {
        const { path } = proveInclusion(index, size, read)
        const leaf = LEAVES[index] ?? other
        const root = rootAt(size)
        const refused = (proof: Parameters<typeof assertInclusion>[1], of = leaf): void =>
          expect(codeOf(() => assertInclusion(of, proof, root))).toMatch(
            /^log\/(proof|other-root)$/,
          )
        refused({ index, size, path }, other)
        refused({ index, size, path: [...path, other] })
        refused({ index: size, size, path })
        if (path.length === 0) return
        refused({ index, size, path: path.slice(1) })
        refused({ index, size, path: path.map((one, i) => flip(one, i === at % path.length, bit)) })
        refused({ index, size, path: path.map((one) => one.subarray(1)) })
      }),
    )
  })

  test('any change of a consistency proof is refused', () => {
    fc.assert(
      fc.property(growth, fc.nat(), fc.nat(7), ({ size1, size2 }, at, bit) => {
        const { path } = proveConsistency(size1, size2, read)
        const [root1, root2] = [rootAt(size1), rootAt(size2)]
        const refused = (changed: readonly Uint8Array[], one = root1, two = root2): void => {
          const proof = { size1, size2, path: changed }
          expect(codeOf(() => assertConsistency(proof, one, two))).toMatch(/^log\//)
        }
        refused([...path, root1])
        refused(path, flip(root1, true, bit))
        refused(path, root1, flip(root2, true, bit))
        if (path.length === 0) return
        refused(path.slice(1))
        refused(path.map((one, i) => flip(one, i === at % path.length, bit)))
      }),
    )
  })

  test('a log that became shorter is named as such', () => {
    const proof = { size1: 5, size2: 4, path: [] }
    expect(codeOf(() => assertConsistency(proof, rootAt(5), rootAt(4)))).toBe('log/shrunk')
  })

  test('the empty log has one root, and is the beginning of each', () => {
    const grown = { size1: 0, size2: 5, path: [] }
    expect(codeOf(() => assertConsistency(grown, EMPTY_ROOT, rootAt(5)))).toBeUndefined()
    expect(codeOf(() => assertConsistency(grown, rootAt(1), rootAt(5)))).toBe('log/other-root')
    const empty = { size1: 0, size2: 0, path: [] }
    expect(codeOf(() => assertConsistency(empty, EMPTY_ROOT, EMPTY_ROOT))).toBeUndefined()
    expect(codeOf(() => assertConsistency(empty, EMPTY_ROOT, rootAt(1)))).toBe('log/other-root')
  })

  test('of one entry: no path, and the root is the leaf', () => {
    const [leaf = EMPTY_ROOT] = LEAVES
    expect(rootOfInclusion(leaf, { index: 0, size: 1, path: [] })).toEqual(leaf)
    expect(codeOf(() => rootOfInclusion(leaf, { index: 0, size: 1, path: [leaf] }))).toBe(
      'log/proof',
    )
  })

  test('numbers that count nothing, and paths without end', () => {
    const [leaf = EMPTY_ROOT] = LEAVES
    for (const [index, size] of [
      [-1, 4],
      [0.5, 4],
      [0, 2 ** 53],
      [Number.NaN, 4],
      [0, 0],
    ] as const) {
      expect(codeOf(() => rootOfInclusion(leaf, { index, size, path: [] }))).toBe('log/proof')
    }
    const long = Array.from({ length: 60 }, () => leaf)
    const size = 2 ** 53 - 1
    expect(codeOf(() => rootOfInclusion(leaf, { index: 0, size, path: long }))).toBe('log/proof')
    expect(rootOfInclusion(leaf, { index: 0, size, path: long.slice(0, 53) })).toHaveLength(32)
  })
})

function flip(hash: Uint8Array, here: boolean, bit: number): Uint8Array {
  return here ? hash.with(0, (hash[0] ?? 0) ^ (1 << bit)) : hash
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Fault ? error.code : 'no fault'
  }
}

test('leaves and nodes differ, whatever stands in them', () => {
  const [a = EMPTY_ROOT, b = EMPTY_ROOT] = LEAVES
  expect(equalBytes(leafHash(new Uint8Array([...a, ...b])), nodeHash(a, b))).toBe(false)
})

describe('a running root', () => {
  test('goes on where it was left, at every size', () => {
    for (let size = 0; size <= LEAVES.length; size += 1) {
      const before = new RunningRoot()
      for (const leaf of LEAVES.slice(0, size)) before.add(leaf)
      const after = RunningRoot.from(size, before.hashes())
      for (const leaf of LEAVES.slice(size)) after.add(leaf)
      expect(toHex(after.root())).toBe(toHex(rootAt(LEAVES.length)))
    }
  })

  test('does not where the hashes are not as many as the size has, or no hashes', () => {
    const hash = leafHash(utf8Encode('x'))
    expect(() => RunningRoot.from(3, [hash])).toThrow('log/proof')
    expect(() => RunningRoot.from(1, [hash.subarray(1)])).toThrow('log/proof')
  })
})
