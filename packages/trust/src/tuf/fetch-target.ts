/** Targets: found by their metadata, taken from what is kept or fetched (TUF §5.6.7, §5.7). */
import { Fault, fault, sha256, toHex } from '@onetrip/codec'
import { MAX_TARGET_BYTES } from './limits.ts'
import type { TufTarget, TufTargets } from './metadata.ts'
import { delegatedRoleKeys, openTargets } from './open-file.ts'
import { targetFilePath, targetStoreName } from './role-names.ts'
import { type FoundTarget, searchTarget } from './search-target.ts'
import { fetchCapped, type TufFetcher, type TufStore } from './store-and-fetcher.ts'
import type { OwnedDelegation, TufSet } from './trusted-set.ts'
import type { UpdateCycle } from './update-cycle.ts'
import { updateTargets } from './update-targets.ts'

/** What a target is taken from. */
export interface TargetSource {
  readonly set: TufSet
  readonly store: TufStore
  /** With a network: fetches what is not kept, delegated metadata included. */
  readonly online?: {
    readonly fetcher: TufFetcher
    /** Unix seconds: the start time of the update that gave the set. */
    readonly now: number
  }
}

/**
 * Finds the metadata of a target (§5.6.7); without `online`, among the roles that are kept. Throws
 * `trust/target-missing`, and why a role on the way could not be used: `trust/file-missing` when it is not kept.
 */
export function findTarget(source: TargetSource, path: string): Promise<FoundTarget> {
  const { targets } = source.set
  if (targets === undefined) return Promise.reject(fault('trust/target-missing'))
  const loadRole = (owned: OwnedDelegation): Promise<TufTargets> => loadDelegated(source, owned)
  return searchTarget({ path, targets: targets.signed, loadRole })
}

/**
 * The verified bytes of a target (§5.7): kept ones are verified again, fetched ones are kept. Throws as `findTarget`;
 * `trust/too-large`, `trust/length-mismatch`, `trust/hash-mismatch`; `trust/file-missing` when it is not kept or not at
 * the repository; `trust/unavailable`.
 */
export async function fetchTarget(source: TargetSource, path: string): Promise<Uint8Array> {
  const { target } = await findTarget(source, path)
  const name = targetStoreName(target.sha256)
  const kept = await source.store.load(name)
  if (kept !== undefined && isTarget(kept, target)) return kept
  if (source.online === undefined) throw fault('trust/file-missing')
  const bytes = await downloadTarget(source, path, target)
  await source.store.save(new Map([[name, bytes]]))
  return bytes
}

/** Store names of the targets that a set before named and none of the sets after does: they can be removed. */
export function unusedTargetNames(before: TufSet, after: readonly TufSet[]): readonly string[] {
  const used = new Set(after.flatMap((set) => [...targetNames(set)]))
  return [...targetNames(before)].filter((name) => !used.has(name))
}

/** §5.7.3. */
async function downloadTarget(
  { set, online }: TargetSource,
  path: string,
  target: TufTarget,
): Promise<Uint8Array> {
  if (online === undefined) throw fault('trust/file-missing')
  const { consistentSnapshot } = set.root.signed
  const filePath = targetFilePath(path, consistentSnapshot ? target.sha256 : undefined)
  if (target.length > MAX_TARGET_BYTES) throw fault('trust/too-large')
  const bytes = await fetchCapped(
    (limits) => online.fetcher.target(filePath, limits),
    target.length,
  )
  if (bytes === undefined) throw fault('trust/file-missing')
  if (bytes.length !== target.length) throw fault('trust/length-mismatch')
  if (toHex(sha256(bytes)) !== target.sha256) throw fault('trust/hash-mismatch')
  return bytes
}

function isTarget(bytes: Uint8Array, target: TufTarget): boolean {
  return bytes.length === target.length && toHex(sha256(bytes)) === target.sha256
}

async function loadDelegated(source: TargetSource, owned: OwnedDelegation): Promise<TufTargets> {
  const { set, store, online } = source
  const { delegation, owner } = owned
  const keys = delegatedRoleKeys(owner, delegation)
  const kept = set.delegated.get(delegation.name)
  const isVerified = kept === undefined || kept.owner === owner
  const trusted = isVerified ? kept : await openTargets(kept.bytes, keys).catch(nothingIfFault)
  if (online === undefined || set.snapshot === undefined) {
    if (trusted === undefined) throw fault('trust/file-missing')
    return trusted.signed
  }
  const cycle: UpdateCycle = { store, ...online, expired: new Map() }
  const { consistentSnapshot } = set.root.signed
  const { signed: snapshot } = set.snapshot
  const role = delegation.name
  return (await updateTargets({ cycle, role, keys, snapshot, consistentSnapshot, trusted })).signed
}

function nothingIfFault(error: unknown): undefined {
  if (error instanceof Fault) return undefined
  throw error
}

function targetNames({ targets, delegated }: TufSet): ReadonlySet<string> {
  const files = [...(targets === undefined ? [] : [targets]), ...delegated.values()]
  return new Set(
    files.flatMap(({ signed }) => {
      return [...signed.targets.values()].map((target) => targetStoreName(target.sha256))
    }),
  )
}
