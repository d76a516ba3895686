/** Finds a word on the pages of a PDF, in a process of its own. */
import * as v from 'valibot'
import { answerOrders } from '../answer-orders.ts'
import { openPages } from './open-pages.ts'

const ORDER = v.object({
  bytes: v.instance(Uint8Array),
  keyword: v.string(),
  page: v.optional(v.number()),
})
/** `transform` is the text matrix in points (ISO 32000-2 §9.4.4); its last two numbers are where the text begins. */
const ITEM = v.object({
  str: v.string(),
  width: v.number(),
  height: v.number(),
  transform: v.tuple([v.number(), v.number(), v.number(), v.number(), v.number(), v.number()]),
})

/** The middle of a character, in points of the page's own space. */
interface Letter {
  readonly text: string
  readonly x: number
  readonly y: number
}

answerOrders((order) => find(v.parse(ORDER, order)))

async function find(
  order: v.InferOutput<typeof ORDER>,
): Promise<{ page: number; x: number; y: number } | undefined> {
  const document = await openPages(order.bytes)
  const keyword = Array.from(plain(order.keyword))
  const first = order.page ?? 1
  const last = order.page ?? document.numPages
  for (let page = first; page <= Math.min(last, document.numPages); page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent()
    const letters = items.flatMap((item) => {
      const read = v.safeParse(ITEM, item)
      return read.success ? lettersOf(read.output) : []
    })
    const at = indexIn(letters, keyword)
    const [begin, end] = [letters[at], letters[at + keyword.length - 1]]
    if (begin === undefined || end === undefined) continue
    return { page, x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 }
  }
  return undefined
}

/** A text's characters, spread evenly over its width along its own direction. */
function lettersOf({ str, width, height, transform }: v.InferOutput<typeof ITEM>): Letter[] {
  const [a, b, , , x, y] = transform
  const length = Math.hypot(a, b) || 1
  const [along, across] = [
    { x: a / length, y: b / length },
    { x: -b / length, y: a / length },
  ]
  const all = Array.from(str)
  return all.flatMap((character, index) => {
    const ahead = (width * (index + 0.5)) / all.length
    const up = height * 0.35
    const place = { x: x + along.x * ahead + across.x * up, y: y + along.y * ahead + across.y * up }
    return Array.from(plain(character), (text) => ({ text, ...place }))
  })
}

function indexIn(letters: readonly Letter[], keyword: readonly string[]): number {
  const last = letters.length - keyword.length
  for (let at = 0; at <= last; at += 1) {
    if (keyword.every((text, index) => letters[at + index]?.text === text)) return at
  }
  return -1
}

/** Fonts of PDFs give radicals and forms of their own for common characters; spaces are a matter of layout. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '')
}
