/** From verified metadata and the targets kept beside it to `Trust`; nothing is fetched. */
import { Fault, fault, type JsonValue, parseJson, sha256, toBase64url } from '@onetrip/codec'
import { parseTypeDefinition, type TypeDefinition } from '@onetrip/credential'
import { EMPTY_DENY_LIST } from './deny-list.ts'
import { readDenials } from './kept-denials.ts'
import { type Matter, parseMatterCatalogue } from './matter-catalogue.ts'
import { parseRecognitionList, type Recognition, rootTargetOf } from './recognition-list.ts'
import { statusListOpener, type TrustedStatusList } from './status-lists.ts'
import { substore } from './substore.ts'
import {
  DENY_ROLE,
  isDocumentTarget,
  isStatusTarget,
  isTypeTarget,
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
import { type Agency, parseTrustList, type TrustList } from './trust-list.ts'
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

  const list = readTrustList(await read(TARGET.trustList), environment)
  const denied = await optional(TARGET.denyList, EMPTY_DENY_LIST, () => readDenials({ set, store }))
  const { agencies } = endDeniedKeys(list, denied)
  const [types, statusLists, matters, recognised] = await Promise.all([
    readTypes(set, read),
    readStatusLists({ set, agencies, read, optional }),
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
    matters,
    denied,
    recognised,
    faults,
    clockAhead,
  })
}

/** Reads the trust list. Throws `trust/wrong-environment`, and the codes of `parseJson` and `parseTrustList`. */
export function readTrustList(bytes: Uint8Array, environment: string | undefined): TrustList {
  const list = parseTrustList(parseJson(bytes, LIMITS))
  if (environment !== undefined && list.environment !== environment) {
    throw fault('trust/wrong-environment')
  }
  return list
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

type Read = (path: string) => Promise<Uint8Array>
type Optional = <Value>(
  path: string,
  otherwise: Value,
  work: (path: string) => Promise<Value>,
) => Promise<Value>

const NO_MATTERS: readonly Matter[] = []

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

/** All versions of all types; without one of them some licence could not be read, so each must be there. */
async function readTypes(set: TufSet, read: Read): Promise<readonly TypeDefinition[]> {
  const paths = [...(set.targets?.signed.targets.keys() ?? [])].filter(isTypeTarget)
  const json = (bytes: Uint8Array): JsonValue => parseJson(bytes, LIMITS)
  return Promise.all(paths.map(async (path) => parseTypeDefinition(json(await read(path)))))
}

async function readStatusLists(options: {
  readonly set: TufSet
  readonly agencies: readonly Agency[]
  readonly read: Read
  readonly optional: Optional
}): Promise<readonly TrustedStatusList[]> {
  const { set, agencies, read, optional } = options
  const open = statusListOpener(agencies)
  const latest = latestTime(set)
  const none: readonly TrustedStatusList[] = []
  const opened = await Promise.all(
    statusPaths(set).map((path) =>
      optional(path, none, async () => {
        const opened = await open(await read(path))
        // Else one agency's key could move everybody's clock floor, and shut out its own later lists.
        if (opened.list.issuedAt > latest) throw fault('status/from-future')
        return [opened]
      }),
    ),
  )
  return opened.flat()
}

/** The latest time that a status list may bear; a repository that does not say when it signed sets no limit. */
function latestTime({ timestamp, snapshot }: TufSet): number {
  const times = [timestamp, snapshot].flatMap((file) => file?.signed.signedAt ?? [])
  return times.length === 0 ? Infinity : Math.max(...times) + MAX_AHEAD_SECONDS
}

/** Paths of all targets that verifiers read: documents, denials, status lists. */
export function usedTargets(set: TufSet): readonly string[] {
  const denials = [...(set.delegated.get(DENY_ROLE)?.signed.targets.keys() ?? [])]
  const documents = [...(set.targets?.signed.targets.keys() ?? [])].filter(isDocumentTarget)
  return [...denials, ...documents, ...statusPaths(set)]
}

/** Paths of all status lists in CWT form that delegated roles name. */
export function statusPaths(set: TufSet): readonly string[] {
  const paths = [...set.delegated.values()].flatMap(({ signed }) => [...signed.targets.keys()])
  return [...new Set(paths.filter(isStatusTarget))]
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
