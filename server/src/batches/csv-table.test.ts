import { Fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { csvLine } from '../http/csv-text.ts'
import { readCsv } from './csv-table.ts'
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_TABLE_ROWS } from './table.ts'

function read(text: string | Uint8Array): unknown {
  try {
    return readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  } catch (error) {
    return error instanceof Fault ? error.code : error
  }
}

describe('CSV (RFC 4180 §2)', () => {
  const cases: readonly (readonly [name: string, text: string, expected: unknown])[] = [
    [
      'two rows with CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'LF, and none at the end',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'empty cells',
      ',\n,',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['an empty line', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['a byte-order mark', '\ufeffa\n', [['a']]],
    [
      'quotes, commas and line ends in a quoted cell',
      '"a ""b"", c\r\nd",e\n',
      [['a "b", c\r\nd', 'e']],
    ],
    ['nothing', '', []],
    ['a quote inside a plain cell', 'a"b,c\n', 'batch/format'],
    ['something behind a closing quote', '"a"b\n', 'batch/format'],
    ['a quote that never closes', '"a\n', 'batch/format'],
    ['a carriage return by itself', 'a\rb\n', 'batch/format'],
    ['too many columns', ','.repeat(MAX_COLUMNS), 'batch/limit'],
    ['too long a cell', 'x'.repeat(MAX_CELL_CHARACTERS + 1), 'batch/limit'],
    [
      'as long a cell as may be',
      'x'.repeat(MAX_CELL_CHARACTERS),
      [['x'.repeat(MAX_CELL_CHARACTERS)]],
    ],
    ['too many rows', 'x\n'.repeat(MAX_TABLE_ROWS + 1), 'batch/limit'],
  ]
  for (const [name, text, expected] of cases) {
    test(name, () => expect(read(text)).toEqual(expected))
  }

  test('GB 18030, as Chinese Excel saves it', () => {
    // 经营 in GBK, and 𠮷 in four bytes of GB 18030.
    const bytes = Uint8Array.from([0xbe, 0xad, 0xd3, 0xaa, 0x2c, 0x95, 0x34, 0xb2, 0x35, 0x0a])
    expect(read(bytes)).toEqual([['经营', '𠮷']])
  })

  test('bytes that are neither are refused', () => {
    expect(read(Uint8Array.from([0xff, 0xff, 0x0a]))).toBe('batch/format')
  })
})

describe('what we write', () => {
  test('holds no cell that a spreadsheet runs', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', ' =1', '\t=1', '\ufeff=1', '＝1', '＠x']) {
      expect(csvLine([text])).toBe(`"'${text}"\r\n`)
    }
    for (const text of ['样例', '3-4号', 'a=b', '']) expect(csvLine([text])).toBe(`"${text}"\r\n`)
    expect(csvLine([-1])).toBe('"-1"\r\n')
  })

  test('is read as it was', () => {
    const cells = ['a "b"', 'c,d', 'e\r\nf', '']
    expect(read(csvLine(cells))).toEqual([cells])
  })
})
