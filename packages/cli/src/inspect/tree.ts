/** Parts of an inspection from decoded items: labels by name, times as dates, keys by thumbprint, secrets left out. */
import {
  type CborMap,
  type CborValue,
  Fault,
  isArray,
  isBytes,
  isMap,
  isObject,
  type JsonObject,
  type JsonValue,
  jwkThumbprint,
  type PublicKey,
  parseNumericDate,
  publicKeyFromCose,
  publicKeyFromJwk,
  toHex,
} from '@onetrip/codec'
import { CLAIM, HEADER } from '@onetrip/credential'
import { SEAL_CLAIM, SEAL_HEADER, SEAL_IMAGE, SEAL_OWNER, USED_SEAL } from '@onetrip/seal'
import { utc } from '../utc.ts'
import { diagnostic } from './diagnostic.ts'

const COSE_KEY_CONFIRMATION = 1
const TIMES: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat'])
/** Members that give rights to whoever reads them: never printed. */
const SECRETS: ReadonlySet<string> = new Set(['pre-authorized_code', 'd'])
const HIDDEN = '(secret, not shown)'

/** Names of integer labels, by label. */
export type LabelNames = ReadonlyMap<number, string>

/** Names of COSE header labels. */
export const HEADER_NAMES: LabelNames = namesOf({ ...SEAL_HEADER, ...HEADER })
/** Names of CWT claim keys. */
export const CLAIM_NAMES: LabelNames = namesOf({ ...SEAL_CLAIM, ...CLAIM })

/** Names inside maps that are claims or headers of seals and impressions. */
const INNER_NAMES: ReadonlyMap<string, LabelNames> = new Map([
  ['cwtClaims', CLAIM_NAMES],
  ['seal', namesOf(USED_SEAL)],
  ['sealImage', namesOf(SEAL_IMAGE)],
  ['sealOwner', namesOf(SEAL_OWNER)],
])

/** Turns a table of labels round. */
export function namesOf(labels: Readonly<Record<string, number>>): LabelNames {
  return new Map(Object.entries(labels).map(([name, label]) => [label, name]))
}

/** A CBOR map with its labels by name; `custom` may tell a value better than this does. */
export function mapTree(
  map: CborMap,
  names: LabelNames,
  custom: (name: string, value: CborValue) => JsonValue | undefined = () => undefined,
): JsonObject {
  const tree: Record<string, JsonValue> = Object.create(null)
  for (const [key, value] of map) {
    const name = typeof key === 'symbol' ? 'redacted' : nameOf(key, names)
    tree[name] = custom(name, value) ?? claimTree(name, value)
  }
  return tree
}

/** One CBOR item: byte strings as hexadecimal, what JSON does not have in diagnostic notation. */
export function itemTree(value: CborValue): JsonValue {
  if (isBytes(value)) return toHex(value)
  if (isArray(value)) return value.map(itemTree)
  if (isMap(value)) return mapTree(value, new Map())
  if (typeof value === 'object' && value !== null) return diagnostic(value)
  return value
}

/** A JSON value with times as dates and secrets left out. */
export function jsonTree(value: JsonValue, name = ''): JsonValue {
  if (TIMES.has(name)) return timeTree(value)
  if (Array.isArray(value)) return value.map((item) => jsonTree(item))
  return isObject(value) ? objectTree(value) : value
}

/** {@link jsonTree} of an object. */
export function objectTree(object: JsonObject): JsonObject {
  const tree: Record<string, JsonValue> = Object.create(null)
  for (const [member, inner] of Object.entries(object)) {
    tree[member] = SECRETS.has(member) ? HIDDEN : jsonTree(inner, member)
  }
  return tree
}

/** Unix seconds as UTC text; anything else as it is. */
export function timeTree(value: JsonValue): JsonValue {
  try {
    return utc(parseNumericDate(value))
  } catch (error) {
    if (error instanceof Fault) return value
    throw error
  }
}

/** A public key: algorithm, `kid` in hexadecimal, SHA-256 thumbprint. */
export function keyTree(key: PublicKey): JsonObject {
  return { algorithm: key.algorithm, kid: toHex(key.kid), thumbprint: jwkThumbprint(key) }
}

/** The key in a JWK, or its code when it is none. */
export function jwkTree(jwk: JsonObject): JsonObject {
  return orFault(() => keyTree(publicKeyFromJwk(jwk)))
}

function claimTree(name: string, value: CborValue): JsonValue {
  if (TIMES.has(name)) return typeof value === 'number' ? timeTree(value) : itemTree(value)
  if (name === 'sealKeys' && isArray(value)) return value.map(coseKeyTree)
  const names = INNER_NAMES.get(name)
  if (names !== undefined && isMap(value)) return mapTree(value, names)
  const key = name === 'cnf' && isMap(value) ? value.get(COSE_KEY_CONFIRMATION) : undefined
  return isMap(key) ? coseKeyTree(key) : itemTree(value)
}

function coseKeyTree(key: CborValue): JsonValue {
  return isMap(key) ? orFault(() => keyTree(publicKeyFromCose(key))) : itemTree(key)
}

/** The tree, or its code where it cannot be made. */
export function orFault(tree: () => JsonObject): JsonObject {
  try {
    return tree()
  } catch (error) {
    if (error instanceof Fault) return { fault: error.code }
    throw error
  }
}

function nameOf(key: number | string, names: LabelNames): string {
  return typeof key === 'number' ? (names.get(key) ?? String(key)) : key
}
