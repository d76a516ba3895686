/** Letters on a straight line about its middle, made narrower first and then smaller until they have room. */
import type { Glyph } from './glyph-source.ts'
import type { PathCommand, Point } from './path-commands.ts'
import { placeGlyph } from './place-glyph.ts'

/** How a text stands; millimetres. */
export interface LineText {
  readonly glyphs: readonly Glyph[]
  readonly center: Point
  readonly maxHeight: number
  readonly maxWidth: number
  /** Width of a letter to its height: as drawn, and at the narrowest. */
  readonly widest: number
  readonly narrowest: number
}

const SPACING = 1.08

/** Lays a text out; each letter has the width of its `advance`, so that digits stand closer than ideographs. */
export function lineLetters(text: LineText): readonly PathCommand[] {
  const { glyphs, center, maxHeight, maxWidth, widest, narrowest } = text
  const ems = glyphs.reduce((sum, { advance }) => sum + advance, 0) * SPACING
  const height = Math.min(maxHeight, maxWidth / (ems * narrowest))
  const em = Math.min(widest * height, maxWidth / ems)
  let x = center.x - (ems * em) / 2
  return glyphs.flatMap((glyph) => {
    const step = glyph.advance * em * SPACING
    const place = { center: { x: x + step / 2, y: center.y }, width: glyph.advance * em, height }
    x += step
    return placeGlyph(glyph, place)
  })
}
