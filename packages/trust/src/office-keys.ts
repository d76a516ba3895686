/** Keys of an office: with `enrol` it certifies its counters, with `ask` it will sign requests. Nothing else counts under them. */
import { fault, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { type KeyLife, parseKeyLife } from './key-life.ts'
import { arrayOf, assertMembers, assertUnique, objectOf } from './trust-list-members.ts'

/** What an office's key may sign: certificates of its counters, or requests; never both. */
export type OfficeKeyUse = 'enrol' | 'ask'

/** A key of an office. */
export interface OfficeKey extends KeyLife {
  readonly use: OfficeKeyUse
}

const MEMBERS = {
  required: ['jwk', 'use', 'notBefore', 'notAfter'],
  optional: ['revokedFrom'],
} as const

const USES: ReadonlyMap<JsonValue | undefined, OfficeKeyUse> = new Map([
  ['enrol', 'enrol'],
  ['ask', 'ask'],
])

/** Reads the `keys` of an office; an office without the member has none. Throws as {@link parseKeyLife} does. */
export function parseOfficeKeys(json: JsonValue | undefined): readonly OfficeKey[] {
  if (json === undefined) return []
  const keys = arrayOf(json).map(parseOfficeKey)
  // Of two entries for one key the first would decide, whatever the other says of its use, end or revocation.
  assertUnique(keys.map(({ key }) => jwkThumbprint(key)))
  return keys
}

function parseOfficeKey(json: JsonValue): OfficeKey {
  const entry = objectOf(json)
  assertMembers(entry, MEMBERS)
  const use = USES.get(entry['use'])
  if (use === undefined) throw fault('trust/format')
  return { use, ...parseKeyLife(entry) }
}
