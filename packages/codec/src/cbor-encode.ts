/** Deterministic CBOR encoder for all that is signed or hashed (RFC 8949 §4.2.1). */
import { compareBytes, equalBytes, utf8Encode } from './bytes.ts'
import {
  CborFloat,
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  isArray,
  isBytes,
  isMap,
  REDACTED_KEYS,
} from './cbor-value.ts'
import { halfFromNumber } from './float16.ts'
import { isForbiddenName } from './forbidden-names.ts'
import { utf8Length, writeUtf8 } from './utf8.ts'

const FIRST_CAPACITY = 1_024
const MAX_DEPTH = 256

/**
 * Encodes one item in its one core deterministic form: shortest heads, definite lengths, shortest
 * exact floats, map keys sorted bytewise by their encoded form. Throws `TypeError`, since the caller
 * is at fault, for what the decoder would never give: `undefined`, a number that is not a safe integer,
 * a lone surrogate, a key such as `__proto__`, or nesting deeper than 256.
 * Source: RFC 8949 §4.2.1.
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = new Writer()
  writer.writeItem(value, 1)
  return writer.finish()
}

/**
 * Says whether bytes are the encoding of an item, as `equalBytes(bytes, encodeCbor(value))` does, but without an
 * array of its own, which costs more than most encodings do. Throws as {@link encodeCbor} does.
 */
export function isCborOf(bytes: Uint8Array, value: CborValue): boolean {
  const writer = new Writer()
  writer.writeItem(value, 1)
  return writer.hasWritten(bytes)
}

/** Every encoding begins here: an array of its own would cost more than most encodings do. */
const scratch = new Uint8Array(FIRST_CAPACITY)

class Writer {
  private bytes = scratch
  private length = 0

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  hasWritten(bytes: Uint8Array): boolean {
    return equalBytes(bytes, this.bytes.subarray(0, this.length))
  }

  writeItem(value: CborValue, depth: number): void {
    if (depth > MAX_DEPTH) throw new TypeError('CBOR nesting deeper than 256')
    if (typeof value === 'number') this.writeInteger(value)
    else if (typeof value === 'string') this.writeText(value)
    else if (isBytes(value)) this.writeBytes(0x40, value)
    else if (value === null) this.writeHead(0xe0, 22)
    else if (typeof value === 'boolean') this.writeHead(0xe0, value ? 21 : 20)
    else if (isMap(value)) this.writeMap(value, depth)
    else if (isArray(value)) this.writeArray(value, depth)
    else if (value instanceof CborTag) this.writeTag(value, depth)
    else if (value instanceof CborFloat) this.writeFloat(value.value)
    else throw new TypeError('not a CBOR value')
  }

  private writeInteger(value: number): void {
    if (!Number.isSafeInteger(value)) throw new TypeError('not a safe integer')
    if (value >= 0) this.writeHead(0x00, value)
    else this.writeHead(0x20, -1 - value)
  }

  private writeHead(major: number, argument: number): void {
    this.reserve(9)
    if (argument < 24) {
      this.bytes[this.length++] = major | argument
      return
    }
    if (argument < 0x100) {
      this.bytes[this.length++] = major | 24
      this.bytes[this.length++] = argument
      return
    }
    const size = argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8
    this.bytes[this.length++] = major | (size === 8 ? 27 : 24 + (size >> 1))
    let rest = argument
    for (let index = this.length + size - 1; index >= this.length; index--) {
      this.bytes[index] = rest % 256
      rest = Math.floor(rest / 256)
    }
    this.length += size
  }

  private writeBytes(major: number, bytes: Uint8Array): void {
    this.writeHead(major, bytes.length)
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  private writeText(text: string): void {
    const byteLength = utf8Length(text)
    this.writeHead(0x60, byteLength)
    this.reserve(byteLength)
    writeUtf8(text, this.bytes, this.length)
    this.length += byteLength
  }

  private writeArray(items: readonly CborValue[], depth: number): void {
    this.writeHead(0x80, items.length)
    for (const item of items) this.writeItem(item, depth + 1)
  }

  private writeMap(map: CborMap, depth: number): void {
    this.writeHead(0xa0, map.size)
    for (const key of sortedKeys(map)) {
      this.writeKey(key)
      this.writeItem(map.get(key) as CborValue, depth + 1)
    }
  }

  private writeKey(key: CborKey): void {
    if (typeof key === 'number') this.writeInteger(key)
    else if (key === REDACTED_KEYS) this.writeHead(0xe0, 59)
    else if (typeof key !== 'string') throw new TypeError('not a CBOR map key')
    else if (isForbiddenName(key)) throw new TypeError('a map key that decoders refuse')
    else this.writeText(key)
  }

  private writeTag(tag: CborTag, depth: number): void {
    if (!Number.isSafeInteger(tag.tag) || tag.tag < 0) throw new TypeError('not a tag number')
    this.writeHead(0xc0, tag.tag)
    this.writeItem(tag.value, depth + 1)
  }

  private writeFloat(value: number): void {
    this.reserve(9)
    const half = halfFromNumber(value)
    const view = new DataView(this.bytes.buffer, this.length)
    if (half !== undefined) {
      view.setUint8(0, 0xf9)
      view.setUint16(1, half)
      this.length += 3
    } else if (Math.fround(value) === value) {
      view.setUint8(0, 0xfa)
      view.setFloat32(1, value)
      this.length += 5
    } else {
      view.setUint8(0, 0xfb)
      view.setFloat64(1, value)
      this.length += 9
    }
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}

/** The keys in the order of their encoded forms. */
function sortedKeys(map: CborMap): readonly CborKey[] {
  const keys = [...map.keys()]
  for (let index = 1; index < keys.length; index++) {
    if (compareKeys(keys[index - 1] as CborKey, keys[index] as CborKey) > 0) {
      return keys.sort(compareKeys)
    }
  }
  return keys
}

/** Bytewise order without encoding: 0, 1, 2 …, −1, −2 …, texts by length then bytes, simple(59). */
function compareKeys(a: CborKey, b: CborKey): number {
  const majorDifference = keyMajor(a) - keyMajor(b)
  if (majorDifference !== 0) return majorDifference
  if (typeof a === 'number' && typeof b === 'number') return a < 0 ? b - a : a - b
  if (typeof a !== 'string' || typeof b !== 'string') return 0
  const byteLength = utf8Length(a)
  if (byteLength !== utf8Length(b)) return byteLength - utf8Length(b)
  // Of ASCII, the order of the texts is that of their bytes.
  if (byteLength === a.length && byteLength === b.length) return a < b ? -1 : 1
  return compareBytes(utf8Encode(a), utf8Encode(b))
}

function keyMajor(key: CborKey): number {
  if (typeof key === 'number') return key < 0 ? 1 : 0
  return typeof key === 'string' ? 3 : 7
}
