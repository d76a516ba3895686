/**
 * The client workflow of The Update Framework 1.0.34 (§5), over whatever brings files: a network, a folder, a pack. Each
 * step saves only what passed its checks, so that an end at any point leaves a good set.
 */
import type { ErrorCode } from '@onetrip/codec'
import type { TufFile, TufRoot } from './metadata.ts'
import { topRoleKeys } from './open-file.ts'
import { settle, type TufFetcher, type TufStore } from './store-and-fetcher.ts'
import {
  loadTrustedRoot,
  openUnderRoot,
  type TufFault,
  type TufOpened,
  type TufSet,
} from './trusted-set.ts'
import { faultOf, type UpdateCycle } from './update-cycle.ts'
import { pruneDelegated, updateDelegated } from './update-delegated.ts'
import { checkRootFreeze, followRoots } from './update-root.ts'
import { updateSnapshot } from './update-snapshot.ts'
import { updateTargets } from './update-targets.ts'
import { updateTimestamp } from './update-timestamp.ts'

/** What an update needs. */
export interface TufUpdateOptions {
  readonly store: TufStore
  readonly fetcher: TufFetcher
  /** Unix seconds: the fixed update start time (§5.1). */
  readonly now: number
  /** The shipped root; see `openTrustedSet`. */
  readonly initialRoot?: Uint8Array | undefined
  /**
   * Delegated roles to refresh right after the snapshot, by the delegations of the targets kept so far: what they say
   * arrives even when the targets do not.
   */
  readonly first?: readonly string[] | undefined
  /** Delegated roles to refresh after the targets; the others wait until a target of theirs is asked for. */
  readonly delegated?: 'all' | readonly string[] | undefined
}

/** What an update came to. */
export interface TufUpdated extends TufOpened {
  /** The set as it was kept, opened under the root that was trusted at the start. */
  readonly before: TufSet
}

/**
 * Updates kept metadata. Never throws for what a repository sends: the result is the set that is in use afterwards, and
 * a fault for each thing refused; without faults the set is current. A refused step ends the cycle (§5.3 to §5.6);
 * delegated roles fail one by one. Throws when there is no root to trust, as `openTrustedSet`.
 */
export async function updateTuf(options: TufUpdateOptions): Promise<TufUpdated> {
  const { store, fetcher, now, initialRoot } = options
  const cycle: UpdateCycle = { store, fetcher, now, expired: new Map() }
  const { root, changes } = await loadTrustedRoot(store, initialRoot)
  if (changes.size > 0) await store.save(changes)
  const opened = await openUnderRoot(store, root)
  const updating = new Updating(cycle, opened)
  await updating.run(options)
  return { before: opened.set, set: updating.set, faults: updating.faults }
}

/** The state of one run: the set so far. Each step replaces a part of it, or names its role in a fault. */
class Updating {
  set: TufSet
  readonly faults: TufFault[] = []
  private readonly cycle: UpdateCycle

  constructor(cycle: UpdateCycle, opened: TufOpened) {
    this.cycle = cycle
    this.set = opened.set
  }

  async run(options: TufUpdateOptions): Promise<void> {
    if (!(await this.step('root', () => this.root()))) return
    if (!(await this.step('timestamp', () => this.timestamp()))) return
    if (!(await this.step('snapshot', () => this.snapshot()))) return
    const { first = [], delegated = [] } = options
    const isWanted = (role: string): boolean => delegated === 'all' || delegated.includes(role)
    const early = await this.delegated((role) => first.includes(role))
    const hasTargets = await this.step('targets', () => this.targets())
    // New targets may name other keys for a role than those it was tried under: what the second try says, counts.
    this.faults.push(...early.filter(({ role }) => !hasTargets || !isWanted(role)))
    if (hasTargets) this.faults.push(...(await this.delegated(isWanted)))
  }

  /** Whether the step passed its checks. */
  private async step(role: string, work: () => Promise<void>): Promise<boolean> {
    const result = await settle(work)
    if ('value' in result) return true
    this.fault(role, result.code)
    return false
  }

  private fault(role: string, code: ErrorCode): void {
    this.faults.push(faultOf(this.cycle, role, code))
  }

  /** §5.3. */
  private async root(): Promise<void> {
    const before = this.set.root
    const onRoot = (root: TufFile<TufRoot>): void => {
      this.set = { ...this.set, root }
    }
    try {
      await followRoots({ cycle: this.cycle, root: before, onRoot })
    } finally {
      if (this.set.root !== before)
        this.set = (await openUnderRoot(this.cycle.store, this.set.root)).set
    }
    checkRootFreeze(this.cycle, this.set.root.signed)
  }

  /** §5.4. */
  private async timestamp(): Promise<void> {
    const { root, timestamp: trusted } = this.set
    const timestamp = await updateTimestamp({ cycle: this.cycle, root: root.signed, trusted })
    this.set = { ...this.set, timestamp }
  }

  /** §5.5. */
  private async snapshot(): Promise<void> {
    const { root, timestamp, snapshot: trusted } = this.set
    if (timestamp === undefined) return
    const meta = timestamp.signed.snapshot
    const snapshot = await updateSnapshot({ cycle: this.cycle, root: root.signed, meta, trusted })
    this.set = { ...this.set, snapshot }
  }

  /** §5.6.1 to §5.6.6. */
  private async targets(): Promise<void> {
    const { root, snapshot, targets: trusted } = this.set
    if (snapshot === undefined) return
    const targets = await updateTargets({
      cycle: this.cycle,
      role: 'targets',
      keys: topRoleKeys(root.signed, 'targets'),
      snapshot: snapshot.signed,
      consistentSnapshot: root.signed.consistentSnapshot,
      trusted,
    })
    const delegated = await pruneDelegated(targets.signed, this.set.delegated)
    this.set = { ...this.set, targets, delegated }
  }

  private async delegated(isWanted: (role: string) => boolean): Promise<readonly TufFault[]> {
    const { root, snapshot, targets } = this.set
    if (snapshot === undefined || targets === undefined) return []
    const { delegated, faults } = await updateDelegated({
      cycle: this.cycle,
      targets: targets.signed,
      snapshot: snapshot.signed,
      consistentSnapshot: root.signed.consistentSnapshot,
      kept: this.set.delegated,
      isWanted,
    })
    this.set = { ...this.set, delegated: await pruneDelegated(targets.signed, delegated) }
    return faults
  }
}
