/** Forty bits of a hash for people to compare: eight characters of Crockford's Base32, no letter of which is taken for a digit. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 8
const BITS_PER_CHARACTER = 5

/** The first forty bits, as 8 characters of A-Z (without I, L, O, U) and 0-9. */
export function shortHash(hash: Uint8Array): string {
  // 40 bits stay exact in a number.
  let bits = hash.subarray(0, 5).reduce((sum, byte) => sum * 256 + byte, 0)
  let text = ''
  for (let at = 0; at < CHARACTERS; at += 1) {
    text = `${ALPHABET[bits % 2 ** BITS_PER_CHARACTER]}${text}`
    bits = Math.floor(bits / 2 ** BITS_PER_CHARACTER)
  }
  return text
}
