/** The rows of a licence in a box: in the largest size in which all of them have room, none cut. */
import { fault } from '@onetrip/codec'
import type { ShownFact } from '@onetrip/credential'
import { BLACK, type Shades } from './colours.ts'
import { type Box, MM_PER_POINT, type PageContent } from './page-content.ts'
import { addElement, type StructureElement } from './structure.ts'
import { wrapText } from './wrap-text.ts'

/** How a table looks. */
export interface TableStyle {
  readonly largestPoints: number
  readonly smallestPoints: number
  /** Distance of two baselines in em. */
  readonly leading: number
  /** Least and most white space above and below a row, in millimetres. */
  readonly padding: { readonly least: number; readonly most: number }
  /** Between label and text, in em. */
  readonly gap: number
  /** Whether two short facts may share a row. */
  readonly isPaired: boolean
  /** Width of the rule under each row in millimetres. */
  readonly rule: number
}

interface Cell {
  readonly fact: ShownFact
  readonly lines: readonly string[]
  readonly left: number
  readonly labelWidth: number
}

interface Plan {
  readonly sizePoints: number
  readonly rows: readonly (readonly Cell[])[]
  readonly padding: number
}

const SIZE_STEP = 0.25
/** From the top of a line to its baseline, in em of its own size, half of the leading aside. */
const ASCENT = 0.86

/** Draws the facts. Throws `paper/too-long` when they have no room in the smallest size. */
export function drawFacts(
  page: PageContent,
  options: {
    readonly facts: readonly ShownFact[]
    readonly box: Box
    readonly style: TableStyle
    readonly shades: Shades
    readonly parent: StructureElement
  },
): void {
  const { facts, box, style, shades } = options
  const plan = planFor(page, { facts, box, style })
  const em = plan.sizePoints * MM_PER_POINT
  const table = addElement(options.parent, 'Table')
  let top = box.top
  for (const row of plan.rows) {
    const element = addElement(table, 'TR')
    for (const { fact, lines, left, labelWidth } of row) {
      const y = top + plan.padding + ((style.leading - 1) / 2 + ASCENT) * em
      const text = { sizePoints: plan.sizePoints, y }
      page.within(addElement(element, 'TH'), () =>
        page.text({ ...text, text: fact.label['zh-CN'], x: left, colour: shades.dark }),
      )
      page.within(addElement(element, 'TD'), () => {
        lines.forEach((line, index) => {
          const x = left + labelWidth + style.gap * em
          page.text({ ...text, text: line, x, y: y + index * style.leading * em, colour: BLACK })
        })
      })
    }
    top += heightOf(row, style, em) + 2 * plan.padding
    const rule = { left: box.left, top, width: box.width, height: style.rule }
    if (style.rule > 0) page.fillBoxes([rule], shades.pale)
  }
}

interface Planned {
  readonly facts: readonly ShownFact[]
  readonly box: Box
  readonly style: TableStyle
}

function planFor(page: PageContent, planned: Planned): Plan {
  const { box, style } = planned
  for (let size = style.largestPoints; size >= style.smallestPoints; size -= SIZE_STEP) {
    const em = size * MM_PER_POINT
    const rows = rowsFor(page, planned, em)
    const text = rows.reduce((sum, row) => sum + heightOf(row, style, em), 0)
    const padding = (box.height - text) / rows.length / 2
    if (padding >= style.padding.least) {
      return { sizePoints: size, rows, padding: Math.min(padding, style.padding.most) }
    }
  }
  throw fault('paper/too-long', 'the facts have no room on this format')
}

function heightOf(row: readonly Cell[], { leading }: TableStyle, em: number): number {
  return Math.max(...row.map(({ lines }) => lines.length)) * leading * em
}

function rowsFor(
  { font }: PageContent,
  { facts, box, style }: Planned,
  em: number,
): readonly (readonly Cell[])[] {
  const widthOf = (text: string): number => font.widthOf(text) * em
  const labelWidth = Math.max(...facts.map(({ label }) => widthOf(label['zh-CN'])))
  const gap = style.gap * em
  const half = box.width / 2
  const rows: Cell[][] = []
  let isOpen = false
  for (const fact of facts) {
    const text = fact.text['zh-CN']
    const own = widthOf(fact.label['zh-CN'])
    if (isOpen && own + gap + widthOf(text) <= half) {
      const cell = { fact, lines: [text], left: box.left + half, labelWidth: own }
      rows.at(-1)?.push(cell)
      isOpen = false
      continue
    }
    const lines = wrapText(text, box.width - labelWidth - gap, widthOf)
    rows.push([{ fact, lines, left: box.left, labelWidth }])
    isOpen = style.isPaired && labelWidth + 2 * gap + widthOf(text) <= half
  }
  return rows
}
