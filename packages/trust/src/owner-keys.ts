/** Keys of offices and seal makers: each is for one use, and nothing else counts under it. */
import {
  fault,
  fromBase64url,
  type JsonObject,
  type JsonValue,
  jwkThumbprint,
} from '@onetrip/codec'
import { type KeyLife, parseKeyLife } from './key-life.ts'
import { arrayOf, assertMembers, assertUnique, objectOf } from './trust-list-members.ts'

/** What an office's key may sign: certificates of its counters, or requests; never both. */
export type OfficeKeyUse = 'enrol' | 'ask'

/** A key of an office. */
export interface OfficeKey extends KeyLife {
  readonly use: OfficeKeyUse
}

/** What a seal maker's key may sign: seals and their X.509 certificates, or status lists; never both. */
export type SealMakerKeyUse = 'seal' | 'status'

/** A key of a seal maker. */
export interface SealMakerKey extends KeyLife {
  readonly use: SealMakerKeyUse
  /**
   * DER of the X.509 certificate of this key (P-256, use `seal`), under which the key issues those of seals' keys: the key's
   * life is the certificate's.
   */
  readonly certificate?: Uint8Array
}

const MEMBERS = {
  required: ['jwk', 'use', 'notBefore', 'notAfter'],
  optional: ['revokedFrom'],
} as const

const MAX_CERTIFICATE_BYTES = 4096

/**
 * Reads the `keys` of an office or a seal maker, each for one of `uses`; without the member there is none. Throws as
 * {@link parseKeyLife} does.
 */
export function parseOwnerKeys<Use extends string>(
  json: JsonValue | undefined,
  uses: readonly Use[],
): readonly (KeyLife & { readonly use: Use })[] {
  return entriesIn(json, (entry) => {
    assertMembers(entry, MEMBERS)
    return { use: useIn(entry, uses), ...parseKeyLife(entry) }
  })
}

/** Reads the `keys` of a seal maker, as {@link parseOwnerKeys}; throws `encoding/base64url` too. */
export function parseSealMakerKeys(json: JsonValue | undefined): readonly SealMakerKey[] {
  return entriesIn(json, (entry) => {
    assertMembers(entry, { ...MEMBERS, optional: [...MEMBERS.optional, 'certificate'] })
    const use = useIn(entry, ['seal', 'status'])
    const life = parseKeyLife(entry)
    const { certificate } = entry
    if (certificate === undefined) return { use, ...life }
    const isForCertificates = use === 'seal' && life.key.algorithm === 'ES256'
    if (typeof certificate !== 'string' || !isForCertificates) throw fault('trust/format')
    const bytes = fromBase64url(certificate)
    if (bytes.length === 0 || bytes.length > MAX_CERTIFICATE_BYTES) throw fault('trust/format')
    return { use, ...life, certificate: bytes }
  })
}

function entriesIn<Entry extends KeyLife>(
  json: JsonValue | undefined,
  parse: (entry: JsonObject) => Entry,
): readonly Entry[] {
  if (json === undefined) return []
  const keys = arrayOf(json).map((entry) => parse(objectOf(entry)))
  // Of two entries for one key the first would decide, whatever the other says of its use, end or revocation.
  assertUnique(keys.map(({ key }) => jwkThumbprint(key)))
  return keys
}

function useIn<Use extends string>(entry: JsonObject, uses: readonly Use[]): Use {
  const use = uses.find((known) => known === entry['use'])
  if (use === undefined) throw fault('trust/format')
  return use
}
