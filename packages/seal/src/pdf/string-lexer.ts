/** The two ways in which a string is written (ISO 32000-2 §7.3.4). */
import { fault } from '@onetrip/codec'
import { type Cursor, hexDigit, isSpace, nextByte } from './lexer.ts'
import { MAX_STRING_BYTES } from './pdf-limits.ts'

const CR = 13
const LF = 10
const BACKSLASH = 0x5c
const OPEN = 0x28
const CLOSE = 0x29
const GREATER = 0x3e

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
  [OPEN, OPEN],
  [CLOSE, CLOSE],
  [BACKSLASH, BACKSLASH],
])

/** A literal string, the cursor on its `(` (§7.3.4.2). Throws `pdf/format`, `pdf/limit`. */
export function readLiteral(cursor: Cursor): Uint8Array {
  const out: number[] = []
  let open = 0
  for (;;) {
    const byte = nextByte(cursor)
    if (byte === OPEN && open++ === 0) continue
    if (byte === CLOSE && --open === 0) return Uint8Array.from(out)
    if (out.length >= MAX_STRING_BYTES) throw fault('pdf/limit')
    if (byte === BACKSLASH) readEscape(cursor, out)
    else out.push(byte === CR ? endOfLine(cursor) : byte)
  }
}

/** A hexadecimal string, the cursor on its `<` (§7.3.4.3); an odd last digit is refused. Throws `pdf/format`, `pdf/limit`. */
export function readHexString(cursor: Cursor): Uint8Array {
  const out: number[] = []
  let high = -1
  cursor.at += 1
  for (;;) {
    const byte = nextByte(cursor)
    if (byte === GREATER) break
    if (isSpace(byte)) continue
    const digit = hexDigit(byte)
    if (high < 0) high = digit
    else {
      out.push(high * 16 + digit)
      high = -1
    }
    if (out.length > MAX_STRING_BYTES) throw fault('pdf/limit')
  }
  if (high >= 0) throw fault('pdf/format')
  return Uint8Array.from(out)
}

/** An end of line in a string is one line feed, however it is written. */
function endOfLine(cursor: Cursor): number {
  if (cursor.bytes[cursor.at] === LF) cursor.at += 1
  return LF
}

function readEscape(cursor: Cursor, out: number[]): void {
  const byte = nextByte(cursor)
  const plain = ESCAPES.get(byte)
  if (plain !== undefined) out.push(plain)
  else if (byte >= 0x30 && byte <= 0x37) out.push(readOctal(cursor, byte - 0x30))
  else if (byte === CR) endOfLine(cursor)
  else if (byte !== LF) out.push(byte)
}

function readOctal(cursor: Cursor, first: number): number {
  let value = first
  for (let count = 1; count < 3; count += 1) {
    const digit = (cursor.bytes[cursor.at] ?? 0) - 0x30
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
    cursor.at += 1
  }
  if (value > 255) throw fault('pdf/format')
  return value
}
