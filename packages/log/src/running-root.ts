/** The root of a log that is read from its first entry on: at most 53 hashes are kept, and every size on the way has its root. */
import { EMPTY_ROOT, nodeHash } from './hashing.ts'

/** Takes leaf hashes in order. */
export class RunningRoot {
  /** Complete subtrees from the left, with their levels, the largest first. */
  private readonly trees: { readonly level: number; readonly hash: Uint8Array }[] = []
  /** Entries so far. */
  size = 0

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
