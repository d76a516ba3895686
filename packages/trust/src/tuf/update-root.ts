/** TUF §5.3, update the root role. */
import { fault } from '@onetrip/codec'
import { MAX_ROOT_BYTES, MAX_ROOTS } from './limits.ts'
import type { TufFile, TufRoot } from './metadata.ts'
import { openNextRoot } from './open-file.ts'
import { roleFileName } from './role-names.ts'
import { changesOfRoot } from './rotated-keys.ts'
import { fetchCapped } from './store-and-fetcher.ts'
import { assertNotExpired, type UpdateCycle } from './update-cycle.ts'

/**
 * §5.3.1 to §5.3.9: follows the chain of roots to its end, each persisted as it is trusted. Calls `onRoot` for each,
 * so that what was reached counts even when a later one is refused: `trust/threshold`, `trust/rollback`,
 * `trust/version-mismatch`, and how a file can be malformed or not be had.
 */
export async function followRoots(options: {
  readonly cycle: UpdateCycle
  readonly root: TufFile<TufRoot>
  readonly onRoot: (root: TufFile<TufRoot>) => void
}): Promise<void> {
  const { cycle, onRoot } = options
  let { root } = options
  for (let count = 0; count < MAX_ROOTS; count++) {
    const bytes = await fetchNextRoot(cycle, root.signed)
    if (bytes === undefined) return
    const next = await openNextRoot(bytes, root.signed)
    if (!isNextVersion(root.signed, next.signed)) return
    await persistRoot(cycle, root.signed, next)
    root = next
    onRoot(root)
  }
}

/** §5.3.10: the root that the chain ends in must not have expired. Throws `trust/expired-metadata`. */
export function checkRootFreeze(cycle: UpdateCycle, root: TufRoot): void {
  assertNotExpired(cycle, 'root', root)
}

/** §5.3.3: version N+1 by its fixed name; `undefined` when the repository has none. */
function fetchNextRoot(cycle: UpdateCycle, root: TufRoot): Promise<Uint8Array | undefined> {
  const name = roleFileName('root', root.version + 1)
  return fetchCapped((limits) => cycle.fetcher.metadata(name, limits), MAX_ROOT_BYTES)
}

/** §5.3.5: exactly N+1; the same one again is discarded without a fault. */
function isNextVersion(root: TufRoot, next: TufRoot): boolean {
  if (next.version === root.version) return false
  if (next.version < root.version) throw fault('trust/rollback')
  if (next.version > root.version + 1) throw fault('trust/version-mismatch')
  return true
}

/** §5.3.7, §5.3.8 and §5.3.11. */
function persistRoot(cycle: UpdateCycle, before: TufRoot, next: TufFile<TufRoot>): Promise<void> {
  return cycle.store.save(changesOfRoot(before, next))
}
