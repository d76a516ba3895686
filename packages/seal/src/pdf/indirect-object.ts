/** Reads an indirect object where a cross-reference says that it is (ISO 32000-2 §7.3.8, §7.3.10). */
import { fault } from '@onetrip/codec'
import { type Cursor, expectKeyword, readDigits, skipSpace, startsWith } from './lexer.ts'
import { type ReadBudget, readValue } from './parse-value.ts'
import { isDict, isNatural, isRef, type PdfDict, type PdfObject, type PdfRef } from './pdf-value.ts'

const CR = 13
const LF = 10

/** Gives the length that stands in an object of its own. */
export type ResolveLength = (ref: PdfRef) => PdfObject

/** An indirect object, and how far it reaches. */
export interface IndirectObject {
  readonly number: number
  readonly generation: number
  readonly object: PdfObject
  readonly start: number
  /** Behind `endobj`. */
  readonly end: number
}

/** Where and what to read. */
export interface IndirectOptions {
  readonly bytes: Uint8Array
  readonly start: number
  readonly budget: ReadBudget
  readonly resolveLength: ResolveLength
}

/**
 * Reads the object at `start`. Throws `pdf/format`, also for a stream whose length is not the one that it states;
 * `pdf/limit`.
 */
export function readIndirect(options: IndirectOptions): IndirectObject {
  const { bytes, start, budget } = options
  const cursor: Cursor = { bytes, at: start }
  const number = readDigits(cursor)
  skipSpace(cursor)
  const generation = readDigits(cursor)
  skipSpace(cursor)
  expectKeyword(cursor, 'obj')
  const value = readValue(cursor, budget)
  skipSpace(cursor)
  const object =
    isDict(value) && startsWith(cursor, 'stream') ? readStream(cursor, value, options) : value
  skipSpace(cursor)
  expectKeyword(cursor, 'endobj')
  return { number, generation, object, start, end: cursor.at }
}

function readStream(cursor: Cursor, dict: PdfDict, options: IndirectOptions): PdfObject {
  const { bytes } = cursor
  const length = dict.get('Length')
  const count = isRef(length) ? options.resolveLength(length) : length
  if (!isNatural(count) || dict.has('F')) throw fault('pdf/format')
  expectKeyword(cursor, 'stream')
  if (bytes[cursor.at] === CR) cursor.at += 1
  if (bytes[cursor.at] !== LF) throw fault('pdf/format')
  const start = cursor.at + 1
  const end = start + count
  if (end > bytes.length) throw fault('pdf/format')
  cursor.at = end
  if (bytes[cursor.at] === CR) cursor.at += 1
  if (bytes[cursor.at] === LF) cursor.at += 1
  expectKeyword(cursor, 'endstream')
  return { kind: 'stream', dict, bytes: bytes.subarray(start, end) }
}
