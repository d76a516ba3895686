/** A licence as a card of ID-1 (ISO/IEC 7810 §5): the facts on its front, code and seal on its back. */
import type { DisplayText, ShownFact } from '@onetrip/credential'
import { drawCode } from './draw-code.ts'
import { drawFacts, type TableStyle } from './fact-table.ts'
import { type DrawLicence, drawParagraph, type LicenceSheet, sizeWithin } from './licence-sheet.ts'
import type { Box } from './page-content.ts'
import { typePattern } from './pattern.ts'
import { drawSealPlace } from './seal-room.ts'
import { drawSpecimenMark, drawSpecimenText } from './specimen-mark.ts'

const CARD = { widthMm: 85.6, heightMm: 53.98 }
const MIDDLE = CARD.widthMm / 2
const WHOLE: Box = { left: 0, top: 0, width: CARD.widthMm, height: CARD.heightMm }
const FACTS: Box = { left: 4, top: 12.4, width: 77.6, height: 39.4 }
const CODE = { left: 4, top: 4.4, side: 33, sizePoints: 5.5 }
const SEAL = { x: 61.6, y: 24.4, sizePoints: 6.5 }
const STYLE: TableStyle = {
  largestPoints: 7.5,
  smallestPoints: 4.5,
  leading: 1.25,
  padding: { least: 0.12, most: 0.9 },
  gap: 1,
  isPaired: true,
  rule: 0,
}

/** Draws two pages. Throws `paper/too-long`, `qr/too-big`. */
export const drawCard: DrawLicence = async (sheet, { newPage, root }) => {
  const { shades, title } = sheet
  const identifier = `证照标识 ${sheet.identifier}`
  const front = newPage(CARD)
  front.strokePath(typePattern(sheet.typeCode, WHOLE), shades.faint, 0.08)
  if (sheet.isSpecimen) {
    drawSpecimenMark(front, { x: MIDDLE, y: 31, em: 20, colour: shades.faint })
  }
  front.fillBoxes([{ left: 0, top: 0, width: CARD.widthMm, height: 1.6 }], shades.middle)
  const centred = { x: MIDDLE, align: 'centre', colour: shades.dark } as const
  drawParagraph(front, root, {
    ...centred,
    text: title['zh-CN'],
    y: 6.6,
    sizePoints: sizeWithin(front, title['zh-CN'], { most: 11, width: 58 }),
    isBold: true,
    type: 'H1',
  })
  drawParagraph(front, root, {
    ...centred,
    text: title.en,
    y: 9.4,
    sizePoints: sizeWithin(front, title.en, { most: 5, width: 58 }),
  })
  front.fillBoxes([{ left: 4, top: 10.9, width: 77.6, height: 0.2 }], shades.middle)
  if (sheet.isSpecimen) {
    drawSpecimenText(front, { x: 81.6, y: 4, sizePoints: 7, parent: root })
  }
  drawFacts(front, {
    facts: [...sheet.facts, ...issueOf(sheet)],
    box: FACTS,
    style: STYLE,
    shades,
    parent: root,
  })

  const back = newPage(CARD)
  if (sheet.isSpecimen) {
    drawSpecimenMark(back, { x: SEAL.x, y: SEAL.y, em: 13, colour: shades.faint })
  }
  drawCode(back, { ...CODE, code: await sheet.code(), shades, parent: root })
  drawSealPlace(back, { ...SEAL, sheet, parent: root })
  drawParagraph(back, root, {
    ...centred,
    text: identifier,
    y: 50.9,
    sizePoints: sizeWithin(back, identifier, { most: 5, width: FACTS.width }),
  })
  back.fillBoxes(
    [{ left: 0, top: CARD.heightMm - 1.2, width: CARD.widthMm, height: 1.2 }],
    shades.middle,
  )
}

/** Who issued it, and when: a seal on the back covers only the words that mark its place. */
function issueOf({ agencyName, issuedOn }: LicenceSheet): readonly ShownFact[] {
  const fact = (name: string, label: DisplayText, text: string): ShownFact => ({
    name,
    label,
    text: { 'zh-CN': text, en: text },
  })
  return [
    fact('issuedOn', { 'zh-CN': '发证日期', en: 'Issued on' }, issuedOn),
    fact('issuer', { 'zh-CN': '发证机关', en: 'Issuer' }, agencyName),
  ]
}
