/** The text of a PDF's pages, as the caller's reader gives it: hostile, and limited before anything is done with it. */
import type { Settled, Subject } from './rule.ts'

/** Characters of all pages: a licence has some hundreds. */
export const MAX_PAGE_TEXT: number = 2 ** 18

const NOT_COMPARED = { code: 'document/facts-not-compared' } as const

/** All pages in one; without a reader, or where it fails or gives too much, `document/facts-not-compared`. */
export async function readPageText(read: Subject['readText']): Promise<Settled<string>> {
  if (read === undefined) return NOT_COMPARED
  const pages = await read().catch(() => undefined)
  if (pages === undefined) return NOT_COMPARED
  const characters = pages.reduce((sum, page) => sum + page.length, 0)
  return characters > MAX_PAGE_TEXT ? NOT_COMPARED : { value: pages.join('\n') }
}
