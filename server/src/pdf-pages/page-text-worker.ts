/** Reads the text of the pages of a PDF, in a process of its own. Fails for more pages or characters than a licence has. */
import * as v from 'valibot'
import { answerOrders } from '../answer-orders.ts'
import { openPages } from './open-pages.ts'

const MAX_PAGES = 50
/** As many as the verifier compares. */
const MAX_CHARACTERS = 2 ** 18

const ITEM = v.object({ str: v.string() })

answerOrders((order) => read(v.parse(v.instance(Uint8Array), order)))

async function read(bytes: Uint8Array): Promise<readonly string[]> {
  const opened = await openPages(bytes)
  if (opened.numPages > MAX_PAGES) throw new TypeError('too many pages')
  const pages: string[] = []
  let left = MAX_CHARACTERS
  for (let number = 1; number <= opened.numPages; number += 1) {
    const page = await opened.getPage(number)
    const { items } = await page.getTextContent()
    const text = items.map((item) => (v.is(ITEM, item) ? item.str : '')).join('\n')
    left -= text.length
    if (left < 0) throw new TypeError('too much text')
    pages.push(text)
  }
  return pages
}
