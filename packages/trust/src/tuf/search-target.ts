/** TUF §5.6.7: the pre-order depth-first search for the metadata of one target. */
import { fault } from '@onetrip/codec'
import { MAX_VISITED_ROLES } from './limits.ts'
import type { TufTarget, TufTargets } from './metadata.ts'
import { coversPath } from './path-pattern.ts'
import { delegationsOf, type OwnedDelegation } from './trusted-set.ts'

/** A target with the role that describes it. */
export interface FoundTarget {
  readonly path: string
  readonly role: string
  readonly target: TufTarget
}

/** Gives the metadata of a delegated role verified under its delegator, or throws why there is none. */
export type RoleLoader = (owned: OwnedDelegation) => Promise<TufTargets>

interface Search {
  readonly path: string
  readonly loadRole: RoleLoader
  readonly visited: Set<string>
}

/** `end` stops the whole search: after a terminating delegation, and at the limit. */
type Outcome = FoundTarget | 'end' | 'nothing'

/**
 * Finds a target. Throws `trust/target-missing`; what keeps a role on the way from being loaded ends the search with its
 * own code, because a later role must not answer for an earlier one.
 */
export async function searchTarget(options: {
  readonly path: string
  readonly targets: TufTargets
  readonly loadRole: RoleLoader
}): Promise<FoundTarget> {
  const { path, targets, loadRole } = options
  const outcome = await visit(
    { path, loadRole, visited: new Set() },
    'targets',
    async () => targets,
  )
  if (typeof outcome === 'string') throw fault('trust/target-missing')
  return outcome
}

/** §5.6.7.1. */
async function visit(
  search: Search,
  role: string,
  load: () => Promise<TufTargets>,
): Promise<Outcome> {
  const { path, visited } = search
  if (visited.has(role)) return 'nothing'
  if (visited.size >= MAX_VISITED_ROLES) return 'end'
  visited.add(role)
  const metadata = await load()
  const target = metadata.targets.get(path)
  if (target !== undefined) return { path, role, target }
  return visitDelegations(search, role, metadata)
}

/** §5.6.7.2. */
async function visitDelegations(
  search: Search,
  role: string,
  metadata: TufTargets,
): Promise<Outcome> {
  for (const owned of delegationsOf(role, metadata)) {
    const { delegation } = owned
    if (!coversPath(delegation, search.path)) continue
    const outcome = await visit(search, delegation.name, () => search.loadRole(owned))
    if (outcome !== 'nothing') return outcome
    if (delegation.terminating) return 'end'
  }
  return 'nothing'
}
