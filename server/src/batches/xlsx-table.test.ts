import { Fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { xlsxOf, zipOf } from '../../testing/zip-of.ts'
import { MAX_TABLE_ROWS } from './table.ts'
import { readXlsx } from './xlsx-table.ts'

function read(bytes: Uint8Array): unknown {
  try {
    return readXlsx(bytes)
  } catch (error) {
    return error instanceof Fault ? error.code : error
  }
}

describe('XLSX (ECMA-376 part 1, §18)', () => {
  test('texts, numbers, days, empty cells and rows', () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>a &amp; &#x4e00;</t></is></c></row>' +
      '<row r="3"><c r="A3"><v>12</v></c><c r="C3" s="1"><v>46346</v></c></row>' +
      '<row r="4"><c r="B4" t="str"><f>1+1</f><v>2</v></c></row>'
    expect(read(xlsxOf(rows))).toEqual([
      ['经营', '样例', 'a & 一'],
      ['', '', ''],
      ['12', '', '2026-11-20'],
      ['', '2', ''],
    ])
  })

  const cell = (inside: string): Uint8Array => xlsxOf(`<row r="1">${inside}</row>`)
  const refused: readonly (readonly [name: string, file: Uint8Array, code: string])[] = [
    ['a cell with an error', cell('<c r="A1" t="e"><v>#REF!</v></c>'), 'batch/format'],
    ['a number that lost digits', cell('<c r="A1"><v>9.1339901E+17</v></c>'), 'batch/format'],
    ['a text that is not there', cell('<c r="A1" t="s"><v>9</v></c>'), 'batch/format'],
    ['cells out of order', cell('<c r="B1"/><c r="A1"/>'), 'batch/format'],
    ['half a day', cell('<c r="A1" s="1"><v>46346.5</v></c>'), 'batch/format'],
    ['rows out of order', xlsxOf('<row r="2"/><row r="2"/>'), 'batch/format'],
    ['a row far below', xlsxOf(`<row r="${MAX_TABLE_ROWS + 1}"/>`), 'batch/limit'],
    ['a column far off', cell('<c r="XFD1"><v>1</v></c>'), 'batch/limit'],
    ['a document type', xlsxOf('<!DOCTYPE a [<!ENTITY b "c">]>'), 'batch/format'],
    ['XML that never closes', xlsxOf('<row r="1"><c'), 'batch/format'],
    [
      'days counted from 1904',
      xlsxOf('', { 'xl/workbook.xml': '<workbook><workbookPr date1904="1"/></workbook>' }),
      'batch/format',
    ],
    ['a ZIP that is no spreadsheet', zipOf({ 'a.txt': 'a' }), 'batch/format'],
    ['half a ZIP', xlsxOf('').subarray(0, 200), 'batch/format'],
    [
      'a part that is larger than it says',
      zipOf({ 'xl/workbook.xml': 'x'.repeat(99) }, 9),
      'batch/format',
    ],
    ['a part that says it is huge', zipOf({ 'xl/workbook.xml': 'x' }, 2 ** 31), 'batch/limit'],
  ]
  for (const [name, file, code] of refused) {
    test(`${name}: ${code}`, () => expect(read(file)).toBe(code))
  }

  test('what is long takes no longer than it is', () => {
    const long = 200_000
    const format = `<numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(long)}"/></numFmts>`
    const file = xlsxOf(`<row r="1"><c r="A1" ${'a'.repeat(long)}><v>1</v></c></row>`, {
      'xl/styles.xml': `<styleSheet>${format}</styleSheet>`,
    })
    const start = performance.now()
    expect(read(file)).toEqual([['1']])
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test('a flipped byte, wherever it is, gives a table or a refusal', () => {
    const file = xlsxOf('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    for (let at = 0; at < file.length; at += 5) {
      const flipped = Uint8Array.from(file)
      flipped[at] = (flipped[at] ?? 0) ^ 0x41
      const answer = read(flipped)
      expect(Array.isArray(answer) || String(answer).startsWith('batch/')).toBe(true)
    }
  })
})
