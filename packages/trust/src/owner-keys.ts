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

/** A key that may have an X.509 certificate. */
interface CertifiedKey extends KeyLife {
  /**
   * DER of the X.509 certificate of this key (P-256), under which the key issues those of seals' keys, or of keys that sign
   * requests for licences: the key's life is the certificate's.
   */
  readonly certificate?: Uint8Array
}

/** A key of an office; only one of use `ask` has a certificate. */
export interface OfficeKey extends CertifiedKey {
  readonly use: OfficeKeyUse
}

/** What a seal maker's key may sign: seals and their X.509 certificates, or status lists; never both. */
export type SealMakerKeyUse = 'seal' | 'status'

/** A key of a seal maker; only one of use `seal` has a certificate. */
export interface SealMakerKey extends CertifiedKey {
  readonly use: SealMakerKeyUse
}

const MEMBERS = {
  required: ['jwk', 'use', 'notBefore', 'notAfter'],
  optional: ['revokedFrom', 'certificate'],
} as const

const MAX_CERTIFICATE_BYTES = 4096

/** Reads the `keys` of an office; without the member there is none. Throws as {@link parseKeyLife} does, `encoding/base64url`. */
export function parseOfficeKeys(json: JsonValue | undefined): readonly OfficeKey[] {
  return entriesIn(json, (entry) => parseKey(entry, { uses: ['enrol', 'ask'], certifies: 'ask' }))
}

/** Reads the `keys` of a seal maker, as {@link parseOfficeKeys} does. */
export function parseSealMakerKeys(json: JsonValue | undefined): readonly SealMakerKey[] {
  return entriesIn(json, (entry) =>
    parseKey(entry, { uses: ['seal', 'status'], certifies: 'seal' }),
  )
}

function parseKey<Use extends string>(
  entry: JsonObject,
  { uses, certifies }: { readonly uses: readonly Use[]; readonly certifies: Use },
): CertifiedKey & { readonly use: Use } {
  assertMembers(entry, MEMBERS)
  const use = useIn(entry, uses)
  const life = parseKeyLife(entry)
  const { certificate } = entry
  if (certificate === undefined) return { use, ...life }
  const isForCertificates = use === certifies && life.key.algorithm === 'ES256'
  if (typeof certificate !== 'string' || !isForCertificates) throw fault('trust/format')
  const bytes = fromBase64url(certificate)
  if (bytes.length === 0 || bytes.length > MAX_CERTIFICATE_BYTES) throw fault('trust/format')
  return { use, ...life, certificate: bytes }
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
