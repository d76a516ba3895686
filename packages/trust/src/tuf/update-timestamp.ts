/** TUF §5.4, update the timestamp role. */
import { equalBytes, fault } from '@onetrip/codec'
import { MAX_TIMESTAMP_BYTES } from './limits.ts'
import type { TufFile, TufRoot, TufTimestamp } from './metadata.ts'
import { openTimestamp } from './open-file.ts'
import { roleFileName } from './role-names.ts'
import {
  assertNotDatedBack,
  assertNotExpired,
  fetchNamed,
  type UpdateCycle,
} from './update-cycle.ts'

/**
 * The timestamp that holds after §5.4. An equal version is discarded without a fault; the trusted one must then still
 * be in date. Throws `trust/threshold`, `trust/rollback`, `trust/expired-metadata`, and how a file can be malformed
 * or not be had.
 */
export async function updateTimestamp(options: {
  readonly cycle: UpdateCycle
  readonly root: TufRoot
  readonly trusted: TufFile<TufTimestamp> | undefined
}): Promise<TufFile<TufTimestamp>> {
  const { cycle, root, trusted } = options
  const bytes = await downloadTimestamp(cycle)
  // The very bytes that were verified when the set was opened have nothing left to show.
  const isUnchanged = trusted !== undefined && equalBytes(bytes, trusted.bytes)
  const offered = isUnchanged ? trusted : await openTimestamp(bytes, root)
  const timestamp = isNewTimestamp(trusted?.signed, offered.signed) ? offered : trusted
  checkTimestampFreeze(cycle, (timestamp ?? offered).signed)
  if (timestamp === undefined || timestamp === trusted) return timestamp ?? offered
  await persistTimestamp(cycle, timestamp)
  return timestamp
}

/** §5.4.1. */
function downloadTimestamp(cycle: UpdateCycle): Promise<Uint8Array> {
  const role = 'timestamp'
  return fetchNamed({ cycle, role, version: undefined, maxBytes: MAX_TIMESTAMP_BYTES })
}

/** §5.4.3: no rollback of the timestamp, nor of the snapshot that it names, nor of its time; of an equal version nothing is new. */
function isNewTimestamp(trusted: TufTimestamp | undefined, offered: TufTimestamp): boolean {
  if (trusted === undefined) return true
  if (offered.version === trusted.version) return false
  if (offered.version < trusted.version) throw fault('trust/rollback')
  if (offered.snapshot.version < trusted.snapshot.version) throw fault('trust/rollback')
  assertNotDatedBack(trusted, offered)
  return true
}

/** §5.4.4. */
function checkTimestampFreeze(cycle: UpdateCycle, timestamp: TufTimestamp): void {
  assertNotExpired(cycle, 'timestamp', timestamp)
}

/** §5.4.5. */
function persistTimestamp(cycle: UpdateCycle, timestamp: TufFile<TufTimestamp>): Promise<void> {
  return cycle.store.save(new Map([[roleFileName('timestamp'), timestamp.bytes]]))
}
