/** A stream of objects (ISO 32000-2 §7.5.7). */
import { fault } from '@onetrip/codec'
import { decodeStream, type InflateBudget } from './flate.ts'
import { type Cursor, readDigits, skipSpace } from './lexer.ts'
import { type ReadBudget, readValue } from './parse-value.ts'
import { MAX_OBJECTS } from './pdf-limits.ts'
import { isName, naturalIn, type PdfStream, type PdfValue } from './pdf-value.ts'

/** One object of the stream. */
export interface PackedObject {
  readonly number: number
  readonly value: PdfValue
}

/** Whether a stream says that it holds objects. */
export function isObjectStream({ dict }: PdfStream): boolean {
  return isName(dict.get('Type'), 'ObjStm')
}

/**
 * All objects of a stream in their order. Throws `pdf/format`, also for objects that overlap or leave bytes between
 * them; `pdf/limit`.
 */
export function readObjectStream(
  stream: PdfStream,
  budget: ReadBudget & InflateBudget,
): readonly PackedObject[] {
  const count = naturalIn(stream.dict.get('N'))
  const first = naturalIn(stream.dict.get('First'))
  if (count > MAX_OBJECTS) throw fault('pdf/limit')
  const bytes = decodeStream(stream, budget)
  const heads = readHeads({ bytes: bytes.subarray(0, first), at: 0 }, count)
  const cursor: Cursor = { bytes, at: first }
  return heads.map(({ number, offset }) => {
    skipSpace(cursor)
    const start: Cursor = { bytes, at: first + offset }
    skipSpace(start)
    if (start.at !== cursor.at) throw fault('pdf/format')
    return { number, value: readValue(cursor, budget) }
  })
}

function readHeads(
  cursor: Cursor,
  count: number,
): readonly { readonly number: number; readonly offset: number }[] {
  const heads: { number: number; offset: number }[] = []
  for (let index = 0; index < count; index += 1) {
    skipSpace(cursor)
    const number = readDigits(cursor)
    skipSpace(cursor)
    heads.push({ number, offset: readDigits(cursor) })
  }
  skipSpace(cursor)
  if (cursor.at < cursor.bytes.length) throw fault('pdf/format')
  return heads
}
