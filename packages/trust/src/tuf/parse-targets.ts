/** Targets metadata: which files are trusted, and whom else to ask about which paths (TUF §4.5). */
import { fault, isObject, type JsonObject } from '@onetrip/codec'
import {
  distinctTexts,
  flagMember,
  integerMember,
  listMember,
  objectMember,
  sha256Member,
  textMember,
} from './json-members.ts'
import type { TufDelegation, TufKey, TufTarget, TufTargets } from './metadata.ts'
import { parseCommon, parseKeys, parseRole } from './parse-common.ts'
import { isDelegatedName, isTargetPath } from './role-names.ts'

/** Roles one file may delegate to: hashed bins of a large repository are 16,384. */
const MAX_DELEGATIONS = 16_384
const MAX_PATTERNS = 16_384
const HASH_PREFIX = /^[0-9a-f]{1,64}$/

/** Reads the signed part of a targets file, top-level or delegated. Throws `trust/format`, `format/unsupported`. */
export function parseTargets(signed: JsonObject): TufTargets {
  const common = parseCommon(signed, 'targets')
  const json = objectMember(signed, 'targets')
  const targets = new Map(Object.keys(json).map((path) => [path, parseTarget(json, path)]))
  return { ...common, targets, ...parseDelegations(signed) }
}

function parseTarget(json: JsonObject, path: string): TufTarget {
  if (!isTargetPath(path)) throw fault('trust/format')
  const target = objectMember(json, path)
  const custom = target['custom']
  if (custom !== undefined && !isObject(custom)) throw fault('trust/format')
  return { length: integerMember(target, 'length', 0), sha256: sha256Member(target), custom }
}

function parseDelegations(signed: JsonObject): {
  readonly keys: ReadonlyMap<string, TufKey>
  readonly delegations: readonly TufDelegation[]
} {
  if (signed['delegations'] === undefined) return { keys: new Map(), delegations: [] }
  const json = objectMember(signed, 'delegations')
  const delegations = listMember(json, 'roles', MAX_DELEGATIONS).map((item) => {
    if (!isObject(item)) throw fault('trust/format')
    return parseDelegation(item)
  })
  const names = new Set(delegations.map(({ name }) => name))
  if (names.size !== delegations.length) throw fault('trust/format')
  return { keys: parseKeys(json), delegations }
}

function parseDelegation(json: JsonObject): TufDelegation {
  const name = textMember(json, 'name')
  if (!isDelegatedName(name)) throw fault('trust/format')
  if (json['paths'] !== undefined && json['path_hash_prefixes'] !== undefined) {
    throw fault('trust/format')
  }
  const pathHashPrefixes = optionalTexts(json, 'path_hash_prefixes')
  if (!pathHashPrefixes.every((prefix) => HASH_PREFIX.test(prefix))) throw fault('trust/format')
  return {
    ...parseRole(json),
    name,
    terminating: flagMember(json, 'terminating'),
    paths: optionalTexts(json, 'paths'),
    pathHashPrefixes,
  }
}

function optionalTexts(json: JsonObject, name: string): readonly string[] {
  return json[name] === undefined ? [] : distinctTexts(json, name, MAX_PATTERNS)
}
