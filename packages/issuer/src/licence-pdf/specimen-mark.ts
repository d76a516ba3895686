/**
 * 样例 on a licence that is nobody's: across the sheet as outlines in a pale shade, which stand in no sentence that is read
 * out of the file, and in a corner as text.
 */
import { fault } from '@onetrip/codec'
import type { PathCommand } from '@onetrip/seal'
import { type Colour, RED } from './colours.ts'
import { drawParagraph } from './licence-sheet.ts'
import { MM_PER_POINT, type PageContent } from './page-content.ts'
import type { StructureElement } from './structure.ts'

const MARK = '样例'
const ANGLE = -Math.PI / 6
/** Where the middle of a Han character stands above its baseline, in em. */
const MIDDLE = 0.38

/** Draws the mark across a sheet around a point, its characters `em` millimetres large. */
export function drawSpecimenMark(
  page: PageContent,
  {
    x,
    y,
    em,
    colour,
  }: { readonly x: number; readonly y: number; readonly em: number; readonly colour: Colour },
): void {
  const commands: PathCommand[] = []
  let advance = -page.font.widthOf(MARK) / 2
  for (const character of MARK) {
    const glyph = page.font.glyphs.glyph(character)
    if (glyph === undefined) throw fault('paper/glyph-missing')
    for (const { kind, points } of glyph.commands) {
      commands.push({
        kind,
        points: points.map((point) => {
          const [right, down] = [(point.x + advance) * em, (point.y + MIDDLE) * em]
          return {
            x: x + right * Math.cos(ANGLE) - down * Math.sin(ANGLE),
            y: y + right * Math.sin(ANGLE) + down * Math.cos(ANGLE),
          }
        }),
      })
    }
    advance += glyph.advance
  }
  page.fillPath(commands, colour)
}

/** Draws the mark as text in a frame; `x` is its right side, `y` its top. */
export function drawSpecimenText(
  page: PageContent,
  options: {
    readonly x: number
    readonly y: number
    readonly sizePoints: number
    readonly parent: StructureElement
  },
): void {
  const { x, y, sizePoints, parent } = options
  const em = sizePoints * MM_PER_POINT
  const width = (page.font.widthOf(MARK) + 0.8) * em
  page.strokeBox({ left: x - width, top: y, width, height: 1.5 * em }, RED, 0.06 * em)
  const line = {
    text: MARK,
    x: x - width / 2,
    y: y + (0.75 + MIDDLE) * em,
    sizePoints,
    colour: RED,
  }
  drawParagraph(page, parent, { ...line, align: 'centre' })
}
