/**
 * Bringing trust data up to date from wherever files come: a network that may fail, lie or stand still, a folder, a pack.
 * Metadata take the place of what was kept once the targets that they name are there, so that an end at any point leaves
 * a set that can be used; targets are kept by content as they come, so that the next try goes on from there.
 */
import { type ErrorCode, fault } from '@onetrip/codec'
import { assertNotOlderList, decodeStatusList } from '@onetrip/status'
import { type FetchProgress, fetchTargets } from './fetch-targets.ts'
import { keepDenials, readDenials } from './kept-denials.ts'
import {
  openTrustSet,
  readRecognitions,
  readTrustList,
  recognisedStore,
  statusPaths,
  type TrustRoot,
  usedTargets,
} from './open-trust.ts'
import { stagedStore } from './staged-store.ts'
import { statusListOpener } from './status-lists.ts'
import { DENY_ROLE, statusRoleOfTarget, TARGET } from './target-names.ts'
import { endDeniedKeys, type Trust, type TrustFault } from './trust.ts'
import { fetchTarget, unusedTargetNames } from './tuf/fetch-target.ts'
import { roleFileName } from './tuf/role-names.ts'
import { settle, type TufFetcher, type TufStore } from './tuf/store-and-fetcher.ts'
import { openTrustedSet, type TufFault, type TufSet } from './tuf/trusted-set.ts'
import { updateTuf } from './tuf/update-tuf.ts'

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
  // A new root that takes keys away counts with what its new keys signed: half of it would leave nothing to verify with.
  if (isWhole(before) && !isWhole(set)) return { set: before, faults: found, clockAhead }
  const missed = await bringTargets(options, { before, set })
  const leftOut = new Set(missed.map(({ role }) => roleFileName(role)))
  const isUnusable = leftOut.has(roleFileName('targets'))
  await keepDenials({ store, set, targets: isUnusable ? before.targets : set.targets })
  const { version } = set.root.signed
  await staged.commit(
    (name) =>
      rootVersion(name) > version || (isUnusable ? rootVersion(name) === 0 : leftOut.has(name)),
  )
  if (missed.length > 0) {
    const kept = await openTrustedSet({ store, initialRoot })
    return { set: kept.set, faults: [...found, ...missed, ...kept.faults], clockAhead }
  }
  const unused = unusedTargetNames(before, set).map((name) => [name, null] as const)
  if (unused.length > 0) await store.save(new Map(unused))
  return { set, faults: found, clockAhead }
}

/** Whether a set can be used and says how old it is. */
function isWhole({ timestamp, snapshot, targets }: TufSet): boolean {
  return timestamp !== undefined && snapshot !== undefined && targets !== undefined
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

/** Fetches what the set names and verifiers use; answers which roles' files must not take effect, and why. */
async function bringTargets(
  options: RepositoryOptions,
  { before, set }: { readonly before: TufSet; readonly set: TufSet },
): Promise<readonly TufFault[]> {
  const { store, fetcher, now, onProgress } = options
  const source = { set, store, online: { fetcher, now } }
  const paths = usedTargets(set)
  const missed = await fetchTargets({ source, paths, onProgress })
  const unusable = await unusableTrustList(options, set)
  const older = await olderLists({ store, before, set })
  return [...missed, ...unusable, ...older].map(({ path, code }) => ({
    role: roleOfTarget(path),
    code,
  }))
}

/** Targets whose trust list cannot be read, or is another environment's, never take the place of good ones. */
async function unusableTrustList(
  { store, environment }: RepositoryOptions,
  set: TufSet,
): Promise<readonly { readonly path: string; readonly code: ErrorCode }[]> {
  const path = TARGET.trustList
  const bytes = await settle(() => fetchTarget({ store, set }, path))
  if ('code' in bytes) return []
  const list = await settle(async () => readTrustList(bytes.value, environment))
  return 'code' in list ? [{ path, code: list.code }] : []
}

function roleOfTarget(path: string): string {
  if (path === TARGET.denyList) return DENY_ROLE
  return statusRoleOfTarget(path) ?? 'targets'
}

/**
 * An older status list never takes the place of a newer one, whatever its role signed around it (case ST06). One whose key
 * has been taken back stands in nobody's way: a thief dates it so far ahead that no other would ever be newer.
 */
async function olderLists(options: {
  readonly store: TufStore
  readonly before: TufSet
  readonly set: TufSet
}): Promise<readonly { readonly path: string; readonly code: ErrorCode }[]> {
  const { store, before, set } = options
  const checked = await Promise.all(
    statusPaths(set).map(async (path) => {
      const [kept, next] = await Promise.all([
        settle(() => fetchTarget({ store, set: before }, path)),
        settle(() => fetchTarget({ store, set }, path)),
      ])
      if (!('value' in kept) || !('value' in next) || kept.value === next.value) return []
      const { value: old } = kept
      const { value: offered } = next
      const result = await settle(async () =>
        assertNotOlderList(decodeStatusList(old), decodeStatusList(offered)),
      )
      if (!('code' in result) || !(await isGoodUnder({ store, set }, old))) return []
      return [{ path, code: result.code }]
    }),
  )
  return checked.flat()
}

/** Whether a status list counts by the trust list and the denials of a set; where these cannot be had, it does. */
async function isGoodUnder(
  source: { readonly store: TufStore; readonly set: TufSet },
  statusList: Uint8Array,
): Promise<boolean> {
  const list = await settle(async () =>
    endDeniedKeys(
      readTrustList(await fetchTarget(source, TARGET.trustList), undefined),
      await readDenials(source),
    ),
  )
  if ('code' in list) return true
  return 'value' in (await settle(() => statusListOpener(list.value.agencies)(statusList)))
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
      const part = `recognised/${recognition.id}`
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
