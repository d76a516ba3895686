/** UTF-8 (RFC 3629) written in place, for the CBOR encoder, most of whose texts are short. */

const LONG_TEXT = 128
/** First byte of a character, by how many follow it. */
const LEADS = [0x00, 0xc0, 0xe0, 0xf0] as const

const encoder = new TextEncoder()

/** Bytes of UTF-8 that a text takes. Throws `TypeError` on a lone surrogate, which has no UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x80) continue
    if (code >= 0xd800 && code < 0xe000) {
      if (code >= 0xdc00 || (text.charCodeAt(++index) & 0xfc00) !== 0xdc00) {
        throw new TypeError('a text with a lone surrogate')
      }
      length += 2
    } else {
      length += code < 0x800 ? 1 : 2
    }
  }
  return length
}

/** Writes a text whose {@link utf8Length} fits between `start` and the end of `target`. */
export function writeUtf8(text: string, target: Uint8Array, start: number): void {
  if (text.length > LONG_TEXT) {
    encoder.encodeInto(text, target.subarray(start))
    return
  }
  // By hand: for a short text the platform's time goes into the call.
  let offset = start
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      target[offset++] = unit
      continue
    }
    const point = text.codePointAt(index) as number
    if (point >= 0x10000) index++
    let follow = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
    target[offset++] = (LEADS[follow] as number) | (point >> (6 * follow))
    while (follow-- > 0) target[offset++] = 0x80 | ((point >> (6 * follow)) & 0x3f)
  }
}
