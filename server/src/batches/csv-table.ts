/**
 * Rows of a CSV file (RFC 4180 §2) as agencies save them: UTF-8, or GB 18030 where Chinese Excel wrote it. What two programs would read
 * differently is refused: a quote inside a cell that is not quoted, something behind a closing quote, a quote that never closes.
 */
import { fault } from '@onetrip/codec'
import { assertCell, MAX_COLUMNS, MAX_TABLE_ROWS, type Table } from './table.ts'

/** Reads a CSV file. Throws `batch/format`, `batch/limit`. */
export function readCsv(bytes: Uint8Array): Table {
  return parseCsv(decodeText(bytes))
}

/** Bytes that are not UTF-8 are read as GB 18030, which holds GBK; a byte-order mark is dropped. */
function decodeText(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // The next one, or none.
    }
  }
  throw fault('batch/format', 'neither UTF-8 nor GB 18030')
}

interface Cell {
  readonly text: string
  /** Where what follows it begins. */
  readonly end: number
}

function parseCsv(text: string): Table {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    assertCell(cell.text)
    row.push(cell.text)
    at = cell.end
    const isMore = text[at] === ','
    // A comma at the end of the file stands before an empty cell.
    if (isMore && at + 1 === text.length) row.push('')
    if (row.length > MAX_COLUMNS) throw fault('batch/limit', 'too many columns')
    if (isMore) {
      at += 1
      continue
    }
    if (at < text.length) at += lineEnd(text, at)
    rows.push(row)
    if (rows.length > MAX_TABLE_ROWS) throw fault('batch/limit', 'too many rows')
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}

function plainCell(text: string, start: number): Cell {
  let end = start
  while (end < text.length && !',\r\n'.includes(text.charAt(end))) {
    if (text[end] === '"') throw fault('batch/format', 'a quote inside a cell that is not quoted')
    end += 1
  }
  return { text: text.slice(start, end), end }
}

function quotedCell(text: string, start: number): Cell {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw fault('batch/format', 'a quote that never closes')
    if (text[quote + 1] !== '"') {
      const end = quote + 1
      const isOver = end === text.length || ',\r\n'.includes(text.charAt(end))
      if (!isOver) throw fault('batch/format', 'something stands behind a closing quote')
      return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end }
    }
    at = quote + 2
  }
}

/** How many characters end a line here: CRLF or LF. Throws `batch/format` for a carriage return by itself. */
function lineEnd(text: string, at: number): 1 | 2 {
  if (text[at] === '\n') return 1
  if (text[at + 1] === '\n') return 2
  throw fault('batch/format', 'a carriage return without a line feed')
}
