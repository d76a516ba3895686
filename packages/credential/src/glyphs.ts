/**
 * Pictures of rare characters, for devices that have no glyph for them: 1 to 4 of 75 bytes each, the code point
 * (3 bytes, big-endian) and 24 × 24 pixels (72 bytes, one bit each, row by row, the most significant bit left).
 * Code points ascend, and lie in CJK Extension A or beyond U+9FFF. A byte string in CBOR, base64url in JSON.
 */
import { fault } from '@onetrip/codec'

/** Pixels of a picture's side. */
export const GLYPH_SIDE = 24
const GLYPH_BYTES = 75
const MAX_GLYPHS = 4
const LAST_CODE_POINT = 0x10ffff

/** One character's picture. */
export interface Glyph {
  readonly codePoint: number
  /** 72 bytes; a set bit is ink. */
  readonly bitmap: Uint8Array
}

/** Reads pictures; anything but the one form is `claim/format`. */
export function parseGlyphs(bytes: Uint8Array): readonly Glyph[] {
  const count = bytes.length / GLYPH_BYTES
  if (!Number.isInteger(count) || count < 1 || count > MAX_GLYPHS) throw fault('claim/format')
  const glyphs: Glyph[] = []
  let last = 0
  for (let start = 0; start < bytes.length; start += GLYPH_BYTES) {
    const [high = 0, middle = 0, low = 0] = bytes.subarray(start, start + 3)
    const codePoint = high * 0x10000 + middle * 0x100 + low
    if (codePoint <= last || !isRareCodePoint(codePoint)) throw fault('claim/format')
    last = codePoint
    glyphs.push({ codePoint, bitmap: bytes.subarray(start + 3, start + GLYPH_BYTES) })
  }
  return glyphs
}

/** Whether the bytes are pictures of characters that all stand in the text. */
export function areGlyphsOf(bytes: Uint8Array, text: string): boolean {
  const characters = new Set(Array.from(text, (character) => character.codePointAt(0)))
  return parseGlyphs(bytes).every(({ codePoint }) => characters.has(codePoint))
}

function isRareCodePoint(codePoint: number): boolean {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false
  const isExtensionA = codePoint >= 0x3400 && codePoint <= 0x4dbf
  return isExtensionA || (codePoint > 0x9fff && codePoint <= LAST_CODE_POINT)
}
