/** Keys of offices and seal makers: each is for one use, and nothing else counts under it. */
import { fault, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { type KeyLife, parseKeyLife } from './key-life.ts'
import { arrayOf, assertMembers, assertUnique, objectOf } from './trust-list-members.ts'

/** What an office's key may sign: certificates of its counters, or requests; never both. */
export type OfficeKeyUse = 'enrol' | 'ask'

/** A key of an office. */
export interface OfficeKey extends KeyLife {
  readonly use: OfficeKeyUse
}

/** A key with which a seal maker states seals. */
export interface SealMakerKey extends KeyLife {
  readonly use: 'seal'
}

const MEMBERS = {
  required: ['jwk', 'use', 'notBefore', 'notAfter'],
  optional: ['revokedFrom'],
} as const

/**
 * Reads the `keys` of an office or a seal maker, each for one of `uses`; without the member there is none. Throws as
 * {@link parseKeyLife} does.
 */
export function parseOwnerKeys<Use extends string>(
  json: JsonValue | undefined,
  uses: readonly Use[],
): readonly (KeyLife & { readonly use: Use })[] {
  if (json === undefined) return []
  const keys = arrayOf(json).map((entry) => parseOwnerKey(entry, uses))
  // Of two entries for one key the first would decide, whatever the other says of its use, end or revocation.
  assertUnique(keys.map(({ key }) => jwkThumbprint(key)))
  return keys
}

function parseOwnerKey<Use extends string>(
  json: JsonValue,
  uses: readonly Use[],
): KeyLife & { readonly use: Use } {
  const entry = objectOf(json)
  assertMembers(entry, MEMBERS)
  const use = uses.find((known) => known === entry['use'])
  if (use === undefined) throw fault('trust/format')
  return { use, ...parseKeyLife(entry) }
}
