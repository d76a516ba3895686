/** TUF §5.6.1 to §5.6.6, for the top-level targets and, in the same way, for each delegated role (§5.6.7). */
import { fault } from '@onetrip/codec'
import { MAX_TARGETS_BYTES } from './limits.ts'
import type { TufFile, TufMetaFile, TufSnapshot, TufTargets } from './metadata.ts'
import { openTargets } from './open-file.ts'
import { metaPath, roleFileName } from './role-names.ts'
import {
  assertNotExpired,
  assertSameFile,
  capOf,
  fetchNamed,
  isSameFile,
  type UpdateCycle,
} from './update-cycle.ts'
import type { RoleKeys } from './verify-role.ts'

/**
 * The file of a targets role that the snapshot names: the trusted one, or fetched, checked and persisted. Throws
 * `trust/role-missing` when the snapshot does not list it, `trust/hash-mismatch`, `trust/length-mismatch`,
 * `trust/threshold`, `trust/version-mismatch`, `trust/expired-metadata`, and how a file can be malformed or not be had.
 */
export async function updateTargets(options: {
  readonly cycle: UpdateCycle
  readonly role: string
  readonly keys: RoleKeys
  readonly snapshot: TufSnapshot
  readonly consistentSnapshot: boolean
  /** What is kept of the role, verified under the same keys. */
  readonly trusted: TufFile<TufTargets> | undefined
}): Promise<TufFile<TufTargets>> {
  const { cycle, role, keys, snapshot, consistentSnapshot, trusted } = options
  const meta = snapshot.meta.get(metaPath(role))
  if (meta === undefined) throw fault('trust/role-missing')
  if (trusted !== undefined && isSameFile(trusted, meta)) {
    checkTargetsFreeze(cycle, role, trusted.signed)
    return trusted
  }
  const version = consistentSnapshot ? meta.version : undefined
  const bytes = await downloadTargets({ cycle, role, version, meta })
  checkTargetsHash(bytes, meta)
  const targets = await openTargets(bytes, keys)
  checkTargetsVersion(targets.signed, meta)
  checkTargetsFreeze(cycle, role, targets.signed)
  await persistTargets(cycle, role, targets)
  return targets
}

/** §5.6.1. */
function downloadTargets(options: {
  readonly cycle: UpdateCycle
  readonly role: string
  readonly version: number | undefined
  readonly meta: TufMetaFile
}): Promise<Uint8Array> {
  return fetchNamed({ ...options, maxBytes: capOf(options.meta, MAX_TARGETS_BYTES) })
}

/** §5.6.2. */
function checkTargetsHash(bytes: Uint8Array, meta: TufMetaFile): void {
  assertSameFile(bytes, meta)
}

/** §5.6.4. */
function checkTargetsVersion(targets: TufTargets, meta: TufMetaFile): void {
  if (targets.version !== meta.version) throw fault('trust/version-mismatch')
}

/** §5.6.5. */
function checkTargetsFreeze(cycle: UpdateCycle, role: string, targets: TufTargets): void {
  assertNotExpired(cycle, role, targets)
}

/** §5.6.6. */
function persistTargets(
  cycle: UpdateCycle,
  role: string,
  targets: TufFile<TufTargets>,
): Promise<void> {
  return cycle.store.save(new Map([[roleFileName(role), targets.bytes]]))
}
