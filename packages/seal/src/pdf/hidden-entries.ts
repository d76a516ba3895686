/**
 * The stream of cross-references that `XRefStm` names in the trailer of a hybrid file's table (ISO 32000-2 §7.5.8.4). Readers
 * differ over an object that the table of the same section marks free: qpdf sees it, poppler and pdf.js do not. So a stream
 * adds what its own table does not list, and may repeat what it lists; all else is refused.
 */
import { fault } from '@onetrip/codec'
import { isNatural, isRef, isSameRef } from './pdf-value.ts'
import {
  isSameEntry,
  type SectionBody,
  type SectionOptions,
  type XrefEntry,
} from './xref-entries.ts'
import { readXrefStream } from './xref-stream.ts'

/** Members that would make the stream more than an addition: readers differ over following them. */
const FOREIGN_MEMBERS = ['Prev', 'XRefStm', 'Encrypt'] as const

/** What a stream adds. */
export interface HiddenEntries {
  /** Where the stream stands. */
  readonly start: number
  readonly end: number
  /** Those that the table does not list. */
  readonly entries: ReadonlyMap<number, XrefEntry>
}

/**
 * Reads the stream that the trailer of a table names; nothing when it names none. Throws `pdf/xref` for one that stands
 * behind the table, has another root or members of its own to follow, or lists an object otherwise than the table does.
 */
export function readHiddenEntries(
  { entries: listed, trailer }: SectionBody,
  options: SectionOptions,
): HiddenEntries | undefined {
  const start = trailer.get('XRefStm')
  if (start === undefined) return undefined
  if (!isNatural(start) || start >= options.start) throw fault('pdf/xref')
  const stream = readXrefStream({ ...options, start })
  const root = trailer.get('Root')
  const isOwn =
    isRef(root) &&
    isSameRef(stream.trailer.get('Root') ?? root, root) &&
    FOREIGN_MEMBERS.every((key) => !stream.trailer.has(key))
  if (!isOwn || stream.end > options.start) throw fault('pdf/xref')
  const entries = new Map<number, XrefEntry>()
  for (const [number, entry] of stream.entries) {
    const known = listed.get(number)
    if (known === undefined) entries.set(number, entry)
    else if (!isSameEntry(known, entry)) throw fault('pdf/xref')
  }
  return { start, end: stream.end, entries }
}
