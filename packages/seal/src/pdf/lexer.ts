/**
 * The characters of PDF syntax and its smallest parts (ISO 32000-2 §7.2, §7.3). A cursor over the file's own bytes;
 * every reader gives a value or throws, and none looks past the end of the file.
 */
import { fault } from '@onetrip/codec'
import { MAX_INTEGER_DIGITS, MAX_NAME_BYTES, MAX_NUMBER_CHARACTERS } from './pdf-limits.ts'

/** What the classes of characters are called below. */
const REGULAR = 0
const SPACE = 1
const DELIMITER = 2

const CLASSES = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) CLASSES[code] = SPACE
for (const symbol of '()<>[]{}/%') CLASSES[symbol.charCodeAt(0)] = DELIMITER

const CR = 13
const LF = 10
const PERCENT = 0x25
const HASH = 0x23
const NUMBER = /^[+-]?(\d*)(?:\.(\d*))?$/

/** A place in a file, or in a stream that was inflated. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

/** Whether a byte is white space. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === SPACE
}

/** Whether a byte may stand inside a name, a number or a keyword. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === REGULAR
}

/** Whether a byte is a decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** Skips white space and comments. */
export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor
  for (;;) {
    const byte = bytes[cursor.at]
    if (byte === undefined) return
    if (byte === PERCENT) skipComment(cursor)
    else if (CLASSES[byte] === SPACE) cursor.at += 1
    else return
  }
}

/** Whether these ASCII characters stand at the cursor. */
export function startsWith({ bytes, at }: Cursor, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}

/** Steps over a keyword, which ends where a regular character does not follow. Throws `pdf/format`. */
export function expectKeyword(cursor: Cursor, word: string): void {
  const next = cursor.bytes[cursor.at + word.length]
  const isEnd = next === undefined || CLASSES[next] !== REGULAR
  if (!startsWith(cursor, word) || !isEnd) throw fault('pdf/format')
  cursor.at += word.length
}

/** The regular characters at the cursor, as Latin-1. Throws `pdf/limit` when there are more than a number has. */
export function readWord(cursor: Cursor): string {
  const { bytes, at } = cursor
  let end = at
  while (end < bytes.length && CLASSES[bytes[end] ?? 0] === REGULAR) {
    end += 1
    if (end - at > MAX_NUMBER_CHARACTERS) throw fault('pdf/limit')
  }
  cursor.at = end
  return latin1(bytes.subarray(at, end))
}

/** A number (§7.3.3). Throws `pdf/format`; `pdf/limit` for one of more than 15 digits before the point. */
export function parseNumber(word: string): number {
  const [, whole, fraction = ''] = NUMBER.exec(word) ?? []
  if (whole === undefined || whole + fraction === '') throw fault('pdf/format')
  if (whole.length > MAX_INTEGER_DIGITS) throw fault('pdf/limit')
  // Adding zero makes of -0 a plain zero.
  return Number(`${word.startsWith('-') ? '-' : ''}${whole || '0'}.${fraction || '0'}`) + 0
}

/** The natural number at the cursor, digits only. Throws `pdf/format`, `pdf/limit`. */
export function readDigits(cursor: Cursor): number {
  const { bytes, at } = cursor
  let value = 0
  for (;;) {
    const digit = (bytes[cursor.at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    cursor.at += 1
    if (cursor.at - at > MAX_INTEGER_DIGITS) throw fault('pdf/limit')
  }
  if (cursor.at === at) throw fault('pdf/format')
  return value
}

/** A name, the cursor on its `/` (§7.3.5). Throws `pdf/format`, `pdf/limit`. */
export function readName(cursor: Cursor): string {
  const { bytes } = cursor
  let text = ''
  cursor.at += 1
  for (;;) {
    const byte = bytes[cursor.at]
    if (byte === undefined || CLASSES[byte] !== REGULAR) return text
    cursor.at += 1
    text += String.fromCharCode(byte === HASH ? readHexPair(cursor) : byte)
    if (text.length > MAX_NAME_BYTES) throw fault('pdf/limit')
  }
}

/** Bytes as Latin-1. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function skipComment(cursor: Cursor): void {
  const { bytes } = cursor
  while (cursor.at < bytes.length && bytes[cursor.at] !== CR && bytes[cursor.at] !== LF) {
    cursor.at += 1
  }
}

/** The byte at the cursor, which is left behind it. Throws `pdf/format` at the end. */
export function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at]
  if (byte === undefined) throw fault('pdf/format')
  cursor.at += 1
  return byte
}

function readHexPair(cursor: Cursor): number {
  const value = hexDigit(nextByte(cursor)) * 16 + hexDigit(nextByte(cursor))
  if (value === 0) throw fault('pdf/format')
  return value
}

/** The value of a hexadecimal digit. Throws `pdf/format` for another byte. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  if (lower < 0x61 || lower > 0x66) throw fault('pdf/format')
  return lower - 0x57
}
