/** The words that mark where the agency's seal is set, and the room that is left for it. */
import { drawParagraph, type LicenceSheet } from './licence-sheet.ts'
import { MM_PER_POINT, type PageContent } from './page-content.ts'
import type { StructureElement } from './structure.ts'

/** The words over whose middle a seal is set: nothing else on a sheet says them. */
export const SEAL_PLACE = '发证机关（盖章）'

/** Side of the square around the words that a seal may cover, in millimetres. */
export const SEAL_ROOM_MM = 45

/** Where the middle of a Han character stands above its baseline, in em. */
const MIDDLE_EM = 0.38

/** Draws the words; their middle is the middle of the room. */
export function drawSealPlace(
  page: PageContent,
  options: {
    readonly x: number
    readonly y: number
    readonly sizePoints: number
    readonly sheet: LicenceSheet
    readonly parent: StructureElement
  },
): void {
  const { x, y, sizePoints, sheet, parent } = options
  drawParagraph(page, parent, {
    text: SEAL_PLACE,
    ...{ x, y: y + MIDDLE_EM * sizePoints * MM_PER_POINT, sizePoints },
    align: 'centre',
    colour: sheet.shades.dark,
  })
}
