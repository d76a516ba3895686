/**
 * The repository's side: metadata as it is going to be signed (TUF §4, §6.3). Pure. Whatever our own parser would refuse
 * is not built.
 */
import {
  encodeJson,
  fault,
  isObject,
  type JsonObject,
  type PublicKey,
  parseJson,
  sha256,
  toHex,
} from '@onetrip/codec'
import { formatDateTime } from './date-time.ts'
import { parseEnvelope } from './envelope.ts'
import { integerMember } from './json-members.ts'
import { MAX_TARGETS_BYTES } from './limits.ts'
import { TOP_ROLES, type TopRole, type TufMetaFile, type TufTarget } from './metadata.ts'
import { parseRoot } from './parse-root.ts'
import { parseSnapshot, parseTimestamp } from './parse-snapshot.ts'
import { parseTargets } from './parse-targets.ts'
import { metaPath } from './role-names.ts'
import { tufKeyOf } from './tuf-key.ts'

const SPEC_VERSION = '1.0.34'

/** The signed part of a file of metadata. */
export type TufDraft = JsonObject

/** What every file states; times are Unix seconds. */
export interface DraftCommon {
  readonly version: number
  readonly expiresAt: number
  /** Written as `x-signed-at`. */
  readonly signedAt: number
}

/** The keys that may sign for a role, and how many must. */
export interface DraftRole {
  readonly keys: readonly PublicKey[]
  readonly threshold: number
}

/** A role that is delegated to, for paths or for prefixes of their hashes. */
export interface DraftDelegation extends DraftRole {
  readonly name: string
  readonly terminating: boolean
  readonly paths?: readonly string[]
  readonly pathHashPrefixes?: readonly string[]
}

/**
 * Drafts root metadata (§4.3). Throws `trust/threshold` when a role has fewer different keys than its threshold, and
 * what the parser throws.
 */
export function draftRoot(
  options: DraftCommon & {
    readonly roles: Readonly<Record<TopRole, DraftRole>>
    /** Default: true. */
    readonly consistentSnapshot?: boolean
  },
): TufDraft {
  const { roles, consistentSnapshot = true } = options
  const draft = {
    ...draftCommon(options, 'root'),
    consistent_snapshot: consistentSnapshot,
    keys: draftKeys(TOP_ROLES.map((role) => roles[role])),
    roles: Object.fromEntries(TOP_ROLES.map((role) => [role, draftRole(roles[role])])),
  }
  return checked(draft, parseRoot)
}

/** Drafts targets metadata, of the top-level or a delegated role (§4.5). Throws as `draftRoot`. */
export function draftTargets(
  options: DraftCommon & {
    readonly targets: ReadonlyMap<string, TufTarget>
    readonly delegations?: readonly DraftDelegation[]
  },
): TufDraft {
  const { targets, delegations = [] } = options
  const draft = {
    ...draftCommon(options, 'targets'),
    targets: Object.fromEntries([...targets].map(([path, target]) => [path, draftTarget(target)])),
    ...(delegations.length === 0
      ? {}
      : { delegations: { keys: draftKeys(delegations), roles: delegations.map(draftDelegation) } }),
  }
  return checked(draft, parseTargets)
}

/** Drafts snapshot metadata from the current file of each targets role, by role name (§4.4). Throws as the parser. */
export function draftSnapshot(
  options: DraftCommon & { readonly roles: ReadonlyMap<string, TufMetaFile> },
): TufDraft {
  const meta = [...options.roles].map(([role, file]) => [metaPath(role), draftMetaFile(file)])
  return checked(
    { ...draftCommon(options, 'snapshot'), meta: Object.fromEntries(meta) },
    parseSnapshot,
  )
}

/** Drafts timestamp metadata over a snapshot file (§4.6). Throws as the parser. */
export function draftTimestamp(
  options: DraftCommon & { readonly snapshot: TufMetaFile },
): TufDraft {
  const meta = { [metaPath('snapshot')]: draftMetaFile(options.snapshot) }
  return checked({ ...draftCommon(options, 'timestamp'), meta }, parseTimestamp)
}

/** What snapshot or timestamp say of a signed file: its version, length and SHA-256. Throws `trust/format`. */
export function describeMetadata(bytes: Uint8Array): TufMetaFile {
  const { signed } = parseEnvelope(bytes, MAX_TARGETS_BYTES)
  const version = integerMember(signed, 'version', 1)
  return { version, length: bytes.length, sha256: toHex(sha256(bytes)) }
}

/** What targets metadata says of a file. */
export function describeTarget(bytes: Uint8Array, custom?: JsonObject): TufTarget {
  return { length: bytes.length, sha256: toHex(sha256(bytes)), custom }
}

function draftCommon({ version, expiresAt, signedAt }: DraftCommon, type: TopRole): JsonObject {
  return {
    _type: type,
    spec_version: SPEC_VERSION,
    version,
    expires: formatDateTime(expiresAt),
    'x-signed-at': formatDateTime(signedAt),
  }
}

function draftKeys(roles: readonly DraftRole[]): JsonObject {
  const keys = roles.flatMap((role) => role.keys.map(tufKeyOf))
  return Object.fromEntries(keys.map(({ keyid, json }) => [keyid, json]))
}

function draftRole({ keys, threshold }: DraftRole): JsonObject {
  const keyids = [...new Set(keys.map((key) => tufKeyOf(key).keyid))]
  if (keyids.length < threshold) throw fault('trust/threshold')
  return { keyids, threshold }
}

function draftDelegation(delegation: DraftDelegation): JsonObject {
  const { name, terminating, paths, pathHashPrefixes } = delegation
  return {
    name,
    ...draftRole(delegation),
    terminating,
    ...(paths === undefined ? {} : { paths }),
    ...(pathHashPrefixes === undefined ? {} : { path_hash_prefixes: pathHashPrefixes }),
  }
}

function draftTarget({ length, sha256: digest, custom }: TufTarget): JsonObject {
  const file = { length, hashes: { sha256: digest } }
  return custom === undefined ? file : { ...file, custom }
}

function draftMetaFile({ version, length, sha256: digest }: TufMetaFile): JsonObject {
  return {
    version,
    ...(length === undefined ? {} : { length }),
    ...(digest === undefined ? {} : { hashes: { sha256: digest } }),
  }
}

/** Through text and back, so that the strict parser sees what a client is going to see. */
function checked(draft: JsonObject, parse: (signed: JsonObject) => unknown): TufDraft {
  const limits = { maxBytes: MAX_TARGETS_BYTES, maxItems: MAX_TARGETS_BYTES }
  const signed = parseJson(encodeJson(draft), limits)
  if (!isObject(signed)) throw fault('trust/format')
  parse(signed)
  return signed
}
