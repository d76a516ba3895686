/** Puts one character's outline into the picture: into a box of its own, turned about the box's centre. */
import { type Glyph, IDEOGRAPH } from './glyph-source.ts'
import { mapPoints, type PathCommand, type Point } from './path-commands.ts'

/** Where a character stands; lengths in millimetres. */
export interface GlyphPlace {
  readonly center: Point
  readonly width: number
  readonly height: number
  /** Radians, clockwise. */
  readonly turn?: number
}

/** Ideographs fill their box but for the font's own margins. */
export function placeGlyph(glyph: Glyph, place: GlyphPlace): readonly PathCommand[] {
  const { center, width, height, turn = 0 } = place
  const sine = Math.sin(turn)
  const cosine = Math.cos(turn)
  const middle = (IDEOGRAPH.above - IDEOGRAPH.below) / 2
  return mapPoints(glyph.commands, ({ x, y }) => {
    const across = (x / glyph.advance - 0.5) * width
    const down = (y + middle) * height
    return {
      x: center.x + across * cosine - down * sine,
      y: center.y + across * sine + down * cosine,
    }
  })
}
