/**
 * Bringing the targets of a set, and whether the set may take the place of the one before. What nothing can be verified
 * without comes first: where a part of that cannot be had or read, nothing else is fetched, and the set before goes on.
 */
import type { ErrorCode } from '@onetrip/codec'
import {
  type FetchProgress,
  fetchTargets,
  type MissedTarget,
  targetProgress,
} from './fetch-targets.ts'
import { readDenials, readDenyList } from './kept-denials.ts'
import { assertOneHistory, type ListedCheckpoint } from './log-checkpoints.ts'
import {
  checkpointPaths,
  denialPaths,
  documentPaths,
  listOpenerUnder,
  readCheckpoints,
  readEssentials,
  registerPaths,
  statusPaths,
} from './open-trust.ts'
import type { TrustedStatusList } from './status-lists.ts'
import { DENY_ROLE, LOG_ROLE, statusRoleOfTarget, TARGET } from './target-names.ts'
import { endDeniedKeys } from './trust.ts'
import { fetchTarget, findTarget } from './tuf/fetch-target.ts'
import { type Settled, settle, type TufFetcher, type TufStore } from './tuf/store-and-fetcher.ts'
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
  /** Whether no step of the update was refused but for status roles and checkpoints; else only denials are fetched. */
  readonly isWhole: boolean
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined
}

/** What came of it. */
export interface Brought {
  /** What could not be had or used, by the role that names it. */
  readonly missed: readonly TufFault[]
  /**
   * Whether the set may take effect, but for the status roles and the role of checkpoints that missed something. Else its times say that what is in
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
  const registers = isWhole ? registerPaths(set) : []
  const checkpoints = isWhole ? checkpointPaths(set) : []
  const paths = [...needed, ...lists, ...registers, ...checkpoints]
  const onDone = await targetProgress({ source, paths, onProgress })
  const missed = [
    ...(await fetchTargets({ source, paths: needed, onDone })),
    ...(isWhole ? await unreadable(options) : []),
  ]
  if (!isWhole || missed.length > 0) return { missed: missed.map(faultOf), isUsable: false }
  const missedLists = [
    ...(await fetchTargets({ source, paths: lists, onDone })),
    ...(await worseLists(options)),
    ...(await fetchTargets({ source, paths: checkpoints, onDone })),
    ...(await worseCheckpoints(options)),
  ]
  // A seal register that cannot be had stops nothing, least of all the lists of its role: without it verdicts say that they do
  // not know a seal. An older one in its place is a matter of the role's versions: who holds its key could only bring back what
  // the maker signed before.
  await fetchTargets({ source, paths: registers, onDone })
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
 * Checkpoints that cannot be read, or contradict themselves or those before: who has them keeps the history that they know. That
 * both are there is the proof against the log, `log/fork`.
 */
async function worseCheckpoints(options: BringOptions): Promise<readonly MissedTarget[]> {
  const { store, environment, before, set } = options
  const path = TARGET.checkpoints
  if (before.delegated.get(LOG_ROLE)?.bytes === set.delegated.get(LOG_ROLE)?.bytes) return []
  const read = (target: string): Promise<Uint8Array> => fetchTarget({ set, store }, target)
  const { list } = await readEssentials({ set, read, environment })
  const readIn = (of: TufSet): Promise<readonly ListedCheckpoint[]> =>
    readCheckpoints({
      set: of,
      logs: list.logs,
      read: (target) => fetchTarget({ set: of, store }, target),
    })
  const none: readonly ListedCheckpoint[] = []
  const kept = await settle(() => readIn(before))
  const result = await settle(async () => {
    const coming = await readIn(set)
    await assertOneHistory(list.logs, [...('value' in kept ? kept.value : none), ...coming])
  })
  // What is missing has been named already.
  return 'code' in result && result.code !== 'trust/file-missing'
    ? [{ path, code: result.code }]
    : []
}

/**
 * Status lists in whose place an older one would come, or nothing, or one that would not count where that does (case ST06),
 * under whatever path, and whatever a role signed around them. One whose key has been taken back stands in nobody's way: a
 * thief dates it so far ahead that no other would ever be newer. One that has ended tells nothing any more.
 */
async function worseLists(options: BringOptions): Promise<readonly MissedTarget[]> {
  const { store, environment, before, set, now } = options
  const [kept, coming] = [await listHashes(store, before), await listHashes(store, set)]
  const replaced = [...kept.keys()].filter((path) => coming.get(path) !== kept.get(path))
  if (replaced.length === 0) return []
  const fresh = [...coming.keys()].filter((path) => kept.get(path) !== coming.get(path))
  const read = (path: string): Promise<Uint8Array> => fetchTarget({ set, store }, path)
  const { list } = await readEssentials({ set, read, environment })
  const { denied } = await readDenials({ set, store })
  const { agencies, sealMakers } = endDeniedKeys(list, denied)
  const open = listOpenerUnder(set, [...agencies, ...sealMakers])
  const openIn = (of: TufSet, path: string): Promise<Settled<TrustedStatusList>> =>
    settle(async () => open(await fetchTarget({ store, set: of }, path)))
  const opened = new Map<string, Settled<TrustedStatusList>>()
  const opening = async (path: string): Promise<Settled<TrustedStatusList>> => {
    const result = opened.get(path) ?? (await openIn(set, path))
    opened.set(path, result)
    return result
  }
  for (const path of fresh) await opening(path)
  const worse: MissedTarget[] = []
  for (const path of replaced) {
    const [old] = valuesOf(await openIn(before, path))
    if (old === undefined || (old.list.expiresAt ?? Infinity) <= now) continue
    const next = opened.get(path)
    // What could not be had is missed already.
    if (next !== undefined && 'code' in next) {
      if (next.code !== 'trust/file-missing') worse.push({ path, code: next.code })
      continue
    }
    if (hasSuccessor(old, opened)) continue
    // A list may have been published under its new path some time before it left the old one.
    for (const other of coming.keys()) await opening(other)
    if (hasSuccessor(old, opened)) continue
    const isOther = next !== undefined && next.value.list.uri !== old.list.uri
    worse.push({ path, code: isOther ? 'status/subject' : 'status/rollback' })
  }
  return worse
}

/** Whether a list of the same owner for the same address, no older, is among the opened. */
function hasSuccessor(
  { ownerId, list: { uri, issuedAt } }: TrustedStatusList,
  opened: ReadonlyMap<string, Settled<TrustedStatusList>>,
): boolean {
  return [...opened.values()]
    .flatMap(valuesOf)
    .some((one) => one.ownerId === ownerId && one.list.uri === uri && one.list.issuedAt >= issuedAt)
}

/** By path, the hash of each status list that a set names. */
async function listHashes(store: TufStore, set: TufSet): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    statusPaths(set).map(async (path) => {
      const [named] = valuesOf(await settle(() => findTarget({ store, set }, path)))
      return named === undefined ? [] : [[path, named.target.sha256] as const]
    }),
  )
  return new Map(found.flat())
}

function valuesOf<Value>(settled: Settled<Value>): readonly Value[] {
  return 'value' in settled ? [settled.value] : []
}

function faultOf(missed: { readonly path: string; readonly code: ErrorCode }): TufFault {
  const { path, code } = missed
  return { role: roleOfTarget(path), code }
}

function roleOfTarget(path: string): string {
  if (path === TARGET.denyList) return DENY_ROLE
  return path === TARGET.checkpoints ? LOG_ROLE : (statusRoleOfTarget(path) ?? 'targets')
}
