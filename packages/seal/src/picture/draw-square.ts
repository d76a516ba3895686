/** A square name seal (法定代表人名章): a frame and two columns that are read from top to bottom, the right one first. */
import type { SealDrawing } from './draw-seal.ts'
import { glyphsOf } from './glyph-source.ts'
import { lineLetters } from './line-letters.ts'
import { frame } from './outlines.ts'
import type { PathCommand } from './path-commands.ts'
import { placeGlyph } from './place-glyph.ts'
import type { SealShape } from './seal-shapes.ts'

/** Most characters of a name seal. */
export const MAX_NAME_SEAL_CHARACTERS = 8

/** Measures at a side of 18 mm, to which others are in proportion. */
const AT_18_MM = { frame: 0.9, margin: 0.5, mark: 2.3 } as const
/** What is added to a name so that two columns are full: 张三之印, 王小明印. */
const FILLERS: Readonly<Record<number, string>> = { 2: '之印', 3: '印' }
const FILL = 0.96

/** Draws it. `TypeError` for a name that is not of 2 to 8 characters, and for a text that has no place in it. */
export function drawSquare(
  { sideMm }: Extract<SealShape, { readonly form: 'square' }>,
  { ownerName, lowerLine, middleLine, number, mark, glyphs }: Omit<SealDrawing, 'shape'>,
): readonly PathCommand[] {
  const length = Array.from(ownerName).length
  const hasMore = [lowerLine, middleLine, number].some((text) => text !== undefined)
  if (hasMore || length < 2 || length > MAX_NAME_SEAL_CHARACTERS) {
    throw new TypeError('a name seal holds a name of 2 to 8 characters and a mark')
  }
  const scale = sideMm / 18
  const inset = (AT_18_MM.frame + AT_18_MM.margin) * scale
  const markHeight = mark === undefined ? 0 : AT_18_MM.mark * scale
  const letters = glyphsOf(ownerName + (FILLERS[length] ?? ''), glyphs)
  const rows = Math.ceil(letters.length / 2)
  const width = (sideMm - 2 * inset) / 2
  const height = (sideMm - 2 * inset - markHeight) / rows
  const name = letters.flatMap((glyph, index) => {
    const column = index < rows ? 1 : 0
    const center = {
      x: inset + width * (column + 0.5),
      y: inset + height * ((index % rows) + 0.5),
    }
    return placeGlyph(glyph, { center, width: width * FILL, height: height * FILL })
  })
  const marks =
    mark === undefined
      ? []
      : lineLetters({
          glyphs: glyphsOf(mark, glyphs),
          center: { x: sideMm / 2, y: sideMm - inset - markHeight / 2 },
          maxHeight: markHeight,
          maxWidth: sideMm - 2 * inset,
          widest: 1.2,
          narrowest: 0.5,
        })
  return [...frame(sideMm, AT_18_MM.frame * scale), ...name, ...marks]
}
