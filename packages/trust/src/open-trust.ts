/** From verified metadata and the targets kept beside it to `Trust`; nothing is fetched. */
import { Fault, fault, type JsonValue, parseJson, sha256, toBase64url } from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import { readDenials } from './kept-denials.ts'
import {
  assertOneHistory,
  CHECKPOINT_LIMITS,
  type ListedCheckpoint,
  parseCheckpoints,
} from './log-checkpoints.ts'
import { type Matter, parseMatterCatalogue } from './matter-catalogue.ts'
import { parseRecognitionList, type Recognition, rootTargetOf } from './recognition-list.ts'
import {
  type OpenStatusList,
  type StatusOwner,
  statusListOpener,
  type TrustedStatusList,
} from './status-lists.ts'
import { substore } from './substore.ts'
import {
  DENY_ROLE,
  isDocumentTarget,
  isRegisterTarget,
  isStatusTarget,
  isTypeTarget,
  LOG_ROLE,
  TARGET,
} from './target-names.ts'
import {
  buildTrust,
  endDeniedKeys,
  type RecognisedTrust,
  type Trust,
  type TrustFault,
  type TrustPart,
} from './trust.ts'
import { parseTrustList, type TrustList } from './trust-list.ts'
import type { TrustedLog } from './trusted-logs.ts'
import { fetchTarget } from './tuf/fetch-target.ts'
import type { TufCommon } from './tuf/metadata.ts'
import type { TufStore } from './tuf/store-and-fetcher.ts'
import { openTrustedSet, type TufFault, type TufSet } from './tuf/trusted-set.ts'

/** A trust list of some thousand agencies; no value takes fewer than two bytes with its comma. */
const LIMITS = { maxBytes: 8_388_608, maxItems: 1_048_576 } as const

/** A status list may be dated this long after the time at which the repository was signed. */
const MAX_AHEAD_SECONDS = 86_400

/** Whom to believe. */
export interface TrustRoot {
  /** The root metadata that was shipped, or that a person vouched for. */
  readonly initialRoot: Uint8Array
  /** The only environment accepted, as test keys say nothing in production; left out, the trust list's own. */
  readonly environment?: string | undefined
}

/**
 * Opens kept trust data without a network; everything is verified again, ages are left to the verdict. Throws
 * `trust/unavailable` when nothing is kept that could be used, `trust/wrong-environment`, and why the root, the trust
 * list or the type definitions were refused.
 */
export async function openTrust(options: TrustRoot & { readonly store: TufStore }): Promise<Trust> {
  const { store, initialRoot } = options
  return openTrustSet({ ...options, ...(await openTrustedSet({ store, initialRoot })) })
}

/** As {@link openTrust}, of a set that is open already. */
export async function openTrustSet(options: {
  readonly environment?: string | undefined
  readonly store: TufStore
  readonly set: TufSet
  readonly faults: readonly TufFault[]
  readonly clockAhead?: boolean
  /** Whether other jurisdictions count; not for one that is recognised itself. */
  readonly recognising?: boolean
}): Promise<Trust> {
  const { environment, store, set, clockAhead = false, recognising = true } = options
  if (set.targets === undefined) throw fault('trust/unavailable')
  const faults: TrustFault[] = options.faults.map(({ role, code }) => ({ part: role, code }))
  const read = (path: string): Promise<Uint8Array> => fetchTarget({ set, store }, path)
  const optional = collector(faults)

  const { list, types } = await readEssentials({ set, read, environment })
  const { denied, code } = await readDenials({ set, store })
  if (code !== undefined) faults.push({ part: TARGET.denyList, code })
  const { agencies, sealMakers } = endDeniedKeys(list, denied)
  const [statusLists, sealRegisters, checkpoints, matters, recognised] = await Promise.all([
    readStatusLists({ set, owners: [...agencies, ...sealMakers], read, optional }),
    readRegisters({ set, read, optional }),
    optional(TARGET.checkpoints, NO_CHECKPOINTS, () =>
      readCheckpoints({ set, logs: list.logs, read }),
    ),
    optional(TARGET.catalogue, NO_MATTERS, async (path) =>
      parseMatterCatalogue(parseJson(await read(path), LIMITS)),
    ),
    recognising ? readRecognised({ environment: list.environment, store, read, optional }) : [],
  ])
  return buildTrust({
    list,
    version: set.targets.signed.version,
    parts: partsOf(set),
    types,
    statusLists,
    sealRegisters,
    checkpoints,
    matters,
    denied,
    recognised,
    faults,
    clockAhead,
  })
}

/** What nothing can be verified without. */
export interface Essentials {
  readonly list: TrustList
  /** All versions of all types: without one of them some licence could not be read. */
  readonly types: readonly TypeDefinition[]
}

/**
 * Reads the trust list and the type definitions. Throws `trust/wrong-environment`, why a target could not be had, and the
 * codes of `parseJson`, `parseTrustList` and `parseTypeDefinition`.
 */
export async function readEssentials(options: {
  readonly set: TufSet
  readonly read: Read
  readonly environment: string | undefined
}): Promise<Essentials> {
  const { set, read, environment } = options
  const json = async (path: string): Promise<JsonValue> => parseJson(await read(path), LIMITS)
  const list = parseTrustList(await json(TARGET.trustList))
  if (environment !== undefined && list.environment !== environment) {
    throw fault('trust/wrong-environment')
  }
  const paths = documentPaths(set).filter(isTypeTarget)
  const types = await Promise.all(paths.map(async (path) => parseTypeDefinition(await json(path))))
  return { list, types }
}

/**
 * The store in which a recognised jurisdiction's data are kept, one for each root that our targets state: else what is kept
 * under a root that was stolen would outlive the statement of another.
 */
export function recognisedStore(store: TufStore, { id, rootDigest }: Recognition): TufStore {
  return substore(store, `recognised~${id}~${rootDigest}~`)
}

/** The recognition list of a set, and each jurisdiction's root as our own targets state it. */
export async function readRecognitions(
  read: (path: string) => Promise<Uint8Array>,
): Promise<readonly { readonly recognition: Recognition; readonly initialRoot: Uint8Array }[]> {
  const list = parseRecognitionList(parseJson(await read(TARGET.recognition), LIMITS))
  return Promise.all(
    list.map(async (recognition) => {
      const initialRoot = await read(rootTargetOf(recognition))
      if (toBase64url(sha256(initialRoot)) !== recognition.rootDigest) throw fault('trust/format')
      return { recognition, initialRoot }
    }),
  )
}

/**
 * Reads the checkpoints of logs; none where nothing was published. Throws why the target could not be had, the codes of
 * `parseJson` and `parseCheckpoints`, and `log/fork`.
 */
export async function readCheckpoints(options: {
  readonly set: TufSet
  readonly logs: readonly TrustedLog[]
  readonly read: Read
}): Promise<readonly ListedCheckpoint[]> {
  const { set, logs, read } = options
  if (checkpointPaths(set).length === 0) return NO_CHECKPOINTS
  const listed = parseCheckpoints(parseJson(await read(TARGET.checkpoints), CHECKPOINT_LIMITS))
  await assertOneHistory(logs, listed)
  return listed
}

type Read = (path: string) => Promise<Uint8Array>
type Optional = <Value>(
  path: string,
  otherwise: Value,
  work: (path: string) => Promise<Value>,
) => Promise<Value>

const NO_MATTERS: readonly Matter[] = []
const NO_CHECKPOINTS: readonly ListedCheckpoint[] = []

/** Runs work that may fail for itself: its fault is named, and the rest goes on. */
function collector(faults: TrustFault[]): Optional {
  return async (path, otherwise, work) => {
    try {
      return await work(path)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      // What the repository never had is no fault.
      if (error.code !== 'trust/target-missing') faults.push({ part: path, code: error.code })
      return otherwise
    }
  }
}

async function readStatusLists(options: {
  readonly set: TufSet
  readonly owners: readonly StatusOwner[]
  readonly read: Read
  readonly optional: Optional
}): Promise<readonly TrustedStatusList[]> {
  const { set, owners, read, optional } = options
  const open = listOpenerUnder(set, owners)
  const none: readonly TrustedStatusList[] = []
  const opened = await Promise.all(
    statusPaths(set).map((path) =>
      optional(path, none, async () => [await open(await read(path))]),
    ),
  )
  return opened.flat()
}

/** Seal registers as they are: each is opened where a licence is asked for its seal, and one that is missing is just not there. */
async function readRegisters(options: {
  readonly set: TufSet
  readonly read: Read
  readonly optional: Optional
}): Promise<readonly Uint8Array[]> {
  const { set, read, optional } = options
  const none: readonly Uint8Array[] = []
  const found = await Promise.all(
    registerPaths(set).map((path) => optional(path, none, async () => [await read(path)])),
  )
  return found.flat()
}

/** Opens status lists that may count in this set. Throws as `OpenStatusList`, and `status/from-future`. */
export function listOpenerUnder(set: TufSet, owners: readonly StatusOwner[]): OpenStatusList {
  const open = statusListOpener(owners)
  const latest = latestTime(set)
  return async (bytes) => {
    const opened = await open(bytes)
    // Else one owner's key could move everybody's clock floor, and shut out its own later lists.
    if (opened.list.issuedAt > latest) throw fault('status/from-future')
    return opened
  }
}

/** The latest time that a status list may bear; a repository that does not say when it signed sets no limit. */
function latestTime({ timestamp, snapshot }: TufSet): number {
  const times = [timestamp, snapshot].flatMap((file) => file?.signed.signedAt ?? [])
  return times.length === 0 ? Infinity : Math.max(...times) + MAX_AHEAD_SECONDS
}

/** Paths of all targets that verifiers cannot do without: documents, denials, status lists. */
export function neededTargets(set: TufSet): readonly string[] {
  return [...denialPaths(set), ...documentPaths(set), ...statusPaths(set)]
}

/** The path of the deny list, if there is one; what else its online role names has no reader. */
export function denialPaths({ delegated }: TufSet): readonly string[] {
  return delegated.get(DENY_ROLE)?.signed.targets.has(TARGET.denyList) ? [TARGET.denyList] : []
}

/** Paths of the documents of the role `targets`. */
export function documentPaths({ targets }: TufSet): readonly string[] {
  return [...(targets?.signed.targets.keys() ?? [])].filter(isDocumentTarget)
}

/** Paths of all status lists in CWT form that delegated roles name. */
export function statusPaths(set: TufSet): readonly string[] {
  return delegatedPaths(set).filter(isStatusTarget)
}

/** The path of the logs' checkpoints, if there are any. */
export function checkpointPaths({ delegated }: TufSet): readonly string[] {
  return delegated.get(LOG_ROLE)?.signed.targets.has(TARGET.checkpoints) ? [TARGET.checkpoints] : []
}

/** Paths of all seal registers that delegated roles name. */
export function registerPaths(set: TufSet): readonly string[] {
  return delegatedPaths(set).filter(isRegisterTarget)
}

function delegatedPaths({ delegated }: TufSet): readonly string[] {
  const paths = [...delegated.values()].flatMap(({ signed }) => [...signed.targets.keys()])
  return [...new Set(paths)]
}

async function readRecognised(options: {
  readonly environment?: string | undefined
  readonly store: TufStore
  readonly read: Read
  readonly optional: Optional
}): Promise<readonly RecognisedTrust[]> {
  const { environment, store, read, optional } = options
  const none: readonly RecognisedTrust[] = []
  const entries = await optional(TARGET.recognition, [], () => readRecognitions(read))
  const opened = await Promise.all(
    entries.map(({ recognition, initialRoot }) =>
      optional(`recognised/${recognition.id}`, none, async () => {
        const foreign = recognisedStore(store, recognition)
        const kept = await openTrustedSet({ store: foreign, initialRoot })
        const trust = await openTrustSet({
          ...kept,
          environment,
          store: foreign,
          recognising: false,
        })
        return [{ recognition, trust }]
      }),
    ),
  )
  return opened.flat()
}

function partsOf({ timestamp, snapshot, targets, delegated }: TufSet): readonly TrustPart[] {
  const roles = { timestamp, snapshot, targets, [DENY_ROLE]: delegated.get(DENY_ROLE) }
  return Object.entries(roles).flatMap(([name, file]) =>
    file === undefined ? [] : [partOf(name, file.signed)],
  )
}

function partOf(name: string, { version, signedAt }: TufCommon): TrustPart {
  return { name, version, ...(signedAt === undefined ? {} : { signedAt }) }
}
