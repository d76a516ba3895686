/**
 * Opens a PDF: its header, and its revisions from the last `startxref` back to the first (ISO 32000-2 §7.5). Each
 * revision ends in a section whose own `startxref` names it; a first revision has two where it is linearised, or hybrid as
 * word processors write it. What a viewer would have to repair is refused, as two viewers repair it in two ways.
 */
import { fault } from '@onetrip/codec'
import { type Cursor, isDigit, isSpace, readDigits, startsWith } from './lexer.ts'
import type { PackedObject } from './object-stream.ts'
import { newBudget } from './parse-value.ts'
import { MAX_INFLATED_TOTAL, MAX_PDF_BYTES, MAX_SECTIONS, MAX_XREF_ENTRIES } from './pdf-limits.ts'
import type { PdfDict } from './pdf-value.ts'
import { revisionsOf } from './revisions.ts'
import type { SectionBudget, XrefEntry } from './xref-entries.ts'
import { readSection, type XrefSection } from './xref-section.ts'

const HEADER = /^%PDF-[12]\.\d[\r\n]/
const HEADER_BYTES = 9
const END_OF_FILE = '%%EOF'
const START = 'startxref'

/** What a file was at one time it was saved. */
export interface Revision {
  /** What `startxref` names. */
  readonly startxref: number
  /** Behind its `%%EOF`. */
  readonly end: number
  /**
   * One section; of a linearised file the first page's, then the main one; of a whole file with an empty table behind it,
   * whose stream only adds to it, what is added, then the whole.
   */
  readonly sections: readonly XrefSection[]
}

/** What reading has used up, and what it found in streams of objects. */
export interface ReadState extends SectionBudget {
  /** By the offset of the stream of objects. */
  readonly packed: Map<number, readonly PackedObject[]>
}

/** An opened file. */
export interface Pdf {
  /** The whole file, or an older one within it. */
  readonly bytes: Uint8Array
  /** Oldest first; at least one. */
  readonly revisions: readonly Revision[]
  readonly state: ReadState
}

/**
 * Opens a file. Throws `pdf/too-large` (64 MiB), `pdf/format` (no PDF), `pdf/encrypted`, `pdf/xref` (cross-references that
 * are broken, in a loop, out of order or at odds), `pdf/limit`.
 */
export function openPdf(bytes: Uint8Array): Pdf {
  if (bytes.length > MAX_PDF_BYTES) throw fault('pdf/too-large')
  // A Node Buffer would hand out Buffers as its parts.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!HEADER.test(String.fromCharCode(...plain.subarray(0, HEADER_BYTES))))
    throw fault('pdf/format')
  const state: ReadState = {
    ...newBudget(),
    inflatedLeft: MAX_INFLATED_TOTAL,
    entriesLeft: MAX_XREF_ENTRIES,
    packed: new Map(),
  }
  const sections = readChain(plain, state)
  return { bytes: plain, revisions: revisionsOf(sections), state }
}

/** The file as it was: its first revisions, at least one, and its first bytes. */
export function olderPdf(pdf: Pdf, revisionCount: number, byteCount: number): Pdf {
  const { bytes, revisions, state } = pdf
  return {
    bytes: bytes.subarray(0, byteCount),
    revisions: revisions.slice(0, revisionCount),
    state,
  }
}

/** The last revision. */
export function lastRevision({ revisions }: Pdf): Revision {
  const last = revisions.at(-1)
  if (last === undefined) throw new TypeError('a file has a revision')
  return last
}

/** The trailer that counts. */
export function trailerOf(pdf: Pdf): PdfDict {
  return newestSection(lastRevision(pdf)).trailer
}

/** The section that `startxref` names. */
export function newestSection({ sections }: Revision): XrefSection {
  const [first] = sections
  if (first === undefined) throw new TypeError('a revision has a section')
  return first
}

/** Where an object is, by the newest section that lists it. */
export function findEntry({ revisions }: Pdf, number: number): XrefEntry | undefined {
  for (let index = revisions.length - 1; index >= 0; index -= 1) {
    for (const { entries } of revisions[index]?.sections ?? []) {
      const entry = entries.get(number)
      if (entry !== undefined) return entry
    }
  }
  return undefined
}

function readChain(bytes: Uint8Array, budget: ReadState): readonly XrefSection[] {
  const sections: XrefSection[] = []
  let start: number | undefined = findStart(bytes)
  while (start !== undefined) {
    if (sections.length >= MAX_SECTIONS) throw fault('pdf/limit')
    if (start >= bytes.length) throw fault('pdf/xref')
    const section = readSection({ bytes, start, budget })
    const after = sections.at(-1)
    // Only the two sections of a linearised file stand the other way round, and nothing before them.
    const isLater = after !== undefined && start > after.start
    if (start === after?.start || (isLater && section.previous !== undefined))
      throw fault('pdf/xref')
    sections.push(section)
    start = section.previous
  }
  return sections
}

/** The number behind the last `startxref`, which stands before the last `%%EOF`. */
function findStart(bytes: Uint8Array): number {
  let at = bytes.length - END_OF_FILE.length
  while (at >= 0 && !startsWith({ bytes, at }, END_OF_FILE)) at -= 1
  if (at < 0) throw fault('pdf/xref')
  let end = at
  while (isSpace(bytes[end - 1])) end -= 1
  let digits = end
  while (isDigit(bytes[digits - 1])) digits -= 1
  let word = digits
  while (isSpace(bytes[word - 1])) word -= 1
  const cursor: Cursor = { bytes, at: digits }
  if (digits === end || !startsWith({ bytes, at: word - START.length }, START))
    throw fault('pdf/xref')
  return readDigits(cursor)
}
