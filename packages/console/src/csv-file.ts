/** A small table as a CSV file that spreadsheets open (RFC 4180): every cell quoted, and no cell that one of them would run. */

import { saveFile } from '@onetrip/ui'

/** What a spreadsheet takes for a formula, also where it stands behind what it skips (OWASP, CSV injection). */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u
/** By this Excel knows UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** Gives the person a file with these lines. */
export function saveTable(name: string, lines: readonly (readonly (string | number)[])[]): void {
  saveFile({ name, content: csvText(lines), mediaType: 'text/csv;charset=utf-8' })
}

/** The text of a file with these lines; a text that looks like a formula gets an apostrophe in front. */
export function csvText(lines: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: string | number): string {
  const text = typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell)
  return `"${text.replaceAll('"', '""')}"`
}
