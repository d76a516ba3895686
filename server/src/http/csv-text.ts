/** CSV that spreadsheets open (RFC 4180): every cell quoted, UTF-8 with a byte-order mark, and no cell that one of them would run. */

/** What a spreadsheet takes for a formula, also where it stands behind what it skips (OWASP, CSV injection). */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u
/** By this Excel knows UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/** One line with its end. A cell that looks like a formula gets an apostrophe in front, by which spreadsheets show it as text. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number): string {
  // A number of ours is no text that somebody wrote.
  const text = typeof cell === 'number' ? String(cell) : harmless(cell)
  return `"${text.replaceAll('"', '""')}"`
}

function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
