/** A licence as an office hangs it on a wall: A4 upright, the title in the middle, code and seal beneath the facts. */
import { BLACK } from './colours.ts'
import { drawCode } from './draw-code.ts'
import { drawFacts, type TableStyle } from './fact-table.ts'
import { type DrawLicence, drawParagraph, sizeWithin } from './licence-sheet.ts'
import type { Box } from './page-content.ts'
import { typePattern } from './pattern.ts'
import { drawSealPlace, SEAL_ROOM_MM } from './seal-room.ts'
import { drawSpecimenMark, drawSpecimenText } from './specimen-mark.ts'
import { thunderBorder } from './thunder-border.ts'

const PAGE = { widthMm: 210, heightMm: 297 }
const MIDDLE = PAGE.widthMm / 2
const BORDER: Box = { left: 10, top: 10, width: 190, height: 277 }
const BORDER_CELL = 5
const INNER: Box = { left: 17, top: 17, width: 176, height: 263 }
const PATTERN: Box = { left: 22, top: 90, width: 166, height: 104 }
const FACTS: Box = { left: 28, top: 66, width: 154, height: 134 }
const CODE = { left: 32, top: 215, side: 40, sizePoints: 9 }
const SEAL = { x: 147, y: 237.5, sizePoints: 12 }
const AGENCY_WIDTH = 74
const STYLE: TableStyle = {
  largestPoints: 13,
  smallestPoints: 8,
  leading: 1.5,
  padding: { least: 0.8, most: 3.2 },
  gap: 1.5,
  isPaired: false,
  rule: 0.15,
}

/** Draws one page. Throws `paper/too-long`, `qr/too-big`. */
export const drawA4: DrawLicence = async (sheet, { newPage, root }) => {
  const page = newPage(PAGE)
  const { shades, title } = sheet
  const identifier = `证照标识 ${sheet.identifier}`
  page.strokePath(typePattern(sheet.typeCode, PATTERN), shades.faint, 0.12)
  if (sheet.isSpecimen) {
    drawSpecimenMark(page, { x: MIDDLE, y: 138, em: 60, colour: shades.faint })
  }
  page.strokePath(thunderBorder(BORDER, BORDER_CELL), shades.middle, 0.42)
  page.strokeBox(INNER, shades.middle, 0.5)
  page.strokeBox({ left: 18.2, top: 18.2, width: 173.6, height: 260.6 }, shades.middle, 0.15)
  const centred = { x: MIDDLE, align: 'centre' } as const
  const heading = { ...centred, y: 44, colour: shades.dark, isBold: true, type: 'H1' } as const
  drawParagraph(page, root, {
    ...heading,
    text: title['zh-CN'],
    sizePoints: sizeWithin(page, title['zh-CN'], { most: 34, width: FACTS.width }),
  })
  drawParagraph(page, root, {
    ...centred,
    text: title.en,
    y: 53,
    sizePoints: sizeWithin(page, title.en, { most: 13, width: FACTS.width }),
    colour: shades.dark,
  })
  page.fillBoxes([{ left: MIDDLE - 24, top: 58, width: 48, height: 0.3 }], shades.middle)
  if (sheet.isSpecimen) {
    drawSpecimenText(page, { x: 186, y: 24, sizePoints: 14, parent: root })
  }
  drawFacts(page, { facts: sheet.facts, box: FACTS, style: STYLE, shades, parent: root })
  drawCode(page, { ...CODE, code: await sheet.code(), shades, parent: root })
  const agency = { ...centred, x: SEAL.x, colour: BLACK }
  drawParagraph(page, root, {
    ...agency,
    text: sheet.agencyName,
    y: SEAL.y - SEAL_ROOM_MM / 2 - 1.5,
    sizePoints: sizeWithin(page, sheet.agencyName, { most: SEAL.sizePoints, width: AGENCY_WIDTH }),
  })
  drawSealPlace(page, { ...SEAL, sheet, parent: root })
  drawParagraph(page, root, {
    ...agency,
    text: sheet.issuedOn,
    y: SEAL.y + SEAL_ROOM_MM / 2 + 4.5,
    sizePoints: SEAL.sizePoints,
  })
  drawParagraph(page, root, {
    ...centred,
    text: identifier,
    y: 275,
    sizePoints: sizeWithin(page, identifier, { most: 8, width: FACTS.width }),
    colour: shades.dark,
  })
}
