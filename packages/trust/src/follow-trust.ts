/**
 * Bringing trust data up to date from wherever files come: a network that may fail, lie or stand still, a folder, a pack.
 * Metadata take the place of what was kept once the targets that they name are there, so that an end at any point leaves
 * a set that can be used; targets are kept by content as they come, so that the next try goes on from there.
 */
import { fault } from '@onetrip/codec'
import { bringTargets } from './bring-targets.ts'
import type { FetchProgress } from './fetch-targets.ts'
import { keepDenials } from './kept-denials.ts'
import { openTrustSet, readRecognitions, recognisedStore, type TrustRoot } from './open-trust.ts'
import { stagedStore } from './staged-store.ts'
import { DENY_ROLE } from './target-names.ts'
import type { Trust, TrustFault } from './trust.ts'
import { fetchTarget, unusedTargetNames } from './tuf/fetch-target.ts'
import { TOP_ROLES } from './tuf/metadata.ts'
import { roleFileName } from './tuf/role-names.ts'
import { settle, type TufFetcher, type TufStore } from './tuf/store-and-fetcher.ts'
import { openTrustedSet, type TufFault, type TufSet } from './tuf/trusted-set.ts'
import { updateTuf } from './tuf/update-tuf.ts'

const SHARED_ROLES: readonly string[] = [...TOP_ROLES, DENY_ROLE]
const RECOGNISED = 'recognised/'
const ROOT_FILE = /^(?:([1-9][0-9]*)\.)?root\.json$/

/** Where files come from: our own repository, and the mirrors of recognised jurisdictions beside it. */
export interface TrustFetcher extends TufFetcher {
  /** A recognised jurisdiction's files; whoever keeps the mirror is not trusted. */
  readonly recognised: (id: string) => TufFetcher
}

/** What {@link followTrust} needs. */
export interface FollowOptions extends TrustRoot {
  readonly store: TufStore
  readonly fetcher: TrustFetcher
  /** Unix seconds at the start. */
  readonly now: number
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined
}

/**
 * Updates kept trust data and opens what is in use afterwards; what was refused stands in its `faults`, and the data
 * before it go on. Throws only when there is nothing to use, with the reason, or when the store fails.
 */
export async function followTrust(options: FollowOptions): Promise<Trust> {
  const { store, environment } = options
  const own = await followRepository(options)
  if (own.set.targets === undefined) throw fault(own.faults[0]?.code ?? 'trust/unavailable')
  const foreign = await followRecognised(options, own.set)
  const trust = await openTrustSet({ environment, store, ...own })
  return { ...trust, faults: [...trust.faults, ...foreign] }
}

/** Whether these faults kept an update from taking effect: what is in use is no newer than before. */
export function isHeldBack(faults: readonly TrustFault[]): boolean {
  return faults.some(({ part }) => SHARED_ROLES.includes(part))
}

/** Without those of recognised jurisdictions: one that cannot be had or used says nothing of our own data. */
export function ownFaults(faults: readonly TrustFault[]): readonly TrustFault[] {
  return faults.filter(({ part }) => !part.startsWith(RECOGNISED))
}

/** What {@link followRepository} leaves. */
export interface Followed {
  readonly set: TufSet
  readonly faults: readonly TufFault[]
  readonly clockAhead: boolean
}

/** What {@link followRepository} needs. */
export type RepositoryOptions = Omit<FollowOptions, 'fetcher'> & {
  readonly fetcher: TufFetcher
}

/** Updates one repository, without what it recognises; what was refused is named. Throws when there is no root to trust. */
export async function followRepository(options: RepositoryOptions): Promise<Followed> {
  const { store, fetcher, now, initialRoot } = options
  const staged = stagedStore(store)
  const { before, set, faults } = await updateTuf({
    store: staged,
    fetcher: keepingRoots(fetcher, staged),
    now,
    initialRoot,
    first: [DENY_ROLE],
    delegated: 'all',
  })
  // A role for which nothing was published yet is no fault; one that was there cannot vanish (TUF §5.5.5).
  const found = faults.filter(({ code }) => code !== 'trust/role-missing')
  const clockAhead = found.some(({ refused }) => refused !== undefined && refused.expiresAt < now)
  // A status list tells its own age; all else is current only when nothing of it was refused.
  const isWhole = !isHeldBack(found.map(({ role, code }) => ({ part: role, code })))
  const { missed, isUsable } = await bringTargets({ ...options, before, set, isWhole })
  const refused = [...found, ...missed]
  await keepDenials({ store, set, targets: isUsable ? set.targets : before.targets })
  // Half a set leaves nothing to verify with, or a fresh time over old targets, so what leads to it stays away, roots too.
  if (!isUsable) return { set: before, faults: refused, clockAhead }
  const leftOut = new Set(missed.map(({ role }) => roleFileName(role)))
  const { version } = set.root.signed
  await staged.commit((name) => rootVersion(name) > version || leftOut.has(name))
  const kept = missed.length === 0 ? undefined : await openTrustedSet({ store, initialRoot })
  const inUse = kept?.set ?? set
  // What a role that was left out names goes on waiting for it.
  const unused = unusedTargetNames(before, [inUse, set]).map((name) => [name, null] as const)
  if (unused.length > 0) await store.save(new Map(unused))
  return { set: inUse, faults: [...refused, ...(kept?.faults ?? [])], clockAhead }
}

/** Whoever gets our pack may need each root on the way to ours (TUF §5.3.3), so none is thrown away. */
function keepingRoots(fetcher: TufFetcher, store: TufStore): TufFetcher {
  return {
    ...fetcher,
    metadata: async (name, limits) => {
      const bytes = await fetcher.metadata(name, limits)
      const isKept = rootVersion(name) > 0 && bytes !== undefined && bytes.length <= limits.maxBytes
      if (isKept) await store.save(new Map([[name, bytes]]))
      return bytes
    },
  }
}

/** The version in the name of a root file; the current one, `root.json`, counts as 1; 0 is another file. */
function rootVersion(name: string): number {
  const found = ROOT_FILE.exec(name)
  return found === null ? 0 : Number(found[1] ?? 1)
}

async function followRecognised(
  options: FollowOptions,
  set: TufSet,
): Promise<readonly TrustFault[]> {
  const { store, fetcher } = options
  const entries = await settle(() => readRecognitions((path) => fetchTarget({ set, store }, path)))
  if ('code' in entries) return []
  const followed = await Promise.all(
    entries.value.map(async ({ recognition, initialRoot }) => {
      const part = `${RECOGNISED}${recognition.id}`
      const result = await settle(() =>
        followRepository({
          ...options,
          initialRoot,
          store: recognisedStore(store, recognition),
          fetcher: fetcher.recognised(recognition.id),
        }),
      )
      const faults = 'code' in result ? [{ code: result.code }] : result.value.faults
      return faults.map(({ code }) => ({ part, code }))
    }),
  )
  return followed.flat()
}
