/** Which characters a device may have no glyph for, and which pictures a licence brings for them. */

/** CJK Extension A, and the ideographic planes 2 and 3. */
const RARE = /[\u3400-\u4dbf\u{20000}-\u{3ffff}]/u

/** Says whether a text holds a character that few fonts have. */
export function isRare(text: string): boolean {
  return RARE.test(text)
}

/** What of a disclosed claim binds pictures to their text. */
export interface BoundClaim {
  readonly value: string | number
  /** Of pictures: the name of the text claim. */
  readonly of?: string
}

/** Pictures in base64url, by the name of the text claim that they belong to. */
export function picturesOf(claims: readonly BoundClaim[]): ReadonlyMap<string, string> {
  return new Map(claims.flatMap(({ of, value }) => (of === undefined ? [] : [[of, String(value)]])))
}
