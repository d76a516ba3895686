/**
 * Reads an mdoc of a licence (ISO/IEC 18013-5:2021 §8.3.2.1.2.2, §9.1.2.4; `IssuerSigned`): structure and digests only; keys and
 * trust are the verifier's. Document type and namespace are the `vct` of the type's definition, which is unique and names its
 * version; elements are its claims by name. What no holder may leave out stands in one element of its own, {@link LICENCE_ELEMENT}.
 */
import {
  ANY_KEY_ORDER,
  type CborKey,
  type CborLimits,
  type CborMap,
  CborTag,
  type CborValue,
  decodeCbor,
  encodeCbor,
  equalBytes,
  fault,
  isArray,
  isBytes,
  isMap,
  type Sign1,
  sha256,
  sign1FromValue,
  toBase64url,
} from '@onetrip/codec'
import type { CredentialClaims } from './credential-claims.ts'
import { assertHolderKey, parseCwtClaims } from './cwt-claims.ts'
import { CLAIM, COSE_KEY_CONFIRMATION, LICENCE_ELEMENT, MDOC_TAG } from './labels.ts'

const MIN_RANDOM_BYTES = 16
const MAX_RANDOM_BYTES = 64
const MAX_ITEMS = 256
const SIGN1_TAG = 18
/** `tdate` without fractions (§7.2.1), in UTC. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** Other makers' software writes maps in other orders; nothing is verified but as it was received. */
export const MDOC_LIMITS: CborLimits = {
  tags: Object.values(MDOC_TAG),
  floats: false,
  [ANY_KEY_ORDER]: true,
}

/** A disclosed element; its digest stands in what the issuer signed. */
export interface MdocItem {
  readonly name: string
  readonly value: CborValue
  /** Its salt, 16 to 64 bytes. */
  readonly random: Uint8Array
  /** `IssuerSignedItem` as received: what tag 24 encloses. */
  readonly bytes: Uint8Array
}

/** An mdoc of a licence; its signature is not verified by parsing. */
export interface Mdoc {
  readonly form: 'mdoc'
  readonly docType: string
  readonly sign1: Sign1
  readonly items: readonly MdocItem[]
  readonly claims: CredentialClaims
}

/**
 * Parses an `IssuerSigned` of a licence. Throws `mdoc/format` (a member that is missing or of a wrong type, another version, digest
 * algorithm or namespace, a random below 16 bytes, more than 256 elements), `mdoc/digest` (an element that was not signed),
 * `mdoc/licence-hidden`, `credential/format`, `claim/format`, `time/format`, `status/*`, `key/*`, `cose/*`, `cbor/*`.
 */
export function parseMdoc(bytes: Uint8Array): Mdoc {
  return mdocFromValue(decodeCbor(bytes, MDOC_LIMITS))
}

/** Takes an `IssuerSigned` that is already an item, one in a response. Throws as {@link parseMdoc} does. */
export function mdocFromValue(value: CborValue | undefined): Mdoc {
  const issuerSigned = mapOf(value)
  const issuerAuth = new CborTag(SIGN1_TAG, issuerSigned.get('issuerAuth') ?? null)
  const sign1 = sign1FromValue(issuerAuth, MDOC_LIMITS)
  const signed = mapOf(enclosed(decodeCbor(sign1.payload, MDOC_LIMITS)))
  if (signed.get('version') !== '1.0' || signed.get('digestAlgorithm') !== 'SHA-256') {
    throw fault('mdoc/format')
  }
  const docType = textOf(signed.get('docType'))
  const digests = mapOf(onlyIn(signed.get('valueDigests'), docType))
  const items = itemsOf(onlyIn(issuerSigned.get('nameSpaces'), docType), digests)
  const claims = claimsOf({ signed, docType, items, hiddenCount: digests.size - items.length })
  return { form: 'mdoc', docType, sign1, items, claims }
}

/** A map, or `mdoc/format`. */
export function mapOf(value: CborValue | undefined): CborMap {
  if (!isMap(value)) throw fault('mdoc/format')
  return value
}

/** What tag 24 encloses, as received, or `mdoc/format`. */
export function enclosedBytes(value: CborValue | undefined): Uint8Array {
  const isEnclosed = value instanceof CborTag && value.tag === MDOC_TAG.enclosed
  if (!isEnclosed || !isBytes(value.value)) throw fault('mdoc/format')
  return value.value
}

/** The item that tag 24 encloses. Throws `mdoc/format`, `cbor/*`. */
export function enclosed(value: CborValue | undefined): CborValue {
  return decodeCbor(enclosedBytes(value), MDOC_LIMITS)
}

function itemsOf(value: CborValue, digests: CborMap): readonly MdocItem[] {
  if (!isArray(value) || value.length > MAX_ITEMS) throw fault('mdoc/format')
  const ids = new Set<CborKey>()
  const items = value.map((one) => {
    const item = mapOf(enclosed(one))
    const [id, random] = [item.get('digestID'), item.get('random')]
    const content = item.get('elementValue')
    if (typeof id !== 'number' || !isSalt(random) || content === undefined || item.size !== 4) {
      throw fault('mdoc/format')
    }
    const digest = digests.get(id)
    // One digest for one element: what stands twice could count twice.
    const isSigned = isBytes(digest) && equalBytes(digest, sha256(encodeCbor(one)))
    if (!isSigned || ids.has(id)) throw fault('mdoc/digest')
    ids.add(id)
    return {
      name: textOf(item.get('elementIdentifier')),
      value: content,
      random,
      bytes: enclosedBytes(one),
    }
  })
  if (new Set(items.map(({ name }) => name)).size !== items.length) throw fault('mdoc/format')
  return items
}

function isSalt(value: CborValue | undefined): value is Uint8Array {
  return isBytes(value) && value.length >= MIN_RANDOM_BYTES && value.length <= MAX_RANDOM_BYTES
}

/** The same claims as a CWT's: each member has its place there. */
function claimsOf(of: {
  readonly signed: CborMap
  readonly docType: string
  readonly items: readonly MdocItem[]
  readonly hiddenCount: number
}): CredentialClaims {
  const { signed, docType, items, hiddenCount } = of
  const stated = items.find(({ name }) => name === LICENCE_ELEMENT)?.value
  if (stated === undefined) throw fault('mdoc/licence-hidden')
  if (!isArray(stated) || stated.length !== 2) throw fault('mdoc/format')
  const [issuer, own] = stated
  const licence = new Map<CborKey, CborValue>(mapOf(own))
  for (const { name, value } of items) {
    if (name !== LICENCE_ELEMENT) licence.set(name, plainValue(value))
  }
  const validity = mapOf(signed.get('validityInfo'))
  const deviceKey = mapOf(mapOf(signed.get('deviceKeyInfo')).get('deviceKey'))
  const payload = new Map<CborKey, CborValue>([
    [CLAIM.iss, issuer ?? null],
    [CLAIM.vct, docType],
    [CLAIM.iat, secondsOf(validity.get('signed'))],
    [CLAIM.nbf, secondsOf(validity.get('validFrom'))],
    [CLAIM.exp, secondsOf(validity.get('validUntil'))],
    [CLAIM.cnf, new Map([[COSE_KEY_CONFIRMATION, deviceKey]])],
    [CLAIM.status, signed.get('status') ?? null],
    [CLAIM.licence, licence],
  ])
  assertHolderKey(payload)
  return parseCwtClaims({ signed: payload, opened: payload, hiddenCount })
}

/** The value of the one member that a map has. */
function onlyIn(value: CborValue | undefined, name: string): CborValue {
  const map = mapOf(value)
  const only = map.get(name)
  if (map.size !== 1 || only === undefined) throw fault('mdoc/format')
  return only
}

/** A value as JSON would have it: a calendar day and bytes as text. */
function plainValue(value: CborValue): CborValue {
  if (isBytes(value)) return toBase64url(value)
  return value instanceof CborTag && value.tag === MDOC_TAG.fullDate ? value.value : value
}

function secondsOf(value: CborValue | undefined): number {
  const text = value instanceof CborTag && value.tag === MDOC_TAG.dateTime ? value.value : undefined
  if (typeof text !== 'string' || !DATE_TIME.test(text)) throw fault('time/format')
  const milliseconds = Date.parse(text)
  // The 30th of February would become the 1st of March.
  const isTime =
    milliseconds >= 0 && new Date(milliseconds).toISOString() === `${text.slice(0, -1)}.000Z`
  if (!isTime) throw fault('time/format')
  return milliseconds / 1000
}

function textOf(value: CborValue | undefined): string {
  if (typeof value !== 'string' || value === '') throw fault('mdoc/format')
  return value
}
