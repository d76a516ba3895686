/**
 * Selective disclosure of JSON claims (RFC 9901 §4.2, §7.1): redaction anywhere in the payload, in
 * objects, arrays and inside disclosed values. Knows nothing of licences.
 */
import {
  encodeJson,
  fault,
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  sha256Base64url,
  textToBase64url,
  toBase64url,
} from '@onetrip/codec'

const DIGESTS = '_sd'
const HASH_ALGORITHM = '_sd_alg'
const ELEMENT = '...'
const SALT_BYTES = 16
const SALT_CHARACTERS = 22
const PADDED_SALT_BYTES = 18
const PADDED_SALT_CHARACTERS = 24
const MAX_DISCLOSURES = 256
const MAX_DEPTH = 16
const FORBIDDEN: ReadonlySet<string> = new Set([
  ...[DIGESTS, ELEMENT],
  ...['__proto__', 'constructor', 'prototype'],
])

/** A disclosure: of an object member (with `name`) or of an array element. */
export interface JsonDisclosure {
  /** Base64url text, as received. */
  readonly text: string
  readonly name?: string
  readonly value: JsonValue
}

/** A payload with its disclosures put in place, without `_sd` and `_sd_alg`. */
export interface OpenedJson {
  readonly claims: JsonObject
  readonly disclosures: readonly JsonDisclosure[]
  /** Digests without a disclosure; issuer's decoys count, being indistinguishable. */
  readonly hiddenCount: number
}

/** Base64url SHA-256 over the ASCII of the base64url disclosure (RFC 9901 §4.2.3). */
export function jsonDisclosureDigest(disclosure: string): string {
  return sha256Base64url(disclosure)
}

/** Encodes the disclosure of an object member, or of an array element when `name` is left out. */
export function encodeJsonDisclosure(salt: Uint8Array, value: JsonValue, name?: string): string {
  return encodeSaltedJson(toBase64url(salt), value, name)
}

/** {@link encodeJsonDisclosure} with the salt as base64url. */
export function encodeSaltedJson(salt: string, value: JsonValue, name?: string): string {
  return textToBase64url(encodeJson(name === undefined ? [salt, value] : [salt, name, value]))
}

/**
 * Base64url of each 16-byte salt in a row. All at once: two zero bytes after each make whole groups of base64url,
 * of which the first 22 characters are the salt's.
 */
export function saltTexts(salts: Uint8Array): readonly string[] {
  const count = salts.length / SALT_BYTES
  const padded = new Uint8Array(count * PADDED_SALT_BYTES)
  for (let index = 0; index < salts.length; index++) {
    padded[index + 2 * Math.floor(index / SALT_BYTES)] = salts[index] ?? 0
  }
  const text = toBase64url(padded)
  const texts: string[] = []
  for (let start = 0; start < text.length; start += PADDED_SALT_CHARACTERS) {
    texts.push(text.slice(start, start + SALT_CHARACTERS))
  }
  return texts
}

/**
 * Puts disclosed members and elements in their place and drops what stays hidden.
 *
 * Throws `sd-jwt/hash-algorithm` (anything but sha-256), `sd-jwt/disclosure` (shape, or a member where an
 * element belongs), `sd-jwt/duplicate-digest`, `sd-jwt/claim-name` (`_sd`, `...`, or there already),
 * `sd-jwt/unreferenced-disclosure`, `sd-jwt/limit` (256 disclosures, depth 16), `json/*`.
 */
export function openJsonDisclosures(payload: JsonObject, texts: readonly string[]): OpenedJson {
  if (texts.length > MAX_DISCLOSURES) throw fault('sd-jwt/limit')
  const algorithm = payload[HASH_ALGORITHM]
  if (algorithm !== undefined && algorithm !== 'sha-256') throw fault('sd-jwt/hash-algorithm')
  const opener = new Opener()
  for (const text of texts) opener.offer(text)
  const claims = opener.openObject(payload, 1)
  opener.assertAllUsed()
  return { claims, disclosures: opener.disclosures, hiddenCount: opener.hiddenCount }
}

class Opener {
  readonly disclosures: JsonDisclosure[] = []
  hiddenCount = 0
  private readonly waiting = new Map<string, JsonDisclosure>()
  private readonly seen = new Set<string>()

  offer(text: string): void {
    const disclosure = decodeDisclosure(text)
    const digest = jsonDisclosureDigest(text)
    if (this.waiting.has(digest)) throw fault('sd-jwt/duplicate-digest')
    this.waiting.set(digest, disclosure)
    this.disclosures.push(disclosure)
  }

  openObject(object: JsonObject, depth: number): JsonObject {
    if (depth > MAX_DEPTH) throw fault('sd-jwt/limit')
    const opened: Record<string, JsonValue> = Object.create(null)
    for (const name of Object.keys(object)) {
      if (name === DIGESTS || (depth === 1 && name === HASH_ALGORITHM)) continue
      if (name === ELEMENT) throw fault('sd-jwt/claim-name')
      opened[name] = this.open(object[name] ?? null, depth)
    }
    const digests = object[DIGESTS]
    if (digests === undefined) return opened
    if (!Array.isArray(digests)) throw fault('sd-jwt/disclosure')
    for (const digest of digests) {
      const disclosure = this.take(digest)
      if (disclosure === undefined) continue
      const { name, value } = disclosure
      if (name === undefined) throw fault('sd-jwt/disclosure')
      if (name in opened) throw fault('sd-jwt/claim-name')
      opened[name] = this.open(value, depth)
    }
    return opened
  }

  assertAllUsed(): void {
    if (this.waiting.size > 0) throw fault('sd-jwt/unreferenced-disclosure')
  }

  private open(value: JsonValue, depth: number): JsonValue {
    if (isObject(value)) return this.openObject(value, depth + 1)
    if (Array.isArray(value)) return this.openArray(value, depth + 1)
    return value
  }

  private openArray(array: readonly JsonValue[], depth: number): readonly JsonValue[] {
    if (depth > MAX_DEPTH) throw fault('sd-jwt/limit')
    const opened: JsonValue[] = []
    for (const element of array) {
      if (!isObject(element) || !Object.hasOwn(element, ELEMENT)) {
        opened.push(this.open(element, depth))
        continue
      }
      if (Object.keys(element).length !== 1) throw fault('sd-jwt/claim-name')
      const disclosure = this.take(element[ELEMENT])
      if (disclosure === undefined) continue
      if (disclosure.name !== undefined) throw fault('sd-jwt/disclosure')
      opened.push(this.open(disclosure.value, depth))
    }
    return opened
  }

  /** The disclosure of a digest, each once; without one, the digest counts as hidden. */
  private take(digest: JsonValue | undefined): JsonDisclosure | undefined {
    if (typeof digest !== 'string') throw fault('sd-jwt/disclosure')
    if (this.seen.has(digest)) throw fault('sd-jwt/duplicate-digest')
    this.seen.add(digest)
    const disclosure = this.waiting.get(digest)
    if (disclosure === undefined) this.hiddenCount++
    else this.waiting.delete(digest)
    return disclosure
  }
}

function decodeDisclosure(text: string): JsonDisclosure {
  const parts = parseJson(fromBase64url(text))
  if (!Array.isArray(parts) || parts.length < 2 || parts.length > 3)
    throw fault('sd-jwt/disclosure')
  const [salt, second, third] = parts
  if (typeof salt !== 'string' || second === undefined) throw fault('sd-jwt/disclosure')
  if (third === undefined) return { text, value: second }
  if (typeof second !== 'string') throw fault('sd-jwt/disclosure')
  if (FORBIDDEN.has(second)) throw fault('sd-jwt/claim-name')
  return { text, name: second, value: third }
}
