/**
 * The cross-reference section of a seal's update, in the form of the base's last one (ISO 32000-2 §7.5.4, §7.5.8): a table
 * behind a table, a stream behind a stream.
 */
import { concatBytes, fault, sha256, utf8Encode } from '@onetrip/codec'
import type { ByteWriter } from './byte-writer.ts'
import { resolve } from './objects.ts'
import { lastRevision, newestSection, type Pdf, trailerOf } from './open-pdf.ts'
import {
  dictOf,
  isList,
  isRef,
  isString,
  nameOf,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  refOf,
} from './pdf-value.ts'
import { writeValue } from './write-value.ts'

/** What a section is written from. */
export interface UpdateXref {
  readonly writer: ByteWriter
  /** The base. */
  readonly pdf: Pdf
  /** Offsets of the update's objects in the whole file. */
  readonly offsets: ReadonlyMap<PdfRef, number>
  /** Of the base. */
  readonly size: number
  readonly attachment: Uint8Array
}

interface Row {
  readonly number: number
  readonly generation: number
  readonly offset: number
}

const ID_BYTES = 16
/** Bytes of type, offset and generation. */
const WIDTHS = [1, 4, 2] as const
const PLAIN = 1

/** Writes the section, its trailer and the end of the file. */
export function writeUpdateXref(options: UpdateXref): void {
  const { writer, pdf, offsets, size } = options
  const rows = Array.from(offsets, ([{ number, generation }, offset]) => {
    return { number, generation, offset }
  }).sort((a, b) => a.number - b.number)
  const start = pdf.bytes.length + writer.length
  if (newestSection(lastRevision(pdf)).form === 'table') {
    writeTable(options, rows)
  } else {
    const number = Math.max(size, (rows.at(-1)?.number ?? 0) + 1)
    writeStream(options, [...rows, { number, generation: 0, offset: start }])
  }
  writer.text(`startxref\n${start}\n%%EOF\n`)
}

function writeTable(options: UpdateXref, rows: readonly Row[]): void {
  const { writer } = options
  writer.text('xref\n')
  for (const run of runsOf(rows)) {
    writer.text(`${run[0]?.number} ${run.length}\n`)
    for (const { offset, generation } of run) {
      writer.text(`${digits(offset, 10)} ${digits(generation, 5)} n \n`)
    }
  }
  writer.text(`trailer\n${writeValue(trailer(options, rows))}\n`)
}

function writeStream(options: UpdateXref, rows: readonly Row[]): void {
  const { writer } = options
  const { number } = rows.at(-1) ?? { number: 0 }
  const index = runsOf(rows).flatMap((run) => [run[0]?.number ?? 0, run.length])
  const bytes = concatBytes(...rows.map(rowBytes))
  const own = dictOf({ Type: nameOf('XRef'), W: WIDTHS, Index: index, Length: bytes.length })
  const dict = new Map([...own, ...trailer(options, rows)])
  writer.text(`${writeValue(refOf(number)).replace('R', 'obj')}\n${writeValue(dict)}\nstream\n`)
  writer.bytes(bytes)
  writer.text('\nendstream\nendobj\n')
}

/** Rows whose numbers follow each other. */
function runsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const runs: Row[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    if (run?.at(-1)?.number === row.number - 1) run.push(row)
    else runs.push([row])
  }
  return runs
}

function rowBytes({ offset, generation }: Row): Uint8Array {
  const bytes = new Uint8Array(WIDTHS[0] + WIDTHS[1] + WIDTHS[2])
  const view = new DataView(bytes.buffer)
  view.setUint8(0, PLAIN)
  view.setUint32(WIDTHS[0], offset)
  view.setUint16(WIDTHS[0] + WIDTHS[1], generation)
  return bytes
}

function trailer(options: UpdateXref, rows: readonly Row[]): PdfDict {
  const { pdf, size } = options
  const base = trailerOf(pdf)
  const info = base.get('Info')
  return dictOf({
    Size: Math.max(size, (rows.at(-1)?.number ?? 0) + 1),
    Root: base.get('Root'),
    Info: isRef(info) ? info : undefined,
    Prev: lastRevision(pdf).startxref,
    ID: identifiers(options, base.get('ID')),
  })
}

/** The first identifier stays; the second is made from it, the base's length and the attachment (§14.4). */
function identifiers(
  { pdf, attachment }: UpdateXref,
  value: PdfValue | undefined,
): PdfValue | undefined {
  const list = resolve(pdf, value)
  if (list === null) return undefined
  const first = isList(list) ? resolve(pdf, list[0]) : null
  if (!isString(first)) throw fault('pdf/format')
  const length = utf8Encode(String(pdf.bytes.length))
  const digest = sha256(concatBytes(first.bytes, length, sha256(attachment)))
  return [first, { kind: 'string', bytes: digest.subarray(0, ID_BYTES) }]
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0')
}
