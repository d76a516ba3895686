/** The cursor behind `parseJson`: one pass of recursive descent over the text (RFC 8259 §2 to §7). */
import { type Fault, fault } from './errors.ts'
import { isForbiddenName } from './forbidden-names.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

const QUOTE = 0x22
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const ARRAY_START = 0x5b
const BACKSLASH = 0x5c
const ARRAY_END = 0x5d
const OBJECT_START = 0x7b
const OBJECT_END = 0x7d
const SMALL_A = 0x61
const SMALL_E = 0x65
const SMALL_F = 0x66
const SMALL_N = 0x6e
const SMALL_T = 0x74

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** What one reading needs. */
export interface JsonReading {
  readonly text: string
  /** Whether the text is only the beginning of an input that is too long. */
  readonly isCut: boolean
  readonly maxDepth: number
  readonly maxItems: number
}

/** Reads one text once; throws the `json/*` codes that `parseJson` lists. */
export class JsonReader {
  private readonly text: string
  private readonly isCut: boolean
  private readonly maxDepth: number
  private itemsLeft: number
  private offset = 0

  constructor(reading: JsonReading) {
    this.text = reading.text
    this.isCut = reading.isCut
    this.maxDepth = reading.maxDepth
    this.itemsLeft = reading.maxItems
  }

  /** The value that is the whole text. */
  readWhole(): JsonValue {
    const value = this.readValue(1)
    this.skipSpace()
    if (this.offset < this.text.length) throw fault('json/format')
    if (this.isCut) throw fault('json/limit')
    return value
  }

  private readValue(depth: number): JsonValue {
    if (this.itemsLeft-- <= 0) throw fault('json/limit')
    const code = this.skipSpace()
    if (code === QUOTE) return this.readString()
    if (code === OBJECT_START) return this.readObject(depth)
    if (code === ARRAY_START) return this.readArray(depth)
    if (code === MINUS || isDigit(code)) return this.readNumber()
    if (code === SMALL_T) return this.readWord('true', true)
    if (code === SMALL_F) return this.readWord('false', false)
    if (code === SMALL_N) return this.readWord('null', null)
    throw this.unexpected()
  }

  private readObject(depth: number): JsonObject {
    if (depth > this.maxDepth) throw fault('json/too-deep')
    const members: Record<string, JsonValue> = Object.create(null)
    this.offset++
    if (this.skipSpace() === OBJECT_END) {
      this.offset++
      return members
    }
    do {
      if (this.skipSpace() !== QUOTE) throw this.unexpected()
      const name = this.readString()
      if (isForbiddenName(name)) throw fault('json/key-not-allowed')
      if (name in members) throw fault('json/duplicate-key')
      if (this.skipSpace() !== COLON) throw this.unexpected()
      this.offset++
      members[name] = this.readValue(depth + 1)
    } while (this.hasMore(OBJECT_END))
    return members
  }

  private readArray(depth: number): readonly JsonValue[] {
    if (depth > this.maxDepth) throw fault('json/too-deep')
    const items: JsonValue[] = []
    this.offset++
    if (this.skipSpace() === ARRAY_END) {
      this.offset++
      return items
    }
    do {
      items.push(this.readValue(depth + 1))
    } while (this.hasMore(ARRAY_END))
    return items
  }

  /** Steps over the comma or the closing sign behind an item, and says whether it was the comma. */
  private hasMore(closing: number): boolean {
    const code = this.skipSpace()
    if (code !== COMMA && code !== closing) throw this.unexpected()
    this.offset++
    return code === COMMA
  }

  private readString(): string {
    const text = this.text
    const start = this.offset + 1
    for (let index = start; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code === QUOTE) {
        this.offset = index + 1
        return text.slice(start, index)
      }
      if (code === BACKSLASH) {
        this.offset = start
        return this.readEscapedString()
      }
      if (code < 0x20) throw fault('json/format')
    }
    this.offset = text.length
    throw this.unexpected()
  }

  private readEscapedString(): string {
    const text = this.text
    let parts = ''
    let start = this.offset
    while (this.offset < text.length) {
      const code = text.charCodeAt(this.offset)
      if (code < 0x20) throw fault('json/format')
      if (code === QUOTE) {
        parts += text.slice(start, this.offset++)
        // The text itself is well formed, but escapes can spell half of a surrogate pair.
        if (!parts.isWellFormed()) throw fault('json/format')
        return parts
      }
      if (code === BACKSLASH) {
        parts += text.slice(start, this.offset)
        parts += this.readEscape()
        start = this.offset
      } else {
        this.offset++
      }
    }
    throw this.unexpected()
  }

  private readEscape(): string {
    const sign = this.text.charAt(this.offset + 1)
    this.offset += 2
    if (sign === 'u') return String.fromCharCode(this.readUnit())
    const character = ESCAPES.get(sign)
    if (character === undefined) throw this.unexpected()
    return character
  }

  private readUnit(): number {
    let unit = 0
    for (let count = 0; count < 4; count++) {
      const digit = hexDigit(this.text.charCodeAt(this.offset))
      if (digit < 0) throw this.unexpected()
      unit = unit * 16 + digit
      this.offset++
    }
    return unit
  }

  private readNumber(): number {
    const text = this.text
    const start = this.offset
    const isNegative = text.charCodeAt(start) === MINUS
    if (isNegative) this.offset++
    const firstDigit = this.offset
    let value = this.readDigits()
    const isLong = this.offset - firstDigit > 1
    if (isLong && text.charCodeAt(firstDigit) === ZERO) throw fault('json/format')
    if (this.skipFraction()) value = Math.abs(Number(text.slice(start, this.offset)))
    if (value > Number.MAX_SAFE_INTEGER) throw fault('json/number-range')
    return isNegative ? -value : value
  }

  /** At least one digit; the value is exact as long as it is a safe integer. */
  private readDigits(): number {
    let value = 0
    const start = this.offset
    for (;;) {
      const code = this.text.charCodeAt(this.offset)
      if (!isDigit(code)) break
      value = value * 10 + (code - ZERO)
      this.offset++
    }
    if (this.offset === start) throw this.unexpected()
    return value
  }

  /** Steps over fraction and exponent, and says whether there was one. */
  private skipFraction(): boolean {
    const start = this.offset
    if (this.text.charCodeAt(this.offset) === POINT) {
      this.offset++
      this.readDigits()
    }
    if ((this.text.charCodeAt(this.offset) | 0x20) === SMALL_E) {
      this.offset++
      const sign = this.text.charCodeAt(this.offset)
      if (sign === PLUS || sign === MINUS) this.offset++
      this.readDigits()
    }
    return this.offset > start
  }

  private readWord<Value extends boolean | null>(word: string, value: Value): Value {
    for (let index = 0; index < word.length; index++) {
      if (this.text.charCodeAt(this.offset) !== word.charCodeAt(index)) throw this.unexpected()
      this.offset++
    }
    return value
  }

  /** The code of the next sign that is not white space; NaN at the end of the text. */
  private skipSpace(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.offset)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.offset++
    }
  }

  private unexpected(): Fault {
    return fault(this.isCut && this.offset >= this.text.length ? 'json/limit' : 'json/format')
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

function hexDigit(code: number): number {
  if (isDigit(code)) return code - ZERO
  const lower = code | 0x20
  return lower >= SMALL_A && lower <= SMALL_F ? lower - SMALL_A + 10 : -1
}
