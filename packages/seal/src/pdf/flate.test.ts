import { deflateSync } from 'node:zlib'
import { array, assert, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import { decodeStream } from './flate.ts'
import { dictOf, nameOf, type PdfDict, type PdfStream } from './pdf-value.ts'

const COLUMNS = 5
const budget = () => ({ inflatedLeft: 2 ** 20 })
const streamOf = (bytes: Uint8Array, dict: PdfDict): PdfStream => ({ kind: 'stream', dict, bytes })
const FLATE = nameOf('FlateDecode')
const PNG = dictOf({ Predictor: 15, Columns: COLUMNS })

test('without a filter, the bytes themselves', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  expect(decodeStream(streamOf(bytes, dictOf({ Filter: null })), budget())).toBe(bytes)
})

test('a filter in an array of one, with parameters', () => {
  const dict = dictOf({ Filter: [FLATE], DecodeParms: [dictOf({ Predictor: 1 })] })
  const packed = deflateSync(Uint8Array.of(1, 2, 3))
  expect(new Uint8Array(decodeStream(streamOf(packed, dict), budget()))).toEqual(
    Uint8Array.of(1, 2, 3),
  )
})

test('PNG predictors, a filter for each row', () => {
  const rows = array(uint8Array({ minLength: COLUMNS, maxLength: COLUMNS }), { maxLength: 8 })
  const filters = array(integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 })
  assert(
    property(rows, filters, (plain, kinds) => {
      const packed = deflateSync(
        Uint8Array.from(plain.flatMap((_row, at) => filtered(plain, at, kinds[at] ?? 0))),
      )
      const dict = dictOf({ Filter: FLATE, DecodeParms: PNG })
      const expected = Uint8Array.from(plain.flatMap((row) => [...row]))
      expect(new Uint8Array(decodeStream(streamOf(packed, dict), budget()))).toEqual(expected)
    }),
  )
})

test.each([
  ['a sixth filter', Uint8Array.of(5, 1, 2, 3, 4, 5), PNG, 'pdf/format'],
  ['a row that is cut', Uint8Array.of(0, 1, 2, 3), PNG, 'pdf/format'],
  ['a TIFF predictor', new Uint8Array(6), dictOf({ Predictor: 2 }), 'pdf/format'],
  ['samples of three bytes', new Uint8Array(6), dictOf({ Predictor: 12, Colors: 3 }), 'pdf/format'],
  ['no columns', new Uint8Array(6), dictOf({ Predictor: 12, Columns: 0 }), 'pdf/format'],
])('%s', (_name, bytes, parameters, code) => {
  const stream = streamOf(deflateSync(bytes), dictOf({ Filter: FLATE, DecodeParms: parameters }))
  expect(codeOf(() => decodeStream(stream, budget()))).toBe(code)
})

test('the budget of a file', () => {
  const stream = streamOf(deflateSync(new Uint8Array(600)), dictOf({ Filter: FLATE }))
  const left = { inflatedLeft: 1000 }
  expect(decodeStream(stream, left)).toHaveLength(600)
  expect(left.inflatedLeft).toBe(400)
  expect(codeOf(() => decodeStream(stream, left))).toBe('pdf/limit')
})

/** A row as a PNG encoder writes it (ISO/IEC 15948 §9.2). */
function filtered(rows: readonly Uint8Array[], at: number, kind: number): readonly number[] {
  const row = rows[at] ?? new Uint8Array()
  const above = rows[at - 1]
  const bytes = Array.from(row, (value, index) => {
    const left = row[index - 1] ?? 0
    const up = above?.[index] ?? 0
    const corner = above?.[index - 1] ?? 0
    const target = left + up - corner
    const [closest = 0] = [left, up, corner].sort(
      (a, b) => Math.abs(target - a) - Math.abs(target - b),
    )
    const guess = [0, left, up, (left + up) >> 1, closest][kind] ?? 0
    return (value - guess) & 0xff
  })
  return [kind, ...bytes]
}
