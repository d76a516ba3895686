/** One cross-reference section, a table or a stream, and the `startxref` behind it (ISO 32000-2 §7.5.4 to §7.5.8). */
import { Fault, fault } from '@onetrip/codec'
import { readHiddenEntries } from './hidden-entries.ts'
import { type Cursor, expectKeyword, isSpace, readDigits, skipSpace, startsWith } from './lexer.ts'
import { readDict } from './parse-value.ts'
import { MAX_OBJECTS } from './pdf-limits.ts'
import { isNatural, type PdfDict } from './pdf-value.ts'
import {
  type SectionBody,
  type SectionBudget,
  type SectionOptions,
  takeEntries,
  type XrefEntry,
} from './xref-entries.ts'
import { readXrefStream } from './xref-stream.ts'

const ENTRY_BYTES = 20
const START = 'startxref'
const END_OF_FILE = '%%EOF'
const SPACE = 0x20
const FREE = 0x66
const IN_USE = 0x6e
/** Space and carriage return, space and line feed, carriage return and line feed. */
const ENTRY_ENDS: ReadonlySet<number> = new Set([0x200d, 0x200a, 0x0d0a])

/** A section and what stands behind it. */
export interface XrefSection {
  readonly form: 'table' | 'stream'
  /** Offset of `xref`, or of the stream's object. */
  readonly start: number
  /** Behind `%%EOF`, or behind the section where none follows. */
  readonly end: number
  /** How many objects the table or the stream itself lists. */
  readonly listed: number
  /** Of a hybrid file's table, with what its stream adds. */
  readonly entries: ReadonlyMap<number, XrefEntry>
  /** Where that stream stands. */
  readonly hidden?: { readonly start: number; readonly end: number }
  readonly trailer: PdfDict
  /** The number behind `startxref`; the first section of a linearised file may have none. */
  readonly startxref: number | undefined
  readonly size: number
  readonly previous: number | undefined
}

/**
 * Reads the section at `start`, of a hybrid file with the stream beside its table. Throws `pdf/xref` for everything that a
 * viewer would have to repair, and for an object that is listed twice; `pdf/encrypted`; `pdf/limit`.
 */
export function readSection(options: SectionOptions): XrefSection {
  try {
    return readStrictly(options)
  } catch (error) {
    if (error instanceof Fault && error.code === 'pdf/format') throw fault('pdf/xref')
    throw error
  }
}

function readStrictly(options: SectionOptions): XrefSection {
  const { bytes, start } = options
  const form = startsWith({ bytes, at: start }, 'xref') ? 'table' : 'stream'
  const body = form === 'table' ? readTable(options) : readXrefStream(options)
  const { trailer, end } = body
  if (trailer.has('Encrypt')) throw fault('pdf/encrypted')
  const size = trailer.get('Size')
  const previous = trailer.get('Prev')
  if (!isNatural(size) || (form === 'stream' && trailer.has('XRefStm'))) throw fault('pdf/xref')
  if (previous !== undefined && !isNatural(previous)) throw fault('pdf/xref')
  if (size > MAX_OBJECTS) throw fault('pdf/limit')
  const hidden = readHiddenEntries(body, options)
  const entries =
    hidden === undefined ? body.entries : new Map([...body.entries, ...hidden.entries])
  for (const number of entries.keys()) if (number >= size) throw fault('pdf/xref')
  const tail = readTail({ bytes, at: end })
  const listed = body.entries.size
  const section = { form, start, listed, entries, trailer, size, previous, ...tail } as const
  return hidden === undefined
    ? section
    : { ...section, hidden: { start: hidden.start, end: hidden.end } }
}

function readTable({ bytes, start, budget }: SectionOptions): SectionBody {
  const cursor: Cursor = { bytes, at: start }
  const entries = new Map<number, XrefEntry>()
  expectKeyword(cursor, 'xref')
  skipSpace(cursor)
  while (!startsWith(cursor, 'trailer')) {
    readSubsection(cursor, entries, budget)
    skipSpace(cursor)
  }
  expectKeyword(cursor, 'trailer')
  skipSpace(cursor)
  const trailer = readDict(cursor, budget)
  return { entries, trailer, end: cursor.at }
}

function readSubsection(
  cursor: Cursor,
  entries: Map<number, XrefEntry>,
  budget: SectionBudget,
): void {
  const { bytes } = cursor
  const first = readDigits(cursor)
  skipSpace(cursor)
  const count = readDigits(cursor)
  skipSpace(cursor)
  takeEntries(budget, first, count)
  if (cursor.at + count * ENTRY_BYTES > bytes.length) throw fault('pdf/xref')
  for (let number = first; number < first + count; number += 1) {
    if (entries.has(number)) throw fault('pdf/xref')
    entries.set(number, readEntry(bytes, cursor.at))
    cursor.at += ENTRY_BYTES
  }
}

/** Ten digits, five digits, the kind and an end of line of two bytes (§7.5.4). */
function readEntry(bytes: Uint8Array, at: number): XrefEntry {
  const offset = digitsIn(bytes, at, 10)
  const generation = digitsIn(bytes, at + 11, 5)
  const kind = bytes[at + 17]
  const end = (bytes[at + 18] ?? 0) * 256 + (bytes[at + 19] ?? 0)
  const isSpaced = bytes[at + 10] === SPACE && bytes[at + 16] === SPACE
  if (!isSpaced || !ENTRY_ENDS.has(end)) throw fault('pdf/xref')
  if (kind === FREE) return { kind: 'free' }
  if (kind !== IN_USE) throw fault('pdf/xref')
  return { kind: 'plain', offset, generation }
}

function digitsIn(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index += 1) {
    const digit = (bytes[index] ?? 0) - 0x30
    if (digit < 0 || digit > 9) throw fault('pdf/xref')
    value = value * 10 + digit
  }
  return value
}

/** `startxref`, a number and `%%EOF`, if they are there. */
function readTail(cursor: Cursor): Pick<XrefSection, 'startxref' | 'end'> {
  const { bytes, at: end } = cursor
  skipSpace(cursor)
  if (!startsWith(cursor, START)) return { startxref: undefined, end }
  expectKeyword(cursor, START)
  skipSpace(cursor)
  const startxref = readDigits(cursor)
  // Not by skipSpace, to which %%EOF is a comment.
  while (isSpace(bytes[cursor.at])) cursor.at += 1
  if (!startsWith(cursor, END_OF_FILE)) throw fault('pdf/xref')
  return { startxref, end: cursor.at + END_OF_FILE.length }
}
