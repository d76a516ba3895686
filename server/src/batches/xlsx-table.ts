/**
 * The first sheet of an XLSX file (ECMA-376 part 1, §18): texts, numbers, and days as `YYYY-MM-DD`. A cell with an error, a number
 * that lost digits, and days counted from 1904 are refused: what would be issued is not what somebody typed.
 */
import { fault } from '@onetrip/codec'
import { assertCell, MAX_COLUMNS, MAX_TABLE_ROWS, type Table } from './table.ts'
import { attributesOf, xmlEvents } from './xml-events.ts'
import { openZip, type ZipParts } from './zip-parts.ts'

const WORKBOOK = 'xl/workbook.xml'
const MAX_STRINGS = 1_000_000
const CELL_PLACE = /^([A-Z]{1,3})\d{1,7}$/
const LETTERS = 26
/** Formats of days that have no code of their own (§18.8.30), East Asian ones with them. */
const DAY_FORMATS: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
])
/** Parts of a format that are shown as they are, or say in which colour and language (§18.8.31). */
const NO_LETTERS = /"[^"]*"|\[[^\][]*\]|\\./g
/** More digits than this a spreadsheet does not keep. */
const MAX_NUMBER = 999_999_999_999_999
const DAY_MILLISECONDS = 86_400_000
const DAY_ZERO = Date.UTC(1899, 11, 30)
/** 9999-12-31 */
const MAX_DAY = 2_958_465
/** From then on all programs count days alike: the 29th of February 1900 is one to some. */
const MIN_DAY = 61

/** Reads a file's first sheet. Throws `batch/format`, `batch/limit`. */
export function readXlsx(bytes: Uint8Array): Table {
  const parts = openZip(bytes)
  const sheet = firstSheet(parts)
  const texts = sharedTexts(parts)
  const dayStyles = stylesOfDays(parts)
  return padded(readSheet(sheet, { texts, dayStyles }))
}

function firstSheet(parts: ZipParts): Uint8Array {
  let relation: string | undefined
  for (const event of xmlEvents(partOf(parts, WORKBOOK))) {
    if (event.kind !== 'open') continue
    const attributes = attributesOf(event.attributes)
    if (event.name === 'workbookPr' && ['1', 'true'].includes(attributes.get('date1904') ?? '')) {
      throw fault('batch/format', 'days are counted from 1904')
    }
    if (event.name === 'sheet') relation ??= attributes.get('r:id') ?? ''
  }
  for (const event of xmlEvents(partOf(parts, 'xl/_rels/workbook.xml.rels'))) {
    if (event.kind !== 'open' || event.name !== 'Relationship') continue
    const attributes = attributesOf(event.attributes)
    if (attributes.get('Id') !== relation) continue
    const target = attributes.get('Target') ?? ''
    return partOf(parts, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  throw fault('batch/format', 'no sheet')
}

function partOf(parts: ZipParts, name: string): Uint8Array {
  const part = parts.read(name)
  if (part === undefined) throw fault('batch/format', 'the file is not a spreadsheet')
  return part
}

/** Texts that cells refer to (§18.4.8), without how they are said, which is written above some. */
function sharedTexts(parts: ZipParts): readonly string[] {
  const part = parts.read('xl/sharedStrings.xml')
  const texts: string[] = []
  if (part === undefined) return texts
  let text = ''
  let isText = false
  let isReading = false
  for (const event of xmlEvents(part)) {
    if (event.kind === 'text') {
      if (isText && !isReading) text += event.text
      continue
    }
    const isOpen = event.kind === 'open'
    if (event.name === 't') isText = isOpen
    if (event.name === 'rPh') isReading = isOpen
    if (event.name !== 'si') continue
    if (!isOpen) texts.push(text)
    if (texts.length > MAX_STRINGS) throw fault('batch/limit', 'too many texts')
    text = ''
  }
  return texts
}

/** Numbers of the styles that show a number as a day. */
function stylesOfDays(parts: ZipParts): ReadonlySet<number> {
  const part = parts.read('xl/styles.xml')
  const found = new Set<number>()
  if (part === undefined) return found
  const own = new Set<number>()
  let isOfCells = false
  let style = 0
  for (const event of xmlEvents(part)) {
    if (event.kind === 'text') continue
    if (event.name === 'cellXfs') isOfCells = event.kind === 'open'
    if (event.kind !== 'open') continue
    if (event.name === 'numFmt') {
      const attributes = attributesOf(event.attributes)
      const code = (attributes.get('formatCode') ?? '').replaceAll(NO_LETTERS, '')
      if (/y/i.test(code) && /d/i.test(code)) own.add(Number(attributes.get('numFmtId')))
    }
    if (event.name !== 'xf' || !isOfCells) continue
    const format = Number(attributesOf(event.attributes).get('numFmtId'))
    if (DAY_FORMATS.has(format) || own.has(format)) found.add(style)
    style += 1
  }
  return found
}

interface SheetTexts {
  readonly texts: readonly string[]
  readonly dayStyles: ReadonlySet<number>
}

function readSheet(sheet: Uint8Array, of: SheetTexts): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell: ReadonlyMap<string, string> = new Map()
  let text = ''
  let isValue = false
  for (const event of xmlEvents(sheet)) {
    if (event.kind === 'text') {
      if (isValue) text += event.text
      continue
    }
    const isOpen = event.kind === 'open'
    if (event.name === 'v' || event.name === 't') isValue = isOpen
    if (event.name === 'row' && event.kind === 'open') {
      const place = Number(attributesOf(event.attributes).get('r') ?? rows.length + 1)
      row = startRow(rows, place)
    }
    if (event.name !== 'c') continue
    if (event.kind === 'open') {
      cell = attributesOf(event.attributes)
      text = ''
      continue
    }
    const column = columnOf(cell.get('r'), row.length)
    while (row.length < column) row.push('')
    row[column] = textOf(text, cell, of)
  }
  return rows
}

/** Rows that are not written are empty ones; they come in order. */
function startRow(rows: string[][], place: number): string[] {
  if (!Number.isInteger(place) || place <= rows.length) {
    throw fault('batch/format', 'rows out of order')
  }
  if (place > MAX_TABLE_ROWS) throw fault('batch/limit', 'too many rows')
  while (rows.length < place) rows.push([])
  return rows[place - 1] ?? []
}

/** The column's number from 0. */
function columnOf(place: string | undefined, next: number): number {
  if (place === undefined) return next
  const [, letters] = CELL_PLACE.exec(place) ?? []
  if (letters === undefined) throw fault('batch/format', 'a cell without a place')
  const number = [...letters].reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - 64, 0)
  if (number > MAX_COLUMNS) throw fault('batch/limit', 'too many columns')
  if (number <= next) throw fault('batch/format', 'cells out of order')
  return number - 1
}

function textOf(
  value: string,
  cell: ReadonlyMap<string, string>,
  { texts, dayStyles }: SheetTexts,
): string {
  const type = cell.get('t') ?? 'n'
  if (type === 'e') throw fault('batch/format', 'a cell with an error')
  let text = value
  if (type === 's') {
    const shared = texts[Number(value)]
    if (shared === undefined) throw fault('batch/format', 'a cell without its text')
    text = shared
  } else if (type === 'n' && value !== '') {
    text = numberOf(value, dayStyles.has(Number(cell.get('s') ?? 0)))
  }
  assertCell(text)
  return text
}

function numberOf(value: string, isDay: boolean): string {
  const number = Number(value)
  if (!Number.isFinite(number) || Math.abs(number) > MAX_NUMBER) {
    throw fault(
      'batch/format',
      'a number with more digits than a spreadsheet keeps: format it as text',
    )
  }
  if (!isDay) return String(number)
  if (!Number.isInteger(number) || number < MIN_DAY || number > MAX_DAY) {
    throw fault('batch/format', 'a day that is none')
  }
  return new Date(DAY_ZERO + number * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/** Sheets leave out what is empty at the end of a row: every row gets as many cells as there are headings. */
function padded(rows: readonly (readonly string[])[]): Table {
  const width = rows[0]?.length ?? 0
  return rows.map((row) => [
    ...row,
    ...Array.from({ length: Math.max(0, width - row.length) }, () => ''),
  ])
}
