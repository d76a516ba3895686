/**
 * Strict CBOR decoder for everything that comes from outside: core deterministic encoding only
 * (RFC 8949 §4.2.1), in one pass, with limits that are checked before anything is allocated.
 * Reading stops at `maxBytes`, so the time is linear in the smaller of limit and input.
 */
import { utf8Decode } from './bytes.ts'
import {
  CborFloat,
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  REDACTED_KEYS,
} from './cbor-value.ts'
import { type Fault, fault } from './errors.ts'
import { halfFromNumber, numberFromHalf } from './float16.ts'
import { isForbiddenName } from './forbidden-names.ts'

const MAX_KEY_BYTES = 255
const MAX_STACK_DEPTH = 256
const SHORT_TEXT_BYTES = 48

/**
 * Weakens one rule, for credentials that others made: map keys may come in any order.
 * Duplicates stay refused. What OneTrip signs is always in order.
 */
export const ANY_KEY_ORDER: unique symbol = Symbol('any key order')

/** What a decoder accepts; every field has a safe default. */
export interface CborLimits {
  /** Longest input in bytes; default 65,536. */
  readonly maxBytes?: number
  /** Deepest nesting of arrays, maps and tags; default 16, never more than 256. */
  readonly maxDepth?: number
  /** Most data items, map keys included; default 4,096. */
  readonly maxItems?: number
  /** Longest text string in bytes of UTF-8; default: only `maxBytes`. */
  readonly maxTextBytes?: number
  /** Tags that may appear; default none. */
  readonly tags?: ReadonlySet<number> | readonly number[]
  /** Whether simple(59) may be a map key (SD-CWT); default false. */
  readonly redactedKeys?: boolean
  /** Whether floats may appear, as {@link CborFloat}; default true. */
  readonly floats?: boolean
  readonly [ANY_KEY_ORDER]?: boolean
}

/**
 * Decodes exactly one item. Byte strings are views of the input, not copies.
 *
 * Throws `cbor/truncated`, `cbor/trailing-bytes`, `cbor/limit`, `cbor/too-deep`, `cbor/malformed`,
 * `cbor/indefinite-length`, `cbor/not-canonical` (longer head than needed, keys out of order, float
 * not shortest), `cbor/duplicate-key`, `cbor/key-not-allowed` (neither integer nor text of at most
 * 255 bytes, or a name such as `__proto__`), `cbor/integer-range` (outside ±(2^53 − 1)),
 * `cbor/tag-not-allowed`, `cbor/simple-not-allowed`, `cbor/float-not-allowed`, `text/encoding`.
 * Source: RFC 8949 §3, §4.2.1, §5.
 */
export function decodeCbor(bytes: Uint8Array, options: CborLimits = {}): CborValue {
  const reader = new Reader(bytes, options)
  const value = reader.readItem(1)
  reader.assertAtEnd()
  return value
}

class Reader {
  private readonly bytes: Uint8Array
  private readonly end: number
  private readonly maxDepth: number
  private readonly maxTextBytes: number
  private readonly tags: ReadonlySet<number> | readonly number[]
  private readonly redactedKeys: boolean
  private readonly floats: boolean
  private readonly anyKeyOrder: boolean
  private itemsLeft: number
  private offset = 0

  constructor(bytes: Uint8Array, options: CborLimits) {
    // A Node Buffer would hand out Buffers as its parts.
    this.bytes = bytes.constructor === Uint8Array ? bytes : plainView(bytes)
    this.end = Math.min(bytes.length, options.maxBytes ?? 65_536)
    this.maxDepth = Math.min(options.maxDepth ?? 16, MAX_STACK_DEPTH)
    this.maxTextBytes = options.maxTextBytes ?? Number.POSITIVE_INFINITY
    this.tags = options.tags ?? []
    this.redactedKeys = options.redactedKeys ?? false
    this.floats = options.floats ?? true
    this.anyKeyOrder = options[ANY_KEY_ORDER] ?? false
    this.itemsLeft = options.maxItems ?? 4_096
  }

  assertAtEnd(): void {
    if (this.bytes.length > this.end) throw fault('cbor/limit')
    if (this.offset !== this.end) throw fault('cbor/trailing-bytes')
  }

  readItem(depth: number): CborValue {
    const initial = this.readInitial()
    if (initial < 0x18) return initial
    switch (initial >> 5) {
      case 0:
        return this.readInteger(initial)
      case 1:
        return -1 - this.readInteger(initial)
      case 2:
        return this.readBytes(this.readLength(initial))
      case 3:
        return this.readText(this.readLength(initial))
      case 4:
        return this.readArray(this.readLength(initial), depth)
      case 5:
        return this.readMap(this.readLength(initial), depth)
      case 6:
        return this.readTag(initial, depth)
      default:
        return this.readSimple(initial)
    }
  }

  private readInitial(): number {
    if (this.itemsLeft-- <= 0) throw fault('cbor/limit')
    if (this.offset >= this.end) throw this.pastEnd()
    return this.bytes[this.offset++] as number
  }

  /** The argument of a head; above 2^53 it is rounded, and only ever compared with a limit. */
  private readArgument(initial: number): number {
    const info = initial & 0x1f
    if (info < 24) return info
    if (info > 27) throw fault('cbor/malformed')
    const size = 1 << (info - 24)
    this.assertLeft(size)
    let argument = 0
    for (let index = 0; index < size; index++) {
      argument = argument * 256 + (this.bytes[this.offset++] as number)
    }
    const least = size === 1 ? 24 : 256 ** (size / 2)
    if (argument < least) throw fault('cbor/not-canonical')
    return argument
  }

  private readInteger(initial: number): number {
    const argument = this.readArgument(initial)
    const most = initial < 0x20 ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - 1
    if (argument > most) throw fault('cbor/integer-range')
    return argument
  }

  private readLength(initial: number): number {
    if ((initial & 0x1f) === 31) throw fault('cbor/indefinite-length')
    const length = this.readArgument(initial)
    // An element takes at least one byte, so this also bounds the counts of arrays and maps.
    this.assertLeft(length)
    return length
  }

  private readBytes(length: number): Uint8Array {
    const start = this.offset
    this.offset = start + length
    return this.bytes.subarray(start, this.offset)
  }

  private readText(length: number): string {
    if (length > this.maxTextBytes) throw fault('cbor/limit')
    const start = this.offset
    const end = start + length
    this.offset = end
    if (length > SHORT_TEXT_BYTES) return utf8Decode(this.bytes.subarray(start, end))
    let text = ''
    for (let index = start; index < end; index++) {
      const byte = this.bytes[index] as number
      if (byte >= 0x80) return utf8Decode(this.bytes.subarray(start, end))
      text += String.fromCharCode(byte)
    }
    return text
  }

  private readArray(count: number, depth: number): readonly CborValue[] {
    if (depth > this.maxDepth) throw fault('cbor/too-deep')
    if (count > this.itemsLeft) throw fault('cbor/limit')
    const items: CborValue[] = []
    for (let index = 0; index < count; index++) items.push(this.readItem(depth + 1))
    return items
  }

  private readMap(count: number, depth: number): CborMap {
    if (depth > this.maxDepth) throw fault('cbor/too-deep')
    if (count * 2 > this.itemsLeft) throw fault('cbor/limit')
    const map = new Map<CborKey, CborValue>()
    let previousStart = 0
    let previousEnd = 0
    for (let index = 0; index < count; index++) {
      const start = this.offset
      const key = this.readKey()
      if (this.anyKeyOrder || index === 0) {
        if (map.has(key)) throw fault('cbor/duplicate-key')
      } else if (!this.isInOrder(previousStart, previousEnd, start)) {
        throw fault(map.has(key) ? 'cbor/duplicate-key' : 'cbor/not-canonical')
      }
      previousStart = start
      previousEnd = this.offset
      map.set(key, this.readItem(depth + 1))
    }
    return map
  }

  private readKey(): CborKey {
    const initial = this.readInitial()
    if (initial < 0x18) return initial
    switch (initial >> 5) {
      case 0:
        return this.readInteger(initial)
      case 1:
        return -1 - this.readInteger(initial)
      case 3:
        return this.readTextKey(this.readLength(initial))
      default:
        return this.readRedactedKeys(initial)
    }
  }

  private readTextKey(length: number): string {
    if (length > MAX_KEY_BYTES) throw fault('cbor/key-not-allowed')
    const name = this.readText(length)
    if (isForbiddenName(name)) throw fault('cbor/key-not-allowed')
    return name
  }

  private readRedactedKeys(initial: number): typeof REDACTED_KEYS {
    if (!this.redactedKeys || initial !== 0xf8) throw fault('cbor/key-not-allowed')
    this.assertLeft(1)
    if (this.bytes[this.offset++] !== 59) throw fault('cbor/key-not-allowed')
    return REDACTED_KEYS
  }

  /** Whether the previous key's bytes come before those from `start` to the cursor. */
  private isInOrder(previousStart: number, previousEnd: number, start: number): boolean {
    const length = Math.min(previousEnd - previousStart, this.offset - start)
    for (let index = 0; index < length; index++) {
      const before = this.bytes[previousStart + index] as number
      const after = this.bytes[start + index] as number
      if (before !== after) return before < after
    }
    // A whole item is never the beginning of another one: the two keys are the same.
    return false
  }

  private readTag(initial: number, depth: number): CborTag {
    const tag = this.readArgument(initial)
    if (!isListed(this.tags, tag)) throw fault('cbor/tag-not-allowed')
    if (depth > this.maxDepth) throw fault('cbor/too-deep')
    return new CborTag(tag, this.readItem(depth + 1))
  }

  private readSimple(initial: number): CborValue {
    switch (initial) {
      case 0xf4:
        return false
      case 0xf5:
        return true
      case 0xf6:
        return null
      case 0xf9:
      case 0xfa:
      case 0xfb:
        return this.readFloat(initial)
      case 0xf8:
        this.assertLeft(1)
        throw fault(
          (this.bytes[this.offset] as number) < 32 ? 'cbor/malformed' : 'cbor/simple-not-allowed',
        )
      default:
        throw fault(initial < 0xf8 ? 'cbor/simple-not-allowed' : 'cbor/malformed')
    }
  }

  private readFloat(initial: number): CborFloat {
    if (!this.floats) throw fault('cbor/float-not-allowed')
    const size = 2 << (initial - 0xf9)
    this.assertLeft(size)
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.offset, size)
    this.offset += size
    if (size === 2) return halfFloat(view.getUint16(0))
    const value = size === 4 ? view.getFloat32(0) : view.getFloat64(0)
    const isTooLong =
      halfFromNumber(value) !== undefined || (size === 8 && Math.fround(value) === value)
    if (isTooLong) throw fault('cbor/not-canonical')
    return new CborFloat(value)
  }

  private assertLeft(count: number): void {
    if (count > this.end - this.offset) throw this.pastEnd()
  }

  private pastEnd(): Fault {
    return fault(this.bytes.length > this.end ? 'cbor/limit' : 'cbor/truncated')
  }
}

function plainView(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}

function halfFloat(half: number): CborFloat {
  const value = numberFromHalf(half)
  if (Number.isNaN(value) && half !== 0x7e00) throw fault('cbor/not-canonical')
  return new CborFloat(value)
}

function isListed(tags: ReadonlySet<number> | readonly number[], tag: number): boolean {
  return 'has' in tags ? tags.has(tag) : tags.includes(tag)
}
