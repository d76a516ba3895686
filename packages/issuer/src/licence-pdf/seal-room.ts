/** Where the agency's seal is set: its name, the words that mark the place, and the day of issue. */
import { BLACK } from './colours.ts'
import { drawParagraph, type LicenceSheet, SEAL_PLACE } from './licence-sheet.ts'
import { MM_PER_POINT, type PageContent } from './page-content.ts'
import type { StructureElement } from './structure.ts'
import { wrapText } from './wrap-text.ts'

const LEADING_EM = 1.9
const NAME_LEADING_EM = 1.35
/** Where the middle of a Han character stands above its baseline, in em. */
const MIDDLE_EM = 0.38

/** Draws the three around the middle of the room; the words' centre is the middle exactly. */
export function drawSealRoom(
  page: PageContent,
  options: {
    readonly sheet: LicenceSheet
    readonly x: number
    readonly y: number
    /** Widest line, in millimetres. */
    readonly width: number
    readonly sizePoints: number
    readonly parent: StructureElement
  },
): void {
  const { sheet, x, y, width, sizePoints, parent } = options
  const em = sizePoints * MM_PER_POINT
  const baseline = y + MIDDLE_EM * em
  const text = { x, align: 'centre', sizePoints } as const
  const names = wrapText(sheet.agencyName, width, (line) => page.font.widthOf(line) * em)
  names.forEach((line, index) => {
    const above = (LEADING_EM + (names.length - 1 - index) * NAME_LEADING_EM) * em
    drawParagraph(page, parent, { ...text, text: line, y: baseline - above, colour: BLACK })
  })
  const dark = sheet.shades.dark
  drawParagraph(page, parent, { ...text, text: SEAL_PLACE, y: baseline, colour: dark })
  const below = baseline + LEADING_EM * em
  drawParagraph(page, parent, { ...text, text: sheet.issuedOn, y: below, colour: BLACK })
}
