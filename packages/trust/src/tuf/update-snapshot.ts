/** TUF §5.5, update the snapshot role. */
import { fault } from '@onetrip/codec'
import { MAX_SNAPSHOT_BYTES } from './limits.ts'
import type { TufFile, TufMetaFile, TufRoot, TufSnapshot } from './metadata.ts'
import { openSnapshot } from './open-file.ts'
import { roleFileName } from './role-names.ts'
import {
  assertNotDatedBack,
  assertNotExpired,
  assertSameFile,
  capOf,
  fetchNamed,
  isSameFile,
  type UpdateCycle,
} from './update-cycle.ts'

/**
 * The snapshot that the timestamp names: the trusted one, or fetched, checked and persisted. Throws
 * `trust/hash-mismatch`, `trust/length-mismatch`, `trust/threshold`, `trust/version-mismatch`, `trust/rollback`,
 * `trust/expired-metadata`, and how a file can be malformed or not be had.
 */
export async function updateSnapshot(options: {
  readonly cycle: UpdateCycle
  readonly root: TufRoot
  /** What the trusted timestamp says of it. */
  readonly meta: TufMetaFile
  readonly trusted: TufFile<TufSnapshot> | undefined
}): Promise<TufFile<TufSnapshot>> {
  const { cycle, root, meta, trusted } = options
  if (trusted !== undefined && isSameFile(trusted, meta)) {
    checkSnapshotFreeze(cycle, trusted.signed)
    return trusted
  }
  const bytes = await downloadSnapshot({ cycle, root, meta })
  checkSnapshotHash(bytes, meta)
  const snapshot = await openSnapshot(bytes, root)
  checkSnapshotVersion(snapshot.signed, meta)
  checkSnapshotRollback(trusted?.signed, snapshot.signed)
  checkSnapshotFreeze(cycle, snapshot.signed)
  await persistSnapshot(cycle, snapshot)
  return snapshot
}

/** §5.5.1. */
function downloadSnapshot(options: {
  readonly cycle: UpdateCycle
  readonly root: TufRoot
  readonly meta: TufMetaFile
}): Promise<Uint8Array> {
  const { cycle, root, meta } = options
  const version = root.consistentSnapshot ? meta.version : undefined
  return fetchNamed({ cycle, role: 'snapshot', version, maxBytes: capOf(meta, MAX_SNAPSHOT_BYTES) })
}

/** §5.5.2. */
function checkSnapshotHash(bytes: Uint8Array, meta: TufMetaFile): void {
  assertSameFile(bytes, meta)
}

/** §5.5.4. */
function checkSnapshotVersion(snapshot: TufSnapshot, meta: TufMetaFile): void {
  if (snapshot.version !== meta.version) throw fault('trust/version-mismatch')
}

/** §5.5.5: every file that was listed stays listed, none goes back, nor does the time. */
function checkSnapshotRollback(trusted: TufSnapshot | undefined, snapshot: TufSnapshot): void {
  for (const [name, { version }] of trusted?.meta ?? []) {
    const listed = snapshot.meta.get(name)
    if (listed === undefined || listed.version < version) throw fault('trust/rollback')
  }
  assertNotDatedBack(trusted, snapshot)
}

/** §5.5.6. */
function checkSnapshotFreeze(cycle: UpdateCycle, snapshot: TufSnapshot): void {
  assertNotExpired(cycle, 'snapshot', snapshot)
}

/** §5.5.7. */
function persistSnapshot(cycle: UpdateCycle, snapshot: TufFile<TufSnapshot>): Promise<void> {
  return cycle.store.save(new Map([[roleFileName('snapshot'), snapshot.bytes]]))
}
