/**
 * The one font of a licence's file: what it measures, which characters it has, and what is written in the text where a
 * character is drawn as a picture, so that the text can still be read out of the file.
 */
import { fault } from '@onetrip/codec'
import type { GlyphSource } from '@onetrip/seal'
import { type FontFace, type OpenedFace, openFace } from '../font-face.ts'
import { faceGlyphs } from '../font-glyphs.ts'

/**
 * OpenType's features, all off: one glyph for each character, so that a line is as wide as its characters. Contextual
 * alternates alone, which Han characters do not have, took half of the time.
 */
export const FEATURES: Readonly<Record<string, boolean>> = Object.fromEntries(
  ['calt', 'ccmp', 'clig', 'curs', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rclt', 'rlig'].map(
    (feature) => [feature, false],
  ),
)

/** Squares and lozenges, each with a glyph of one em of its own; four, as many as a licence has pictures. */
const CARRIERS = ['〓', '◇', '◆', '□'] as const
/** They choose among the shapes of the character before. */
const VARIATION_SELECTORS = /\p{Variation_Selector}/gu

/** A font and the pictures of characters that a licence brings. */
export interface TextFont {
  readonly face: OpenedFace
  /** Outlines of its characters. */
  readonly glyphs: GlyphSource
  /** 72 bytes of a picture, when the font has no glyph. */
  readonly pictureOf: (character: string) => Uint8Array | undefined
  /** What is written, unseen, where a picture is drawn. */
  readonly carrierOf: (character: string) => string
  /** Width of a line in em. */
  readonly widthOf: (text: string) => number
  /** Whether the characters read from a line's glyphs are those of the text. */
  readonly isReadBack: (text: string) => boolean
}

/**
 * Opens a font for one file: how its characters are read back depends on what was drawn first. Rejects with `TypeError` for a
 * collection without the face named.
 */
export async function openTextFont(
  source: FontFace,
  pictures: ReadonlyMap<string, Uint8Array>,
): Promise<TextFont> {
  const face = await openFace(source)
  const carriers = new Map<string, string>()
  const pictureOf = (character: string): Uint8Array | undefined =>
    hasGlyph(face, character) ? undefined : pictures.get(character)
  return {
    face,
    glyphs: faceGlyphs(face),
    pictureOf,
    carrierOf: (character) => {
      const known = carriers.get(character)
      if (known !== undefined) return known
      const carrier = CARRIERS[carriers.size]
      if (carrier === undefined) throw new TypeError('more pictures than a licence has')
      carriers.set(character, carrier)
      // The glyph is what the table of characters is written from (PDF 2.0 §9.10.3).
      const { codePoints } = face.glyphForCodePoint(codePointOf(carrier))
      codePoints.splice(0, codePoints.length, codePointOf(character))
      return carrier
    },
    widthOf: (text) => {
      let width = 0
      for (const character of text) {
        const glyph = face.glyphForCodePoint(codePointOf(character))
        if (isSelector(character)) continue
        width += pictureOf(character) === undefined ? glyph.advanceWidth / face.unitsPerEm : 1
      }
      return width
    },
    isReadBack: (text) => {
      const { glyphs } = face.layout(text, FEATURES)
      return String.fromCodePoint(...glyphs.flatMap(({ codePoints }) => codePoints)) === text
    },
  }
}

/** Refuses a text with a character that has neither a glyph nor a picture. Throws `paper/glyph-missing`. */
export function assertDrawable({ face, pictureOf }: TextFont, text: string): void {
  for (const character of text.replace(VARIATION_SELECTORS, '')) {
    if (!hasGlyph(face, character) && pictureOf(character) === undefined) {
      throw fault(
        'paper/glyph-missing',
        'the font lacks a character, and there is no picture of it',
      )
    }
  }
}

function hasGlyph(face: OpenedFace, character: string): boolean {
  return face.hasGlyphForCodePoint(codePointOf(character))
}

function isSelector(character: string): boolean {
  VARIATION_SELECTORS.lastIndex = 0
  return VARIATION_SELECTORS.test(character)
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
