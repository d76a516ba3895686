/** Refreshing delegated roles before anybody asks for a target of theirs. */
import { MAX_REFRESHED_ROLES } from './limits.ts'
import type { TufSnapshot, TufTargets } from './metadata.ts'
import { delegatedRoleKeys, openTargets } from './open-file.ts'
import { settle } from './store-and-fetcher.ts'
import {
  type DelegatedFile,
  delegationsOf,
  firstOfEach,
  type OwnedDelegation,
  type TufFault,
} from './trusted-set.ts'
import { faultOf, type UpdateCycle } from './update-cycle.ts'
import { updateTargets } from './update-targets.ts'

/** Delegated roles after an attempt to refresh some of them. */
export interface RefreshedRoles {
  readonly delegated: ReadonlyMap<string, DelegatedFile>
  readonly faults: readonly TufFault[]
}

/**
 * Refreshes the delegated roles that `isWanted` picks, level by level from the top-level targets, those of one level
 * at the same time. A role that fails keeps what it had; the others go on.
 */
export async function updateDelegated(options: {
  readonly cycle: UpdateCycle
  readonly targets: TufTargets
  readonly snapshot: TufSnapshot
  readonly consistentSnapshot: boolean
  readonly kept: ReadonlyMap<string, DelegatedFile>
  readonly isWanted: (role: string) => boolean
}): Promise<RefreshedRoles> {
  const { targets, kept, isWanted } = options
  const delegated = new Map(kept)
  const faults: TufFault[] = []
  const visited = new Map<string, true>()
  let pending = delegationsOf('targets', targets)
  while (pending.length > 0 && visited.size < MAX_REFRESHED_ROLES) {
    const level = firstOfEach(pending, visited)
      .filter(({ delegation }) => isWanted(delegation.name))
      .slice(0, MAX_REFRESHED_ROLES - visited.size)
    const results = await Promise.all(level.map((owned) => refreshRole(options, owned)))
    pending = []
    for (const [index, { delegation }] of level.entries()) {
      const result = results[index]
      visited.set(delegation.name, true)
      if (result === undefined) continue
      if ('code' in result) faults.push(result)
      else delegated.set(delegation.name, result)
      const file = delegated.get(delegation.name)
      if (file !== undefined) pending.push(...delegationsOf(delegation.name, file.signed))
    }
  }
  return { delegated, faults }
}

/**
 * The roles that hold under the current files of their delegators: keys may have been taken away, and whole
 * delegations. What does not verify any more is left out.
 */
export async function pruneDelegated(
  targets: TufTargets,
  kept: ReadonlyMap<string, DelegatedFile>,
): Promise<ReadonlyMap<string, DelegatedFile>> {
  const delegated = new Map<string, DelegatedFile>()
  let pending = delegationsOf('targets', targets)
  while (pending.length > 0) {
    const level = firstOfEach(pending, delegated)
    pending = []
    for (const owned of level) {
      const { name } = owned.delegation
      const file = await underOwner(kept.get(name), owned)
      if (file === undefined) continue
      delegated.set(name, file)
      pending.push(...delegationsOf(name, file.signed))
    }
  }
  return delegated
}

async function refreshRole(
  options: Parameters<typeof updateDelegated>[0],
  owned: OwnedDelegation,
): Promise<DelegatedFile | TufFault> {
  const { cycle, snapshot, consistentSnapshot, kept } = options
  const { delegation, delegator, owner } = owned
  const role = delegation.name
  const trusted = await underOwner(kept.get(role), owned)
  const keys = delegatedRoleKeys(owner, delegation)
  const result = await settle(() =>
    updateTargets({ cycle, role, keys, snapshot, consistentSnapshot, trusted }),
  )
  if ('value' in result) return { ...result.value, delegator, owner }
  return faultOf(cycle, role, result.code)
}

/** What is kept of a role, verified under the delegator's current file. */
async function underOwner(
  file: DelegatedFile | undefined,
  { delegation, delegator, owner }: OwnedDelegation,
): Promise<DelegatedFile | undefined> {
  if (file === undefined || file.owner === owner) return file
  const opened = await settle(() => openTargets(file.bytes, delegatedRoleKeys(owner, delegation)))
  return 'value' in opened ? { ...opened.value, delegator, owner } : undefined
}
