/** Where outlines of characters come from; the font library stays on the other side of this. */
import { fault } from '@onetrip/codec'
import type { PathCommand } from './path-commands.ts'

/** A character's outline in em: x to the right from its origin, y downwards from the baseline. */
export interface Glyph {
  readonly commands: readonly PathCommand[]
  /** Width that it takes in a line, in em; more than 0. */
  readonly advance: number
}

/** A font, as far as a picture needs it. */
export interface GlyphSource {
  /** `undefined` where the font has no such character. */
  readonly glyph: (character: string) => Glyph | undefined
}

/** How far ideographs reach above and below the baseline, in em. */
export const IDEOGRAPH = { above: 0.88, below: 0.12 } as const

/** The outlines of a text, character by character. Throws `seal/glyph-missing`. */
export function glyphsOf(text: string, source: GlyphSource): readonly Glyph[] {
  return Array.from(text, (character) => {
    const glyph = source.glyph(character)
    if (glyph === undefined || glyph.advance <= 0) throw fault('seal/glyph-missing')
    return glyph
  })
}
