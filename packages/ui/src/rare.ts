/** Which characters a device may have no glyph for. */

/** CJK Extension A, and the ideographic planes 2 and 3. */
const RARE = /[\u3400-\u4dbf\u{20000}-\u{3ffff}]/u

/** Says whether a text holds a character that few fonts have. */
export function isRare(text: string): boolean {
  return RARE.test(text)
}
