/**
 * Bringing the targets of a set, and whether the set may take the place of the one before. What nothing can be verified
 * without comes first: where a part of that cannot be had or read, nothing else is fetched, and the set before goes on.
 */
import type { ErrorCode } from '@onetrip/codec'
import { assertNotOlderList, decodeStatusList } from '@onetrip/status'
import {
  type FetchProgress,
  fetchTargets,
  type MissedTarget,
  targetProgress,
} from './fetch-targets.ts'
import { readDenials, readDenyList } from './kept-denials.ts'
import {
  denialPaths,
  documentPaths,
  listOpenerUnder,
  readEssentials,
  statusPaths,
} from './open-trust.ts'
import { DENY_ROLE, statusRoleOfTarget, TARGET } from './target-names.ts'
import { endDeniedKeys } from './trust.ts'
import { fetchTarget } from './tuf/fetch-target.ts'
import { settle, type TufFetcher, type TufStore } from './tuf/store-and-fetcher.ts'
import type { TufFault, TufSet } from './tuf/trusted-set.ts'

/** What {@link bringTargets} needs. */
export interface BringOptions {
  readonly store: TufStore
  readonly fetcher: TufFetcher
  /** Unix seconds at the start of the update. */
  readonly now: number
  readonly environment?: string | undefined
  /** The set as it was kept. */
  readonly before: TufSet
  /** The set after the update. */
  readonly set: TufSet
  /** Whether no step of the update was refused but for status roles; else only denials are fetched. */
  readonly isWhole: boolean
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined
}

/** What came of it. */
export interface Brought {
  /** What could not be had or used, by the role that names it. */
  readonly missed: readonly TufFault[]
  /**
   * Whether the set may take effect, but for the status roles that missed something. Else its times say that what is in
   * use was current then, while somebody holds back the one file that would say otherwise.
   */
  readonly isUsable: boolean
}

/** Fetches what the set names and verifiers use. Rejects only when the store fails. */
export async function bringTargets(options: BringOptions): Promise<Brought> {
  const { store, fetcher, now, set, isWhole, onProgress } = options
  const source = { set, store, online: { fetcher, now } }
  const needed = isWhole ? [...denialPaths(set), ...documentPaths(set)] : denialPaths(set)
  const lists = isWhole ? statusPaths(set) : []
  const onDone = await targetProgress({ source, paths: [...needed, ...lists], onProgress })
  const missed = [
    ...(await fetchTargets({ source, paths: needed, onDone })),
    ...(isWhole ? await unreadable(options) : []),
  ]
  if (!isWhole || missed.length > 0) return { missed: missed.map(faultOf), isUsable: false }
  const missedLists = [
    ...(await fetchTargets({ source, paths: lists, onDone })),
    ...(await worseLists(options)),
  ]
  return { missed: missedLists.map(faultOf), isUsable: true }
}

/** Documents and deny lists that cannot be read never take the place of good ones. */
async function unreadable(options: BringOptions): Promise<readonly MissedTarget[]> {
  const { store, environment, before, set } = options
  const read = (path: string): Promise<Uint8Array> => fetchTarget({ set, store }, path)
  const failed = async (path: string, work: () => Promise<unknown>) => {
    const result = await settle(work)
    // What is missing has been named already.
    return 'code' in result && result.code !== 'trust/file-missing'
      ? [{ path, code: result.code }]
      : []
  }
  const isNew = (role: (of: TufSet) => { readonly bytes: Uint8Array } | undefined): boolean =>
    role(before)?.bytes !== role(set)?.bytes
  return [
    ...(isNew(({ targets }) => targets)
      ? await failed(TARGET.trustList, () => readEssentials({ set, read, environment }))
      : []),
    ...(isNew(({ delegated }) => delegated.get(DENY_ROLE))
      ? await failed(TARGET.denyList, () => readDenyList({ store, set }))
      : []),
  ]
}

/**
 * Status lists that are older than what is kept (case ST06), or that would not count where that does, whatever their role
 * signed around them. One whose key has been taken back stands in nobody's way: a thief dates it so far ahead that no other
 * would ever be newer.
 */
async function worseLists(options: BringOptions): Promise<readonly MissedTarget[]> {
  const { store, environment, before, set } = options
  const read = (path: string): Promise<Uint8Array> => fetchTarget({ set, store }, path)
  const changed: { readonly path: string; readonly old: Uint8Array; readonly next: Uint8Array }[] =
    []
  for (const path of statusPaths(set)) {
    const [old, next] = [await keptBytes(store, before, path), await keptBytes(store, set, path)]
    if (old !== undefined && next !== undefined && old !== next) changed.push({ path, old, next })
  }
  if (changed.length === 0) return []
  const { list } = await readEssentials({ set, read, environment })
  const { denied } = await readDenials({ set, store })
  const open = listOpenerUnder(set, endDeniedKeys(list, denied).agencies)
  const checked = await Promise.all(
    changed.map(async ({ path, old, next }) => {
      if ('code' in (await settle(() => open(old)))) return []
      const result = await settle(async () => {
        assertNotOlderList(decodeStatusList(old), decodeStatusList(next))
        await open(next)
      })
      return 'code' in result ? [{ path, code: result.code }] : []
    }),
  )
  return checked.flat()
}

async function keptBytes(
  store: TufStore,
  set: TufSet,
  path: string,
): Promise<Uint8Array | undefined> {
  const kept = await settle(() => fetchTarget({ store, set }, path))
  return 'value' in kept ? kept.value : undefined
}

function faultOf(missed: { readonly path: string; readonly code: ErrorCode }): TufFault {
  const { path, code } = missed
  const role = path === TARGET.denyList ? DENY_ROLE : (statusRoleOfTarget(path) ?? 'targets')
  return { role, code }
}
