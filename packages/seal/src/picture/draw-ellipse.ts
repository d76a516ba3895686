/** An oval seal, as of invoices: ring, the name over the upper half, lines in the middle, the number along the lower edge. */
import { arcLetters } from './arc-letters.ts'
import type { SealDrawing } from './draw-seal.ts'
import { glyphsOf } from './glyph-source.ts'
import { lineLetters } from './line-letters.ts'
import { numberArc } from './number-arc.ts'
import { ring } from './outlines.ts'
import type { PathCommand } from './path-commands.ts'
import type { SealShape } from './seal-shapes.ts'

const RING_MM = 1
/** Measures at a height of 30 mm, to which others are in proportion; `at` is below the centre. */
const AT_30_MM = {
  gap: 0.8,
  name: 4,
  mark: { height: 2.9, at: -4.6 },
  middle: { height: 3.4, at: -0.4 },
  lower: { height: 3.8, at: 4.6 },
  number: { height: 2.1, gap: 0.5 },
} as const
const NAME_SPAN: number = (232 / 180) * Math.PI
const LETTER = { widest: 0.78, narrowest: 0.5 } as const

/** Draws it. */
export function drawEllipse(
  { widthMm, heightMm }: Extract<SealShape, { readonly form: 'ellipse' }>,
  drawing: Omit<SealDrawing, 'shape'>,
): readonly PathCommand[] {
  const { ownerName, lowerLine, middleLine, number, mark, glyphs } = drawing
  const scale = heightMm / 30
  const center = { x: widthMm / 2, y: heightMm / 2 }
  const oval = (inset: number) => ({
    center,
    halfWidth: widthMm / 2 - inset,
    halfHeight: heightMm / 2 - inset,
  })
  const name = arcLetters({
    glyphs: glyphsOf(ownerName, glyphs),
    edge: oval(RING_MM + AT_30_MM.gap * scale),
    side: 'upper',
    maxHeight: AT_30_MM.name * scale,
    maxSpan: NAME_SPAN,
    ...LETTER,
  })
  const inside = oval(RING_MM + AT_30_MM.gap * scale + name.height)
  const line = (text: string | undefined, { height, at }: { height: number; at: number }) => {
    if (text === undefined) return []
    const part = (Math.abs(at) + height / 2) * scale
    const chord =
      inside.halfWidth * 1.86 * Math.sqrt(Math.max(1 - (part / inside.halfHeight) ** 2, 0.1))
    return lineLetters({
      glyphs: glyphsOf(text, glyphs),
      center: { x: center.x, y: center.y + at * scale },
      maxHeight: height * scale,
      maxWidth: chord,
      ...LETTER,
    })
  }
  return [
    ...ring(oval(0), RING_MM),
    ...name.commands,
    ...line(mark, AT_30_MM.mark),
    ...line(middleLine, AT_30_MM.middle),
    ...line(lowerLine, AT_30_MM.lower),
    ...numberArc({
      number,
      glyphs,
      edge: oval(RING_MM + AT_30_MM.number.gap * scale),
      maxHeight: AT_30_MM.number.height * scale,
    }),
  ]
}
