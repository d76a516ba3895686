/** A cross-reference stream (ISO 32000-2 §7.5.8). */
import { fault } from '@onetrip/codec'
import { decodeStream } from './flate.ts'
import { readIndirect } from './indirect-object.ts'
import { isList, isName, isStream, naturalIn, type PdfDict, type PdfValue } from './pdf-value.ts'
import {
  type SectionBody,
  type SectionBudget,
  type SectionOptions,
  takeEntries,
  type XrefEntry,
} from './xref-entries.ts'

const FREE = 0
const PLAIN = 1
const PACKED = 2
/** Six bytes are more than any offset of ours has. */
const MAX_FIELD_BYTES = 6

/** Reads the object at `start` as a cross-reference stream. Throws `pdf/xref`, `pdf/format`, `pdf/limit`. */
export function readXrefStream({ bytes, start, budget }: SectionOptions): SectionBody {
  const noLength = (): never => {
    throw fault('pdf/xref')
  }
  const { object, end } = readIndirect({ bytes, start, budget, resolveLength: noLength })
  if (!isStream(object) || !isName(object.dict.get('Type'), 'XRef')) throw fault('pdf/xref')
  const { dict } = object
  const widths = widthsIn(dict.get('W'))
  const numbers = numbersIn(dict, budget)
  const rows = decodeStream(object, budget)
  return { entries: readRows(rows, widths, numbers), trailer: dict, end }
}

function widthsIn(value: PdfValue | undefined): readonly number[] {
  if (!isList(value) || value.length !== 3) throw fault('pdf/xref')
  const widths = value.map(naturalIn)
  if (widths.some((width) => width > MAX_FIELD_BYTES) || widths[1] === 0) throw fault('pdf/xref')
  return widths
}

/** The object numbers of the rows, from `Index` or else from `Size`. */
function numbersIn(dict: PdfDict, budget: SectionBudget): readonly number[] {
  const index = dict.get('Index') ?? [0, naturalIn(dict.get('Size'))]
  if (!isList(index) || index.length % 2 !== 0) throw fault('pdf/xref')
  const bounds = index.map(naturalIn)
  const numbers: number[] = []
  for (let at = 0; at < bounds.length; at += 2) {
    const [first = 0, count = 0] = bounds.slice(at, at + 2)
    takeEntries(budget, first, count)
    for (let number = first; number < first + count; number += 1) numbers.push(number)
  }
  return numbers
}

function readRows(
  rows: Uint8Array,
  widths: readonly number[],
  numbers: readonly number[],
): ReadonlyMap<number, XrefEntry> {
  const [typeBytes = 0, secondBytes = 0, thirdBytes = 0] = widths
  const rowBytes = typeBytes + secondBytes + thirdBytes
  if (rows.length !== rowBytes * numbers.length) throw fault('pdf/xref')
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (const number of numbers) {
    if (entries.has(number)) throw fault('pdf/xref')
    const type = typeBytes === 0 ? PLAIN : readField(rows, at, typeBytes)
    const second = readField(rows, at + typeBytes, secondBytes)
    const third = readField(rows, at + typeBytes + secondBytes, thirdBytes)
    entries.set(number, entryOf(type, second, third))
    at += rowBytes
  }
  return entries
}

function readField(rows: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let index = at; index < at + width; index += 1) value = value * 256 + (rows[index] ?? 0)
  return value
}

function entryOf(type: number, second: number, third: number): XrefEntry {
  if (type === FREE) return { kind: 'free' }
  if (type === PLAIN) return { kind: 'plain', offset: second, generation: third }
  if (type === PACKED) return { kind: 'packed', container: second, index: third }
  throw fault('pdf/xref')
}
