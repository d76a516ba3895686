/**
 * Selective disclosure of CBOR claims (draft-ietf-spice-sd-cwt §5 to §9): redaction anywhere in the
 * payload, in maps, arrays and inside disclosed values, and decoys. Knows nothing of licences.
 */
import {
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isBytes,
  isMap,
  REDACTED_KEYS,
  sha256,
} from '@onetrip/codec'
import { REDACTED_ELEMENT_TAG } from './labels.ts'

const SALT_BYTES = 16
const DIGEST_BYTES = 32
const MAX_DISCLOSURES = 256
const MAX_DEPTH = 16
/** Where a disclosure gets its head: an array of its own would cost as much as the hash. */
const wrapped = new Uint8Array(257)

/** A disclosure: of a map entry (with `key`), of an array element, or a decoy (no `value`). */
export interface CborDisclosure {
  /** Encoded `[salt, value, key]`, `[salt, value]` or `[salt]`, without byte string head. */
  readonly bytes: Uint8Array
  readonly key?: number | string
  readonly value?: CborValue
}

/** A payload with its disclosures put in place. */
export interface OpenedCbor {
  readonly claims: CborMap
  readonly disclosures: readonly CborDisclosure[]
  /** Digests without a disclosure; issuer's decoys count, being indistinguishable. */
  readonly hiddenCount: number
}

/** SHA-256 over the disclosure as an encoded byte string, head included (draft §5.1). */
export function cborDisclosureDigest(disclosure: Uint8Array): Uint8Array {
  const { length } = disclosure
  if (length < 24 || length > 255) return sha256(encodeCbor(disclosure))
  // Nearly every disclosure; a third of the time of the general encoder.
  wrapped[0] = 0x58
  wrapped[1] = length
  wrapped.set(disclosure, 2)
  return sha256(wrapped.subarray(0, length + 2))
}

/** Encodes the disclosure of one map entry; the salt is 16 random bytes. */
export function encodeCborDisclosure(salt: Uint8Array, value: CborValue, key: CborKey): Uint8Array {
  if (typeof key === 'symbol') throw new TypeError('a redaction cannot be redacted')
  return encodeCbor([salt, value, key])
}

/**
 * Puts disclosed entries and elements in their place and drops what stays hidden.
 *
 * Throws `sd-cwt/disclosure` (shape, or a map entry where an element belongs), `sd-cwt/duplicate-digest`,
 * `sd-cwt/claim-key` (a key that is there already), `sd-cwt/unreferenced-disclosure`, `sd-cwt/limit`
 * (256 disclosures, depth 16), and what decoding a disclosure throws.
 */
export function openCborDisclosures(payload: CborMap, encoded: readonly Uint8Array[]): OpenedCbor {
  if (encoded.length > MAX_DISCLOSURES) throw fault('sd-cwt/limit')
  const opener = new Opener()
  for (const bytes of encoded) opener.offer(bytes)
  const claims = opener.openMap(payload, 1)
  opener.assertAllUsed()
  return { claims, disclosures: opener.disclosures, hiddenCount: opener.hiddenCount }
}

class Opener {
  readonly disclosures: CborDisclosure[] = []
  hiddenCount = 0
  private readonly waiting = new Map<string, CborDisclosure>()
  private readonly seen = new Set<string>()

  offer(bytes: Uint8Array): void {
    const disclosure = decodeDisclosure(bytes)
    const digest = latin1(cborDisclosureDigest(bytes))
    if (this.waiting.has(digest)) throw fault('sd-cwt/duplicate-digest')
    this.waiting.set(digest, disclosure)
    this.disclosures.push(disclosure)
  }

  openMap(map: CborMap, depth: number): CborMap {
    if (depth > MAX_DEPTH) throw fault('sd-cwt/limit')
    const opened = new Map<CborKey, CborValue>()
    for (const [key, value] of map) {
      if (key !== REDACTED_KEYS) opened.set(key, this.open(value, depth))
    }
    const digests = map.get(REDACTED_KEYS)
    if (digests === undefined) return opened
    if (!isArray(digests)) throw fault('sd-cwt/disclosure')
    for (const digest of digests) {
      const disclosure = this.take(digest)
      if (disclosure === undefined || disclosure.value === undefined) continue
      const { key, value } = disclosure
      if (key === undefined) throw fault('sd-cwt/disclosure')
      if (opened.has(key)) throw fault('sd-cwt/claim-key')
      opened.set(key, this.open(value, depth))
    }
    return opened
  }

  assertAllUsed(): void {
    if (this.waiting.size > 0) throw fault('sd-cwt/unreferenced-disclosure')
  }

  private open(value: CborValue, depth: number): CborValue {
    if (isMap(value)) return this.openMap(value, depth + 1)
    if (isArray(value)) return this.openArray(value, depth + 1)
    if (value instanceof CborTag) throw fault('sd-cwt/disclosure')
    return value
  }

  private openArray(array: readonly CborValue[], depth: number): readonly CborValue[] {
    if (depth > MAX_DEPTH) throw fault('sd-cwt/limit')
    const opened: CborValue[] = []
    for (const element of array) {
      if (!(element instanceof CborTag)) {
        opened.push(this.open(element, depth))
        continue
      }
      if (element.tag !== REDACTED_ELEMENT_TAG) throw fault('sd-cwt/disclosure')
      const disclosure = this.take(element.value)
      if (disclosure === undefined || disclosure.value === undefined) continue
      if (disclosure.key !== undefined) throw fault('sd-cwt/disclosure')
      opened.push(this.open(disclosure.value, depth))
    }
    return opened
  }

  /** The disclosure of a digest, each once; without one, the digest counts as hidden. */
  private take(digest: CborValue): CborDisclosure | undefined {
    if (!isBytes(digest) || digest.length !== DIGEST_BYTES) throw fault('sd-cwt/disclosure')
    const name = latin1(digest)
    if (this.seen.has(name)) throw fault('sd-cwt/duplicate-digest')
    this.seen.add(name)
    const disclosure = this.waiting.get(name)
    if (disclosure === undefined) this.hiddenCount++
    else this.waiting.delete(name)
    return disclosure
  }
}

function decodeDisclosure(bytes: Uint8Array): CborDisclosure {
  const parts = decodeCbor(bytes, { tags: [REDACTED_ELEMENT_TAG], redactedKeys: true })
  if (!isArray(parts) || parts.length < 1 || parts.length > 3) throw fault('sd-cwt/disclosure')
  const [salt, value, key] = parts
  if (!isBytes(salt) || salt.length !== SALT_BYTES) throw fault('sd-cwt/disclosure')
  if (value === undefined) return { bytes }
  if (key === undefined) return { bytes, value }
  if (typeof key !== 'number' && typeof key !== 'string') throw fault('sd-cwt/claim-key')
  return { bytes, value, key }
}

/** Bytes as a text of the same length, a cheap map key. */
function latin1(bytes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, undefined, bytes)
}
