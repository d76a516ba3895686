/** What all metadata has in common: type, specification, version, expiry (TUF §4.3). */
import { fault, type JsonObject } from '@onetrip/codec'
import { parseDateTime } from './date-time.ts'
import { distinctTexts, integerMember, objectMember, textMember } from './json-members.ts'
import { MAX_KEYS } from './limits.ts'
import type { TopRole, TufCommon, TufKey, TufRole } from './metadata.ts'
import { parseTufKey } from './tuf-key.ts'

/** Metadata of every 1.x is read alike: a minor version adds members (TUF §1.1, SPEC_VERSION in §4.3). */
const SPEC_VERSION = /^1\.\d{1,4}(?:\.\d{1,4})?$/

/**
 * Reads the common members of metadata that must be of this type. Throws `trust/format`, and `format/unsupported` when
 * it is written for another major version of the specification.
 */
export function parseCommon(signed: JsonObject, type: TopRole): TufCommon {
  if (signed['_type'] !== type) throw fault('trust/format')
  if (!SPEC_VERSION.test(textMember(signed, 'spec_version'))) throw fault('format/unsupported')
  const expiresAt = parseDateTime(signed['expires'])
  if (expiresAt === undefined) throw fault('trust/format')
  return {
    version: integerMember(signed, 'version', 1),
    expiresAt,
    signedAt: parseDateTime(signed['x-signed-at']),
  }
}

/** Reads a `keys` member; a key listed twice is caught by the JSON parser. Throws `trust/format`. */
export function parseKeys(owner: JsonObject): ReadonlyMap<string, TufKey> {
  const json = objectMember(owner, 'keys')
  const keyids = Object.keys(json)
  if (keyids.length > MAX_KEYS) throw fault('trust/format')
  return new Map(keyids.map((keyid) => [keyid, parseTufKey(keyid, objectMember(json, keyid))]))
}

/**
 * Reads `keyids` and `threshold`. A threshold above the number of keys is no fault of the form: the role can only sign
 * nothing. Throws `trust/format`.
 */
export function parseRole(json: JsonObject): TufRole {
  return {
    keyids: distinctTexts(json, 'keyids', MAX_KEYS),
    threshold: integerMember(json, 'threshold', 1),
  }
}
