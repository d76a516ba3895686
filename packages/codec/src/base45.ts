/** Base45, the text form of bytes in the alphanumeric mode of a QR code (RFC 9285). */
import { fault } from './errors.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const NOT_A_SYMBOL = 0x10000

const codes: Uint8Array = Uint8Array.from(ALPHABET, (symbol) => symbol.charCodeAt(0))
const values: Uint32Array = new Uint32Array(128).fill(NOT_A_SYMBOL)
for (let value = 0; value < 45; value++) values[ALPHABET.charCodeAt(value)] = value

const decoder = new TextDecoder()

/** Base45 text: three symbols for two bytes, two symbols for a last single byte (RFC 9285 §4). */
export function encodeBase45(bytes: Uint8Array): string {
  const pairs = bytes.length >> 1
  const out = new Uint8Array(pairs * 3 + (bytes.length & 1) * 2)
  let at = 0
  for (let index = 0; index < pairs * 2; index += 2) {
    const number = ((bytes[index] as number) << 8) | (bytes[index + 1] as number)
    const upper = (number / 45) | 0
    const highest = (upper / 45) | 0
    out[at++] = codes[number - upper * 45] as number
    out[at++] = codes[upper - highest * 45] as number
    out[at++] = codes[highest] as number
  }
  if (bytes.length & 1) {
    const number = bytes[bytes.length - 1] as number
    const upper = (number / 45) | 0
    out[at++] = codes[number - upper * 45] as number
    out[at++] = codes[upper] as number
  }
  return decoder.decode(out)
}

/**
 * Bytes of Base45 text. Space is a symbol, so nothing is trimmed. Throws `qr/encoding` on a sign outside
 * the alphabet (lower case too), a length that is 1 modulo 3, a triple above 65,535, a pair above 255.
 * Source: RFC 9285 §4, §6.
 */
export function decodeBase45(text: string): Uint8Array {
  const rest = text.length % 3
  if (rest === 1) throw fault('qr/encoding')
  const triples = (text.length - rest) / 3
  const bytes = new Uint8Array(triples * 2 + (rest >> 1))
  let at = 0
  for (let index = 0; index < triples * 3; index += 3) {
    const number =
      valueAt(text, index) + valueAt(text, index + 1) * 45 + valueAt(text, index + 2) * 2025
    // A sign outside the alphabet counts 65,536, so that the sum is too large.
    if (number > 0xffff) throw fault('qr/encoding')
    bytes[at++] = number >> 8
    bytes[at++] = number
  }
  if (rest === 2) {
    const number = valueAt(text, text.length - 2) + valueAt(text, text.length - 1) * 45
    if (number > 0xff) throw fault('qr/encoding')
    bytes[at] = number
  }
  return bytes
}

function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 128 ? (values[code] as number) : NOT_A_SYMBOL
}
