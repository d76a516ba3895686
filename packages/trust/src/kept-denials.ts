/**
 * What the deny list said since the present targets came: within one version of them it only grows here, so that a stolen
 * online key cannot take back a revocation. Newer targets, signed offline, may.
 */
import {
  type ErrorCode,
  encodeJson,
  equalBytes,
  Fault,
  fault,
  isObject,
  parseJson,
  utf8Encode,
} from '@onetrip/codec'
import {
  type DenyList,
  EMPTY_DENY_LIST,
  MAX_DENY_LIST_BYTES,
  mergeDenyLists,
  parseDenyList,
} from './deny-list.ts'
import { TARGET } from './target-names.ts'
import { fetchTarget } from './tuf/fetch-target.ts'
import { settle, type TufStore } from './tuf/store-and-fetcher.ts'
import type { TufSet } from './tuf/trusted-set.ts'

/** Name in the store. */
const KEPT_DENIALS = 'denials.json'
/** A union of deny lists may be larger than one of them. */
const LIST_LIMITS = { maxBytes: MAX_DENY_LIST_BYTES } as const
const LIMITS = { maxBytes: 64 * MAX_DENY_LIST_BYTES, maxItems: 65_536 } as const

interface KeptDenials {
  readonly targetsVersion: number
  readonly denied: DenyList
}

/** What is denied, and why the current list could not be read, if so. */
export interface Denials {
  readonly denied: DenyList
  readonly code?: ErrorCode
}

/**
 * What is denied: the current deny list with what it said before under the same targets, which holds whatever has become of
 * the current one.
 */
export async function readDenials(source: {
  readonly store: TufStore
  readonly set: TufSet
}): Promise<Denials> {
  const { store, set } = source
  const earlier = await keptUnder(store, set.targets?.signed.version)
  const current = await settle(() => readDenyList(source))
  if ('code' in current) return { denied: earlier, code: current.code }
  return { denied: mergeDenyLists(earlier, current.value) }
}

/**
 * Keeps what the deny list of `set` says, and said before under `targets`, which are the ones that will be in use; called
 * before anything else of an update takes effect.
 */
export async function keepDenials(source: {
  readonly store: TufStore
  readonly set: TufSet
  readonly targets: TufSet['targets']
}): Promise<void> {
  const { store, targets } = source
  if (targets === undefined) return
  const current = await settle(() => readDenyList(source))
  if ('code' in current) return
  const { version } = targets.signed
  const earlier = await keptUnder(store, version)
  const denied = mergeDenyLists(earlier, current.value)
  const kept = encodeKept({ targetsVersion: version, denied })
  // What could not be read back would lift every denial: a flood of lists stops growing instead.
  if (kept.length > LIMITS.maxBytes) return
  const before = await store.load(KEPT_DENIALS)
  if (before !== undefined && equalBytes(before, kept)) return
  await store.save(new Map([[KEPT_DENIALS, kept]]))
}

/**
 * The current deny list; empty where the repository has none. Throws the codes of `parseDenyList`, and why a list that is
 * named could not be had.
 */
export async function readDenyList(source: {
  readonly store: TufStore
  readonly set: TufSet
}): Promise<DenyList> {
  const found = await settle(() => fetchTarget(source, TARGET.denyList))
  if ('value' in found) return parseDenyList(parseJson(found.value, LIST_LIMITS))
  if (found.code === 'trust/target-missing') return EMPTY_DENY_LIST
  throw fault(found.code)
}

async function keptUnder(store: TufStore, targetsVersion: number | undefined): Promise<DenyList> {
  const kept = parseKept(await store.load(KEPT_DENIALS))
  return kept !== undefined && kept.targetsVersion === targetsVersion
    ? kept.denied
    : EMPTY_DENY_LIST
}

/** What cannot be read is as good as nothing: the current list is read beside it. */
function parseKept(bytes: Uint8Array | undefined): KeptDenials | undefined {
  if (bytes === undefined) return undefined
  try {
    const kept = parseJson(bytes, LIMITS)
    if (!isObject(kept)) return undefined
    const { targetsVersion, ...list } = kept
    if (typeof targetsVersion !== 'number') return undefined
    return { targetsVersion, denied: parseDenyList(list) }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function encodeKept({ targetsVersion, denied }: KeptDenials): Uint8Array {
  const keys = denied.keys.map(({ thumbprint, from }) => ({ thumbprint, from }))
  return utf8Encode(encodeJson({ format: 1, keys, devices: [...denied.devices], targetsVersion }))
}
