/**
 * Draws a seal's picture from rules: the outline of its kind, a star and never an emblem, the owner's name on an arc, lines
 * below it, the seal's number; all of it outlines, so that it looks the same on every device.
 */
import { isPlainText } from '@onetrip/credential'
import { drawEllipse } from './draw-ellipse.ts'
import { drawRound } from './draw-round.ts'
import { drawSquare } from './draw-square.ts'
import type { GlyphSource } from './glyph-source.ts'
import type { PathCommand } from './path-commands.ts'
import type { SealShape } from './seal-shapes.ts'
import { writeSealPicture } from './svg-picture.ts'

/** Red of seal ink. */
export const SEAL_RED = '#c8102e'

/** What stands in a picture. */
export interface SealDrawing {
  readonly shape: SealShape
  /** The name on the arc; in a square, 2 to 8 characters in two columns. */
  readonly ownerName: string
  /** The line below the middle, such as 电子证照专用章; not in a square. */
  readonly lowerLine?: string
  /** The line in the middle of an ellipse, such as the owner's unified social credit code; not in other shapes. */
  readonly middleLine?: string
  /** The seal's number, along the lower edge; not in a square. */
  readonly number?: string
  /** A word that says that this is no real seal: 样例. */
  readonly mark?: string
  readonly glyphs: GlyphSource
}

/**
 * Draws a picture, as the UTF-8 of an SVG. Throws `seal/glyph-missing` for a character that the font does not have;
 * `TypeError` for a text that the shape has no place for.
 */
export function drawSeal(drawing: SealDrawing): Uint8Array {
  const { shape, ownerName, lowerLine, middleLine, number, mark } = drawing
  const texts = [ownerName, lowerLine, middleLine, number, mark].filter(
    (text) => text !== undefined,
  )
  if (!texts.every((text) => text.length > 0 && isPlainText(text))) {
    throw new TypeError('a seal shows plain text')
  }
  const note = mark === undefined ? '' : `（${mark}）`
  return writeSealPicture({
    ...sizeOf(shape),
    title: `${ownerName}${lowerLine ?? ''}${note}`,
    parts: [{ fill: SEAL_RED, commands: outlinesOf(drawing) }],
  })
}

function outlinesOf({ shape, ...drawing }: SealDrawing): readonly PathCommand[] {
  if (shape.form === 'round') return drawRound(shape, drawing)
  if (shape.form === 'ellipse') return drawEllipse(shape, drawing)
  return drawSquare(shape, drawing)
}

function sizeOf(shape: SealShape): { readonly width: number; readonly height: number } {
  if (shape.form === 'round') return { width: shape.diameterMm, height: shape.diameterMm }
  if (shape.form === 'ellipse') return { width: shape.widthMm, height: shape.heightMm }
  return { width: shape.sideMm, height: shape.sideMm }
}
