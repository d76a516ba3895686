import { utf8Encode } from '@onetrip/codec'
import {
  type Arbitrary,
  array,
  assert,
  constant,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
  string,
  uint8Array,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import { fromLatin1 } from '../../samples/pdf-files.ts'
import { newBudget, readValue } from './parse-value.ts'
import { dictOf, nameOf, type PdfValue, refOf } from './pdf-value.ts'
import { writeValue } from './write-value.ts'

function parse(text: string): PdfValue {
  return readValue({ bytes: fromLatin1(text), at: 0 }, newBudget())
}

const stringOf = (text: string): PdfValue => ({ kind: 'string', bytes: fromLatin1(text) })

describe('values', () => {
  test.each<[string, PdfValue]>([
    ['null', null],
    ['true', true],
    [' % comment\r\n-12 ', -12],
    ['+.5', 0.5],
    ['-0', 0],
    ['4.', 4],
    ['12 0 R', refOf(12)],
    ['12 65535 R', refOf(12, 65_535)],
    ['[12 0 1 0 R 7]', [12, 0, refOf(1), 7]],
    ['/A#20b', nameOf('A b')],
    ['/', nameOf('')],
    ['(a(b)\\)\\n\\101\\8\\\r\nc)', stringOf('a(b))\nA8c')],
    ['(a\r\nb\rc)', stringOf('a\nb\nc')],
    ['<4 1 4B>', stringOf('AK')],
    ['<<>>', dictOf({})],
    ['<</A<</B[null]>>/C(x)>>', dictOf({ A: dictOf({ B: [null] }), C: stringOf('x') })],
  ])('%j', (text, value) => {
    expect(parse(text)).toEqual(value)
  })

  test.each([
    ['', 'pdf/format'],
    ['nul', 'pdf/format'],
    ['[1 0 R2 0 R]', 'pdf/format'],
    ['1.2.3', 'pdf/format'],
    ['--1', 'pdf/format'],
    ['1e5', 'pdf/format'],
    ['.', 'pdf/format'],
    ['0 0 R', 'pdf/format'],
    ['999999999 0 R', 'pdf/format'],
    ['1 65536 R', 'pdf/format'],
    ['1234567890123456', 'pdf/limit'],
    [`0.${'1'.repeat(60)}`, 'pdf/limit'],
    ['/A#', 'pdf/format'],
    ['/A#0', 'pdf/format'],
    ['/A#00', 'pdf/format'],
    [`/${'a'.repeat(128)}`, 'pdf/limit'],
    ['(', 'pdf/format'],
    ['(\\777)', 'pdf/format'],
    ['<4', 'pdf/format'],
    ['<4>', 'pdf/format'],
    ['<4x>', 'pdf/format'],
    ['[1', 'pdf/format'],
    ['<</A>>', 'pdf/format'],
    ['<</A 1 /A 2>>', 'pdf/format'],
    ['<</A 1 /#41 2>>', 'pdf/format'],
    ['<<1 2>>', 'pdf/format'],
    ['<</A 1>', 'pdf/format'],
    ['{', 'pdf/format'],
    ['['.repeat(40), 'pdf/limit'],
    ['<</A'.repeat(100_000), 'pdf/limit'],
    [`(${'x'.repeat(65_537)})`, 'pdf/limit'],
    [`<${'41'.repeat(65_537)}>`, 'pdf/limit'],
  ])('%.20j', (text, code) => {
    expect(codeOf(() => parse(text))).toBe(code)
  })

  test('a budget for all values of a file', () => {
    const dictionaries = '[<< >> << >>]'
    expect(
      codeOf(() => readValue({ bytes: utf8Encode(dictionaries), at: 0 }, { valuesLeft: 10 })),
    ).toBe('pdf/limit')
    const budget = { valuesLeft: 3 }
    const read = (): PdfValue => readValue({ bytes: utf8Encode('[1 1]'), at: 0 }, budget)
    expect(read()).toEqual([1, 1])
    expect(codeOf(read)).toBe('pdf/limit')
  })

  test('what is written is read back, and written the same', () => {
    assert(
      property(values(), (value) => {
        const text = writeValue(value)
        expect(parse(text)).toEqual(value)
        expect(writeValue(parse(text))).toBe(text)
      }),
    )
  })

  test('any bytes give a value or a code', () => {
    const pieces = oneof(
      ...[
        '<<',
        '>>',
        '[',
        ']',
        '(',
        ')',
        '/N',
        '1 0 R',
        '-1.5',
        '%',
        '\n',
        '<',
        '>',
        '\\',
        '#',
      ].map(constant),
    )
    assert(
      property(array(pieces, { maxLength: 40 }), (parts) => {
        expect(codeOf(() => parse(parts.join(' ')))).toMatch(/^(accepted|pdf\/)/)
        expect(codeOf(() => parse(parts.join('')))).toMatch(/^(accepted|pdf\/)/)
      }),
      { numRuns: 2_000 },
    )
    assert(
      property(uint8Array({ maxLength: 30 }), (bytes) => {
        expect(codeOf(() => readValue({ bytes, at: 0 }, newBudget()))).toMatch(/^(accepted|pdf\/)/)
      }),
    )
  })
})

function values(): Arbitrary<PdfValue> {
  const text = string({ unit: 'binary-ascii', maxLength: 8 }).map((name) =>
    name.replaceAll('\0', ''),
  )
  const { value } = letrec<{ value: PdfValue }>((tie) => ({
    value: oneof(
      { maxDepth: 4 },
      constant<PdfValue>(null),
      constant<PdfValue>(true),
      integer().map<PdfValue>((number) => number + 0),
      integer().map<PdfValue>((number) => number / 1000 + 0),
      text.map<PdfValue>(nameOf),
      uint8Array({ maxLength: 8 }).map<PdfValue>((bytes) => ({ kind: 'string', bytes })),
      integer({ min: 1, max: 300_000 }).map<PdfValue>((number) => refOf(number)),
      array(tie('value'), { maxLength: 4 }),
      dictionary(text, tie('value'), { maxKeys: 4 }).map<PdfValue>(
        (members) => new Map(Object.entries(members)),
      ),
    ),
  }))
  return value
}
