/** The seal's number along the lower edge, read from left to right. */
import { arcLetters } from './arc-letters.ts'
import { type GlyphSource, glyphsOf } from './glyph-source.ts'
import type { Ellipse } from './outlines.ts'
import type { PathCommand } from './path-commands.ts'

/** What stands where. */
export interface NumberArc {
  readonly number: string | undefined
  readonly glyphs: GlyphSource
  /** The digits' outer edge. */
  readonly edge: Ellipse
  /** Millimetres. */
  readonly maxHeight: number
}

const MAX_SPAN: number = (68 / 180) * Math.PI
const DIGIT = { widest: 0.62, narrowest: 0.3 } as const

/** Draws it, or nothing where there is no number. */
export function numberArc({ number, glyphs, edge, maxHeight }: NumberArc): readonly PathCommand[] {
  if (number === undefined) return []
  const text = { glyphs: glyphsOf(number, glyphs), edge, maxHeight, maxSpan: MAX_SPAN }
  return arcLetters({ ...text, side: 'lower', ...DIGIT }).commands
}
