/**
 * The tree over a log's entries: its root and its proofs (RFC 9162 §2.1.1, §2.1.3.1, §2.1.4.1), made of the hashes of complete
 * subtrees, which never change once they are there. Which ones are needed is said first, so that they can be fetched together.
 */
import { EMPTY_ROOT, nodeHash } from './hashing.ts'
import { floorLog2 } from './numbers.ts'
import type { ConsistencyProof, InclusionProof } from './verify-proof.ts'

/** A complete subtree: entries `index · 2^level` up to, without, `(index + 1) · 2^level`. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Entries `start` up to, without, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Gives the hash of a complete subtree that is there. */
export type ReadNode = (node: TreeNode) => Uint8Array

/** The complete subtrees that make up a range which begins where a subtree of its length may. */
export function nodesOfRange({ start, end }: Range): readonly TreeNode[] {
  const nodes: TreeNode[] = []
  for (let from = start; from < end; ) {
    const level = floorLog2(end - from)
    nodes.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return nodes
}

/** The hash of a range; of the whole log, its root. */
export function hashOfRange(range: Range, read: ReadNode): Uint8Array {
  const hashes = nodesOfRange(range).map(read)
  const last = hashes.pop()
  if (last === undefined) return EMPTY_ROOT
  return hashes.reduceRight((right, left) => nodeHash(left, right), last)
}

/** The ranges whose hashes are the path of an entry, from the leaf to the root. */
export function rangesOfInclusion(index: number, size: number): readonly Range[] {
  return siblings(index, { start: 0, end: size })
}

/** The ranges whose hashes show that the log of `size2` entries begins with that of `size1`. */
export function rangesOfConsistency(size1: number, size2: number): readonly Range[] {
  if (size1 === 0 || size1 === size2) return []
  return subproof(size1, { start: 0, end: size2 }, true)
}

/** The proof that an entry stands in the log of `size` entries; `index` < `size`. */
export function proveInclusion(index: number, size: number, read: ReadNode): InclusionProof {
  if (index >= size) throw new TypeError('no such entry')
  const path = rangesOfInclusion(index, size).map((range) => hashOfRange(range, read))
  return { index, size, path }
}

/** The proof that the log of `size2` entries begins with that of `size1`; `size1` ≤ `size2`. */
export function proveConsistency(size1: number, size2: number, read: ReadNode): ConsistencyProof {
  if (size1 > size2) throw new TypeError('the later log is the longer one')
  const path = rangesOfConsistency(size1, size2).map((range) => hashOfRange(range, read))
  return { size1, size2, path }
}

/** PATH of §2.1.3.1. */
function siblings(index: number, { start, end }: Range): readonly Range[] {
  if (end - start <= 1) return []
  const middle = start + split(end - start)
  const [left, right] = [
    { start, end: middle },
    { start: middle, end },
  ]
  return index < middle ? [...siblings(index, left), right] : [...siblings(index, right), left]
}

/** SUBPROOF of §2.1.4.1; `isWhole`: the older tree's root is known to who checks. */
function subproof(size1: number, { start, end }: Range, isWhole: boolean): readonly Range[] {
  if (size1 === end) return isWhole ? [] : [{ start, end }]
  const middle = start + split(end - start)
  const [left, right] = [
    { start, end: middle },
    { start: middle, end },
  ]
  return size1 <= middle
    ? [...subproof(size1, left, isWhole), right]
    : [...subproof(size1, right, false), left]
}

/** The largest power of two below a length of two or more. */
function split(length: number): number {
  return 2 ** floorLog2(length - 1)
}
