/** A round seal: ring, star, the name over it, a line and a mark below it, the number along the lower edge. */
import { arcLetters } from './arc-letters.ts'
import type { SealDrawing } from './draw-seal.ts'
import { glyphsOf } from './glyph-source.ts'
import { lineLetters } from './line-letters.ts'
import { numberArc } from './number-arc.ts'
import { ring, star } from './outlines.ts'
import type { PathCommand } from './path-commands.ts'
import type { SealShape } from './seal-shapes.ts'

/** Measures at a diameter of 42 mm, to which others are in proportion; the ring alone is 1 mm, and 1.2 mm from 45 mm on. */
const AT_42_MM = {
  gap: 1,
  name: 6,
  star: 7,
  line: { height: 3.9, below: 9.6, belowAlone: 10.4 },
  mark: { height: 2.9, below: 13.4 },
  number: { height: 2.3, gap: 0.5 },
} as const
/** The name leaves the lower part of the ring to the number. */
const NAME_SPAN = { withNumber: (258 / 180) * Math.PI, alone: (292 / 180) * Math.PI } as const
const LETTER = { widest: 0.76, narrowest: 0.5 } as const

/** Draws it. `TypeError` for a middle line, whose place is the star's. */
export function drawRound(
  { diameterMm }: Extract<SealShape, { readonly form: 'round' }>,
  drawing: Omit<SealDrawing, 'shape'>,
): readonly PathCommand[] {
  const { ownerName, lowerLine, middleLine, number, mark, glyphs } = drawing
  if (middleLine !== undefined) throw new TypeError('a round seal has a star in its middle')
  const scale = diameterMm / 42
  const radius = diameterMm / 2
  const center = { x: radius, y: radius }
  const ringWidth = diameterMm < 45 ? 1 : 1.2
  const circle = (inset: number) => ({
    center,
    halfWidth: radius - inset,
    halfHeight: radius - inset,
  })
  const nameInset = ringWidth + AT_42_MM.gap * scale
  const name = arcLetters({
    glyphs: glyphsOf(ownerName, glyphs),
    edge: circle(nameInset),
    side: 'upper',
    maxHeight: AT_42_MM.name * scale,
    maxSpan: number === undefined ? NAME_SPAN.alone : NAME_SPAN.withNumber,
    ...LETTER,
  })
  const inside = radius - nameInset - name.height
  const line = (text: string | undefined, place: { height: number; below: number }) => {
    if (text === undefined) return []
    const below = place.below * scale
    const chord = 2 * Math.sqrt(Math.max(inside ** 2 - below ** 2, (inside / 3) ** 2))
    return lineLetters({
      glyphs: glyphsOf(text, glyphs),
      center: { x: radius, y: radius + below },
      maxHeight: place.height * scale,
      maxWidth: chord * 0.96,
      ...LETTER,
    })
  }
  const { height, below, belowAlone } = AT_42_MM.line
  return [
    ...ring(circle(0), ringWidth),
    ...star(center, AT_42_MM.star * scale),
    ...name.commands,
    ...line(lowerLine, { height, below: mark === undefined ? belowAlone : below }),
    ...line(mark, lowerLine === undefined ? { height, below: belowAlone } : AT_42_MM.mark),
    ...numberArc({
      number,
      glyphs,
      edge: circle(ringWidth + AT_42_MM.number.gap * scale),
      maxHeight: AT_42_MM.number.height * scale,
    }),
  ]
}
