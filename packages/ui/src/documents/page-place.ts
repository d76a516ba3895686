/** Where on a page something stands, in words. */

import type { DrawnRect } from '../pdf-protocol.ts'

const COLUMNS = ['left', 'centre', 'right'] as const
const ROWS = ['top', 'middle', 'bottom'] as const

/** One of nine fields of a page. */
export type PagePlace = `${(typeof ROWS)[number]}-${(typeof COLUMNS)[number]}`

/** The field in which the middle of a rectangle lies. */
export function placeOnPage({ left, top, width, height }: DrawnRect): PagePlace {
  const row = ROWS[third(top + height / 2)] ?? 'middle'
  const column = COLUMNS[third(left + width / 2)] ?? 'centre'
  return `${row}-${column}`
}

function third(share: number): number {
  return Math.min(2, Math.max(0, Math.floor(share * 3)))
}
