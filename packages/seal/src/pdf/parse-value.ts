/** Reads the values of PDF syntax (ISO 32000-2 §7.3), with limits on depth and count. */
import { fault } from '@onetrip/codec'
import {
  type Cursor,
  isDigit,
  isRegular,
  isSpace,
  parseNumber,
  readDigits,
  readName,
  readWord,
  skipSpace,
  startsWith,
} from './lexer.ts'
import { DICT_WEIGHT, MAX_DEPTH, MAX_OBJECTS, MAX_VALUES } from './pdf-limits.ts'
import { nameOf, type PdfDict, type PdfRef, type PdfValue, refOf } from './pdf-value.ts'
import { readHexString, readLiteral } from './string-lexer.ts'

/** Counts what is read of a file. */
export interface ReadBudget {
  valuesLeft: number
}

/** A budget for one file. */
export function newBudget(): ReadBudget {
  return { valuesLeft: MAX_VALUES }
}

const SLASH = 0x2f
const OPEN = 0x28
const LESS = 0x3c
const GREATER = 0x3e
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const LETTER_R = 0x52
const MAX_GENERATION = 65_535
const KEYWORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['true', true],
  ['false', false],
])

/**
 * The value at the cursor, which is left behind it. Throws `pdf/format` for what is no value, a dictionary with a key
 * that stands twice included, and `pdf/limit`.
 */
export function readValue(cursor: Cursor, budget: ReadBudget, depth = 1): PdfValue {
  if (depth > MAX_DEPTH || budget.valuesLeft-- <= 0) throw fault('pdf/limit')
  skipSpace(cursor)
  const byte = cursor.bytes[cursor.at]
  if (byte === SLASH) return nameOf(readName(cursor))
  if (byte === OPEN) return { kind: 'string', bytes: readLiteral(cursor) }
  if (byte === OPEN_LIST) return readList(cursor, budget, depth)
  if (byte !== LESS) return readPlain(cursor)
  if (cursor.bytes[cursor.at + 1] === LESS) return readDict(cursor, budget, depth)
  return { kind: 'string', bytes: readHexString(cursor) }
}

/** The dictionary at the cursor. Throws `pdf/format`, `pdf/limit`. */
export function readDict(cursor: Cursor, budget: ReadBudget, depth = 1): PdfDict {
  if (!startsWith(cursor, '<<')) throw fault('pdf/format')
  budget.valuesLeft -= DICT_WEIGHT
  const dict = new Map<string, PdfValue>()
  cursor.at += 2
  for (;;) {
    skipSpace(cursor)
    const byte = cursor.bytes[cursor.at]
    if (byte === GREATER) break
    if (byte !== SLASH) throw fault('pdf/format')
    const key = readName(cursor)
    // Viewers differ on whether the first or the last of two counts.
    if (dict.has(key)) throw fault('pdf/format')
    dict.set(key, readValue(cursor, budget, depth + 1))
  }
  if (!startsWith(cursor, '>>')) throw fault('pdf/format')
  cursor.at += 2
  return dict
}

function readList(cursor: Cursor, budget: ReadBudget, depth: number): readonly PdfValue[] {
  const list: PdfValue[] = []
  cursor.at += 1
  for (;;) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === CLOSE_LIST) break
    list.push(readValue(cursor, budget, depth + 1))
  }
  cursor.at += 1
  return list
}

/** A keyword, a number, or the three words of a reference. */
function readPlain(cursor: Cursor): PdfValue {
  const { bytes, at } = cursor
  if (isDigit(bytes[at])) {
    const number = readDigits(cursor)
    if (!isRegular(bytes[cursor.at])) return readReference(cursor, number) ?? number
    cursor.at = at
  }
  const word = readWord(cursor)
  const keyword = KEYWORDS.get(word)
  return keyword === undefined ? parseNumber(word) : keyword
}

/** The reference whose number was read, when the rest of it follows; else the cursor stays. */
function readReference(cursor: Cursor, number: number): PdfRef | undefined {
  const { bytes } = cursor
  if (!isSpace(bytes[cursor.at])) return undefined
  const ahead: Cursor = { bytes, at: cursor.at }
  skipSpace(ahead)
  if (!isDigit(bytes[ahead.at])) return undefined
  const generation = readDigits(ahead)
  if (!isSpace(bytes[ahead.at])) return undefined
  skipSpace(ahead)
  if (bytes[ahead.at] !== LETTER_R || isRegular(bytes[ahead.at + 1])) return undefined
  if (number === 0 || number > MAX_OBJECTS || generation > MAX_GENERATION) throw fault('pdf/format')
  cursor.at = ahead.at + 1
  return refOf(number, generation)
}
