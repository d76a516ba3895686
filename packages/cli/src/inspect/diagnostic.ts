/** CBOR in diagnostic notation (RFC 8949 §8), for reading; what is too long is cut. */
import {
  CborFloat,
  type CborKey,
  CborTag,
  type CborValue,
  isArray,
  isBytes,
  isMap,
  toHex,
} from '@onetrip/codec'
import { escaped } from '../printable.ts'

/** Longest output in characters. */
export const MAX_DIAGNOSTIC_CHARACTERS = 65_536

/** Writes one item on one line; after `maxCharacters` it ends in `…`. */
export function diagnostic(
  value: CborValue,
  maxCharacters: number = MAX_DIAGNOSTIC_CHARACTERS,
): string {
  const writer = new Writer(maxCharacters)
  writer.item(value)
  return writer.text()
}

class Writer {
  private readonly parts: string[] = []
  private left: number

  constructor(maxCharacters: number) {
    this.left = maxCharacters
  }

  item(value: CborValue): void {
    if (this.left < 0) return
    if (value instanceof CborTag) this.tag(value)
    else if (isMap(value)) this.map(value)
    else if (isArray(value)) this.array(value)
    else this.put(this.scalar(value))
  }

  text(): string {
    return this.left < 0 ? `${this.parts.join('')}…` : this.parts.join('')
  }

  private scalar(value: Exclude<CborValue, CborTag>): string {
    if (value instanceof CborFloat) return floatText(value.value)
    if (isBytes(value)) return `h'${toHex(value.subarray(0, this.left + 1))}'`
    if (typeof value === 'string') return textLiteral(value.slice(0, this.left + 1))
    return String(value)
  }

  private put(text: string): void {
    if (this.left < 0) return
    this.parts.push(text.length > this.left ? text.slice(0, this.left) : text)
    this.left -= text.length
  }

  private tag({ tag, value }: CborTag): void {
    this.put(`${tag}(`)
    this.item(value)
    this.put(')')
  }

  private array(items: readonly CborValue[]): void {
    this.put('[')
    for (const [index, item] of items.entries()) {
      if (this.left < 0) return
      if (index > 0) this.put(', ')
      this.item(item)
    }
    this.put(']')
  }

  private map(map: ReadonlyMap<CborKey, CborValue>): void {
    let separator = ''
    this.put('{')
    for (const [key, value] of map) {
      if (this.left < 0) return
      this.put(separator)
      this.put(keyText(key))
      this.put(': ')
      this.item(value)
      separator = ', '
    }
    this.put('}')
  }
}

function keyText(key: CborKey): string {
  if (typeof key === 'symbol') return 'simple(59)'
  return typeof key === 'string' ? textLiteral(key) : String(key)
}

function textLiteral(text: string): string {
  return escaped(JSON.stringify(text))
}

/** A float always looks like one: `1.0`, `1e+300`, `NaN`, `-0.0`. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
