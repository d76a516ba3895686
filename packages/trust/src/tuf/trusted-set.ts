/** The last good set: what a client has verified and kept, usable without a network (TUF §5.2). */
import { type ErrorCode, equalBytes, fault } from '@onetrip/codec'
import { MAX_REFRESHED_ROLES } from './limits.ts'
import type {
  TufDelegation,
  TufFile,
  TufRoot,
  TufSnapshot,
  TufTargets,
  TufTimestamp,
} from './metadata.ts'
import {
  delegatedRoleKeys,
  openRoot,
  openSnapshot,
  openTargets,
  openTimestamp,
  topRoleKeys,
} from './open-file.ts'
import { roleFileName } from './role-names.ts'
import { changesOfRoot, savedRoot } from './rotated-keys.ts'
import { settle, type TufStore } from './store-and-fetcher.ts'

/** A delegated role's file beside the role whose keys verified it. */
export interface DelegatedFile extends TufFile<TufTargets> {
  readonly delegator: string
  /** The delegator's metadata, by identity: under another file of it, this one has to be verified again. */
  readonly owner: TufTargets
}

/** Verified metadata. Parts may be of different ages; each says its own. */
export interface TufSet {
  readonly root: TufFile<TufRoot>
  readonly timestamp: TufFile<TufTimestamp> | undefined
  readonly snapshot: TufFile<TufSnapshot> | undefined
  readonly targets: TufFile<TufTargets> | undefined
  /** By role name. */
  readonly delegated: ReadonlyMap<string, DelegatedFile>
}

/** Something that was refused; what was kept before is still in use. */
export interface TufFault {
  /** The role concerned. */
  readonly role: string
  readonly code: ErrorCode
  /** With `trust/expired-metadata`: what the refused file says of itself, since the device's clock may be the one at fault. */
  readonly refused?: {
    readonly version: number
    readonly expiresAt: number
    readonly signedAt: number | undefined
  }
}

/** A set with whatever was refused on the way. */
export interface TufOpened {
  readonly set: TufSet
  readonly faults: readonly TufFault[]
}

/**
 * Opens kept metadata without a network: everything is verified again, nothing is judged by its expiry; the files say
 * how old they are. What does not verify is left out and named. `initialRoot` is the root that was shipped or that a
 * person vouched for: it counts when nothing is kept or what is kept is older. Throws when there is no root to trust:
 * `trust/unavailable`, or why the root was refused.
 */
export async function openTrustedSet(options: {
  readonly store: TufStore
  readonly initialRoot?: Uint8Array | undefined
}): Promise<TufOpened> {
  const { store, initialRoot } = options
  const { root, changes } = await loadTrustedRoot(store, initialRoot)
  const load = async (name: string): Promise<Uint8Array | undefined> =>
    changes.get(name) === null ? undefined : store.load(name)
  return openUnderRoot({ load }, root)
}

/** The root to start from, and what has to be saved before anything rests on it. */
export interface TrustedRoot {
  readonly root: TufFile<TufRoot>
  readonly changes: ReadonlyMap<string, Uint8Array | null>
}

/**
 * TUF §5.2: the trusted root, its expiry unread. What is kept counts for a shipped root only if that root led to it; a
 * store that rests on another one starts anew, or whoever hands over a store would choose the root. A shipped root that is newer than the kept one takes its place, and
 * where it rotates keys, timestamp and snapshot go as in §5.3.11: that is how an emergency release recovers.
 */
export async function loadTrustedRoot(
  store: Pick<TufStore, 'load'>,
  initialRoot: Uint8Array | undefined,
): Promise<TrustedRoot> {
  const name = roleFileName('root')
  const keptBytes = await store.load(name)
  const initial = initialRoot === undefined ? undefined : await openRoot(initialRoot)
  const kept = keptBytes === undefined ? undefined : await settle(() => openRoot(keptBytes))
  if (kept !== undefined && 'value' in kept) {
    const root = kept.value
    if (initial === undefined) return { root, changes: new Map() }
    if (initial.signed.version > root.signed.version) {
      return { root: initial, changes: changesOfRoot(root.signed, initial) }
    }
    const isSame = initial.signed.version === root.signed.version
    const earlier = roleFileName('root', initial.signed.version)
    const passed = isSame ? root.bytes : await store.load(earlier)
    if (passed !== undefined && equalBytes(passed, initial.bytes)) {
      return { root, changes: new Map() }
    }
  }
  if (initial === undefined) {
    throw fault(kept !== undefined && 'code' in kept ? kept.code : 'trust/unavailable')
  }
  return { root: initial, changes: anew(initial) }
}

/** Nothing that rests on another root. */
function anew(root: TufFile<TufRoot>): ReadonlyMap<string, Uint8Array | null> {
  const changes = savedRoot(root)
  for (const role of ['timestamp', 'snapshot', 'targets']) changes.set(roleFileName(role), null)
  return changes
}

/** Opens everything kept under a root. */
export async function openUnderRoot(
  store: Pick<TufStore, 'load'>,
  root: TufFile<TufRoot>,
): Promise<TufOpened> {
  const faults: TufFault[] = []
  const open = async <Signed>(
    role: string,
    verify: (bytes: Uint8Array) => Promise<TufFile<Signed>>,
  ): Promise<TufFile<Signed> | undefined> => {
    const bytes = await store.load(roleFileName(role))
    if (bytes === undefined) return undefined
    const opened = await settle(() => verify(bytes))
    if ('value' in opened) return opened.value
    faults.push({ role, code: opened.code })
    return undefined
  }
  const [timestamp, snapshot, targets] = await Promise.all([
    open('timestamp', (bytes) => openTimestamp(bytes, root.signed)),
    open('snapshot', (bytes) => openSnapshot(bytes, root.signed)),
    open('targets', (bytes) => openTargets(bytes, topRoleKeys(root.signed, 'targets'))),
  ])
  const delegated = await openDelegated({ targets, open })
  return { set: { root, timestamp, snapshot, targets, delegated }, faults }
}

/** Every kept role that can be reached from the top-level targets, nearest delegator first. */
async function openDelegated(options: {
  readonly targets: TufFile<TufTargets> | undefined
  readonly open: (
    role: string,
    verify: (bytes: Uint8Array) => Promise<TufFile<TufTargets>>,
  ) => Promise<TufFile<TufTargets> | undefined>
}): Promise<ReadonlyMap<string, DelegatedFile>> {
  const { targets, open } = options
  const opened = new Map<string, DelegatedFile>()
  let pending = targets === undefined ? [] : delegationsOf('targets', targets.signed)
  let left = MAX_REFRESHED_ROLES
  while (pending.length > 0 && left > 0) {
    const level = firstOfEach(pending, opened).slice(0, left)
    left -= level.length
    const files = await Promise.all(
      level.map(async ({ delegator, owner, delegation }) => {
        const keys = delegatedRoleKeys(owner, delegation)
        const file = await open(delegation.name, (bytes) => openTargets(bytes, keys))
        return file === undefined ? [] : [{ ...file, delegator, owner, name: delegation.name }]
      }),
    )
    pending = []
    for (const { name, ...file } of files.flat()) {
      opened.set(name, file)
      pending.push(...delegationsOf(name, file.signed))
    }
  }
  return opened
}

/** A delegation with the role that makes it. */
export interface OwnedDelegation {
  readonly delegator: string
  readonly owner: TufTargets
  readonly delegation: TufDelegation
}

/** The delegations that a role makes, in their order. */
export function delegationsOf(delegator: string, owner: TufTargets): OwnedDelegation[] {
  return owner.delegations.map((delegation) => ({ delegator, owner, delegation }))
}

/** Of several delegations to one role the first; those already there are left out. */
export function firstOfEach(
  delegations: readonly OwnedDelegation[],
  known: ReadonlyMap<string, unknown>,
): readonly OwnedDelegation[] {
  const seen = new Set<string>()
  return delegations.filter(({ delegation: { name } }) => {
    if (known.has(name) || seen.has(name)) return false
    seen.add(name)
    return true
  })
}
