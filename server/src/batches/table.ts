/** A table as it stands in a file, and how large one may be: limits are held while it is read, not afterwards. */
import { fault } from '@onetrip/codec'

/** Rows of text cells; the first one holds the headings. */
export type Table = readonly (readonly string[])[]

/** Largest file in bytes. */
export const MAX_FILE_BYTES = 20_971_520
/** Licences of a batch. */
export const MAX_BATCH_ROWS = 50_000
/** With the row of headings. */
export const MAX_TABLE_ROWS: number = MAX_BATCH_ROWS + 1
/** Columns of a table. */
export const MAX_COLUMNS = 80
/** Longest cell in UTF-16 units. */
export const MAX_CELL_CHARACTERS = 1000

/** Throws `batch/limit` for a cell that is longer than one may be. */
export function assertCell(text: string): void {
  if (text.length > MAX_CELL_CHARACTERS) throw fault('batch/limit', 'a cell is too long')
}
