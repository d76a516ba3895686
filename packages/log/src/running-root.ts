/** The root of a log that is read from its first entry on: at most 53 hashes are kept, and every size on the way has its root. */
import { fault } from '@onetrip/codec'
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hashing.ts'
import { nodesOfRange } from './tree.ts'

/** Takes leaf hashes in order. */
export class RunningRoot {
  /** Complete subtrees from the left, with their levels, the largest first. */
  private readonly trees: { readonly level: number; readonly hash: Uint8Array }[] = []
  /** Entries so far. */
  size = 0

  /** Goes on where one of `size` entries stood, whose {@link hashes} these are. Throws `log/proof` for what cannot be. */
  static from(size: number, hashes: readonly Uint8Array[]): RunningRoot {
    const running = new RunningRoot()
    const nodes = nodesOfRange({ start: 0, end: size })
    if (nodes.length !== hashes.length) throw fault('log/proof')
    for (const [at, hash] of hashes.entries()) {
      if (hash.length !== HASH_BYTES) throw fault('log/proof')
      running.trees.push({ level: nodes[at]?.level ?? 0, hash })
    }
    running.size = size
    return running
  }

  /** The hashes of the complete subtrees that it is made of, from the left. */
  hashes(): readonly Uint8Array[] {
    return this.trees.map(({ hash }) => hash)
  }

  /** Takes the next leaf's hash. */
  add(leaf: Uint8Array): void {
    let tree = { level: 0, hash: leaf }
    for (let last = this.trees.at(-1); last?.level === tree.level; last = this.trees.at(-1)) {
      this.trees.pop()
      tree = { level: tree.level + 1, hash: nodeHash(last.hash, tree.hash) }
    }
    this.trees.push(tree)
    this.size += 1
  }

  /** The root now. */
  root(): Uint8Array {
    const [last, ...others] = this.trees.toReversed()
    if (last === undefined) return EMPTY_ROOT
    return others.reduce((right, { hash }) => nodeHash(hash, right), last.hash)
  }
}
