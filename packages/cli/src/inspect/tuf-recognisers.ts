/** Metadata of The Update Framework, by `signed._type` (TUF 1.0.34 §4). */
import { isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import type { Recogniser } from './recogniser.ts'

const ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const

/** One row for each role. */
export const TUF_RECOGNISERS: readonly Recogniser[] = ROLES.map((role) => ({
  kind: `tuf-${role}`,
  name: `trust metadata: ${role} (TUF)`,
  find: (opened) => {
    if (opened.form !== 'json' || !isObject(opened.json)) return undefined
    const { signed, signatures } = opened.json
    if (!isObject(signed) || signed['_type'] !== role || !Array.isArray(signatures))
      return undefined
    return { parts: metadataTree(signed, signatures) }
  },
}))

function metadataTree(signed: JsonObject, signatures: readonly JsonValue[]): JsonObject {
  const { _type, keys, roles, meta, targets, delegations, ...rest } = signed
  return {
    ...rest,
    ...(isObject(keys) ? { keys: keysTree(keys) } : {}),
    ...(isObject(roles) ? { roles: entriesTree(roles, roleTree) } : {}),
    ...(isObject(meta) ? { meta: entriesTree(meta, fileTree) } : {}),
    ...(isObject(targets) ? { targets: entriesTree(targets, fileTree) } : {}),
    ...(isObject(delegations) ? { delegations: delegationsTree(delegations) } : {}),
    signedBy: signatures.map((entry) => (isObject(entry) ? (entry['keyid'] ?? null) : null)),
  }
}

function delegationsTree({ keys, roles }: JsonObject): JsonObject {
  return {
    keys: isObject(keys) ? keysTree(keys) : {},
    roles: Array.isArray(roles) ? roles.filter(isObject).map(delegatedTree) : [],
  }
}

function delegatedTree(role: JsonObject): JsonObject {
  const { name = null, paths, path_hash_prefixes: prefixes, terminating = null } = role
  return {
    name,
    ...roleTree(role),
    ...(paths === undefined ? {} : { paths }),
    ...(prefixes === undefined ? {} : { prefixes }),
    terminating,
  }
}

/** `m of n`, then the keys. */
function roleTree({ threshold = null, keyids }: JsonObject): JsonObject {
  const ids = Array.isArray(keyids) ? keyids : []
  return { threshold: `${threshold} of ${ids.length}`, keyids: ids }
}

function keysTree(keys: JsonObject): JsonObject {
  return entriesTree(keys, ({ keytype = null, scheme = null }) => ({ keytype, scheme }))
}

function fileTree({ version, length, hashes }: JsonObject): JsonObject {
  return {
    ...(version === undefined ? {} : { version }),
    ...(length === undefined ? {} : { bytes: length }),
    ...(isObject(hashes) ? hashes : {}),
  }
}

function entriesTree(entries: JsonObject, tree: (entry: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, isObject(entry) ? tree(entry) : entry]),
  )
}
