/** Recovery from fast-forward attacks (TUF §5.3.11). */
import type { TufFile, TufRoot } from './metadata.ts'
import { roleFileName } from './role-names.ts'

/** A root as the one to rest on, and under its version, so that it can be found among those that led to later ones. */
export function savedRoot({ signed, bytes }: TufFile<TufRoot>): Map<string, Uint8Array | null> {
  return new Map([
    [roleFileName('root'), bytes],
    [roleFileName('root', signed.version), bytes],
  ])
}

/**
 * What is saved when a root follows another: itself, and no timestamp and snapshot when their keys rotated. In one step,
 * so that a crash cannot leave the timestamp of a fast-forward attack behind under the root made to get rid of it.
 */
export function changesOfRoot(
  before: TufRoot,
  next: TufFile<TufRoot>,
): ReadonlyMap<string, Uint8Array | null> {
  const changes = savedRoot(next)
  if (!hasRotated(before, next.signed)) return changes
  return changes.set(roleFileName('timestamp'), null).set(roleFileName('snapshot'), null)
}

/** Whether a root gives timestamp or snapshot other keys than the one before: what they signed is then forgotten. */
function hasRotated(before: TufRoot, after: TufRoot): boolean {
  return (['timestamp', 'snapshot'] as const).some((role) => {
    const old = before.roles[role].keyids
    const { keyids } = after.roles[role]
    return keyids.length !== old.length || keyids.some((keyid) => !old.includes(keyid))
  })
}
