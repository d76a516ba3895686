/** A 24 × 24 picture of a character as the path of an SVG in pixels: one box per run of ink in a row. */
import { GLYPH_SIDE } from '@onetrip/credential'

/** The path's `d`; `bitmap` is 72 bytes, row by row, the most significant bit left, a set bit is ink. */
export function glyphPath(bitmap: Uint8Array): string {
  const boxes: string[] = []
  for (let y = 0; y < GLYPH_SIDE; y++) {
    let x = 0
    while (x < GLYPH_SIDE) {
      const from = x
      while (x < GLYPH_SIDE && isInk(bitmap, y * GLYPH_SIDE + x)) x++
      if (x > from) boxes.push(`M${from} ${y}h${x - from}v1h${from - x}z`)
      else x++
    }
  }
  return boxes.join('')
}

function isInk(bitmap: Uint8Array, pixel: number): boolean {
  return (((bitmap[pixel >> 3] ?? 0) >> (7 - (pixel & 7))) & 1) === 1
}
