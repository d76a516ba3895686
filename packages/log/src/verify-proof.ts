/**
 * Proofs of inclusion and of consistency, checked as RFC 9162 §2.1.3.2 and §2.1.4.2 say.
 */
import { equalBytes, fault } from '@onetrip/codec'
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hashing.ts'
import { half, isCount, isOdd, isPowerOfTwo } from './numbers.ts'

/** A path of a tree of 2^53 entries has no more. */
export const MAX_PATH = 53

/** That a leaf stands in a tree. */
export interface InclusionProof {
  /** From 0. */
  readonly index: number
  /** Entries of the tree. */
  readonly size: number
  /** Hashes of the siblings, from the leaf to the root; none in a tree of one entry. */
  readonly path: readonly Uint8Array[]
}

/** That one tree begins with another. */
export interface ConsistencyProof {
  readonly size1: number
  readonly size2: number
  readonly path: readonly Uint8Array[]
}

/**
 * The root that a proof leads to from a leaf's hash. Throws `log/proof` for an index outside the tree, hashes that are not 32
 * bytes, or a path that is too long or too short.
 */
export function rootOfInclusion(
  leaf: Uint8Array,
  { index, size, path }: InclusionProof,
): Uint8Array {
  assertHashes([leaf, ...path])
  if (!isCount(index) || !isCount(size) || index >= size) throw fault('log/proof')
  let place = index
  let last = size - 1
  let hash = leaf
  for (const sibling of path) {
    if (last === 0) throw fault('log/proof')
    if (isOdd(place) || place === last) {
      hash = nodeHash(sibling, hash)
      // The last node of a row without a sibling is moved up as it is.
      while (!isOdd(place) && place !== 0) {
        place = half(place)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    place = half(place)
    last = half(last)
  }
  if (last !== 0) throw fault('log/proof')
  return hash
}

/** Checks that a leaf stands in the tree of this root. Throws `log/proof`, `log/other-root`. */
export function assertInclusion(leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): void {
  if (!equalBytes(rootOfInclusion(leaf, proof), root)) throw fault('log/other-root')
}

/**
 * Checks that the tree of `root2` begins with the whole tree of `root1`. Throws `log/shrunk` where the second is the smaller,
 * `log/proof` as {@link rootOfInclusion}, `log/other-root`. Nothing follows from the empty tree: it is consistent with each.
 */
export function assertConsistency(
  { size1, size2, path }: ConsistencyProof,
  root1: Uint8Array,
  root2: Uint8Array,
): void {
  assertHashes([root1, root2, ...path])
  if (!isCount(size1) || !isCount(size2)) throw fault('log/proof')
  if (size2 < size1) throw fault('log/shrunk')
  if (size1 === size2 || size1 === 0) {
    if (path.length > 0) throw fault('log/proof')
    const older = size1 === 0 ? EMPTY_ROOT : root2
    if (!equalBytes(root1, older) || (size2 === 0 && !equalBytes(root2, older))) {
      throw fault('log/other-root')
    }
    return
  }
  const [first, ...rest] = isPowerOfTwo(size1) ? [root1, ...path] : path
  if (first === undefined) throw fault('log/proof')
  let place = size1 - 1
  let last = size2 - 1
  while (isOdd(place)) {
    place = half(place)
    last = half(last)
  }
  let older = first
  let newer = first
  for (const hash of rest) {
    if (last === 0) throw fault('log/proof')
    if (isOdd(place) || place === last) {
      older = nodeHash(hash, older)
      newer = nodeHash(hash, newer)
      while (!isOdd(place) && place !== 0) {
        place = half(place)
        last = half(last)
      }
    } else {
      newer = nodeHash(newer, hash)
    }
    place = half(place)
    last = half(last)
  }
  if (last !== 0) throw fault('log/proof')
  if (!equalBytes(older, root1) || !equalBytes(newer, root2)) throw fault('log/other-root')
}

function assertHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.length > MAX_PATH + 2) throw fault('log/proof')
  if (hashes.some(({ length }) => length !== HASH_BYTES)) throw fault('log/proof')
}
