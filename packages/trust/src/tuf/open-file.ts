/** Opening one file of metadata in the order of all our input: limits, form, signatures, meaning. */
import type { JsonObject } from '@onetrip/codec'
import { parseEnvelope } from './envelope.ts'
import {
  MAX_ROOT_BYTES,
  MAX_SNAPSHOT_BYTES,
  MAX_TARGETS_BYTES,
  MAX_TIMESTAMP_BYTES,
} from './limits.ts'
import type {
  TopRole,
  TufDelegation,
  TufFile,
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from './metadata.ts'
import { parseRoot } from './parse-root.ts'
import { parseSnapshot, parseTimestamp } from './parse-snapshot.ts'
import { parseTargets } from './parse-targets.ts'
import { type RoleKeys, verifyRole } from './verify-role.ts'

/**
 * Opens a root file that a person or a build vouches for: it must be signed by a threshold of its own keys.
 * Throws `trust/threshold`, `trust/format`, `format/unsupported` and the codes of `parseJson`.
 */
export async function openRoot(bytes: Uint8Array): Promise<TufFile<TufRoot>> {
  const envelope = parseEnvelope(bytes, MAX_ROOT_BYTES)
  const signed = parseRoot(envelope.signed)
  await verifyRole(envelope, topRoleKeys(signed, 'root'))
  return { bytes, signed }
}

/** Opens a root file under the one before it, by the thresholds of both (TUF §5.3.4). Throws as `openRoot`. */
export async function openNextRoot(bytes: Uint8Array, before: TufRoot): Promise<TufFile<TufRoot>> {
  const envelope = parseEnvelope(bytes, MAX_ROOT_BYTES)
  await verifyRole(envelope, topRoleKeys(before, 'root'))
  const signed = parseRoot(envelope.signed)
  await verifyRole(envelope, topRoleKeys(signed, 'root'))
  return { bytes, signed }
}

/** Opens a timestamp file (TUF §5.4.2). Throws as `openRoot`. */
export function openTimestamp(bytes: Uint8Array, root: TufRoot): Promise<TufFile<TufTimestamp>> {
  const keys = topRoleKeys(root, 'timestamp')
  return openSigned({ bytes, maxBytes: MAX_TIMESTAMP_BYTES, keys, parse: parseTimestamp })
}

/** Opens a snapshot file (TUF §5.5.3). Throws as `openRoot`. */
export function openSnapshot(bytes: Uint8Array, root: TufRoot): Promise<TufFile<TufSnapshot>> {
  const keys = topRoleKeys(root, 'snapshot')
  return openSigned({ bytes, maxBytes: MAX_SNAPSHOT_BYTES, keys, parse: parseSnapshot })
}

/** Opens a targets file under the keys that its delegator gives it (TUF §5.6.3). Throws as `openRoot`. */
export function openTargets(bytes: Uint8Array, keys: RoleKeys): Promise<TufFile<TufTargets>> {
  return openSigned({ bytes, maxBytes: MAX_TARGETS_BYTES, keys, parse: parseTargets })
}

/** The keys of a top-level role. */
export function topRoleKeys(root: TufRoot, role: TopRole): RoleKeys {
  return { role: root.roles[role], keys: root.keys }
}

/** The keys of a delegated role, which only its direct delegator names (TUF §3.1.2). */
export function delegatedRoleKeys(delegator: TufTargets, delegation: TufDelegation): RoleKeys {
  return { role: delegation, keys: delegator.keys }
}

async function openSigned<Signed>(options: {
  readonly bytes: Uint8Array
  readonly maxBytes: number
  readonly keys: RoleKeys
  readonly parse: (signed: JsonObject) => Signed
}): Promise<TufFile<Signed>> {
  const { bytes, maxBytes, keys, parse } = options
  const envelope = parseEnvelope(bytes, maxBytes)
  await verifyRole(envelope, keys)
  return { bytes, signed: parse(envelope.signed) }
}
