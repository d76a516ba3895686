/** How long the DER value at the beginning of some bytes says that it is (X.690 §8.1.3). */

const SEQUENCE = 0x30
const ONE_OCTET = 0x81
const TWO_OCTETS = 0x82

/** Bytes of a SEQUENCE with its head, as far as they are there; 0 for what is none or longer than 65,539. */
export function derLength(bytes: Uint8Array): number {
  const [tag, length = 0, high = 0, low = 0] = bytes
  if (tag !== SEQUENCE) return 0
  if (length < 0x80) return 2 + length
  if (length === ONE_OCTET) return 3 + high
  return length === TWO_OCTETS ? 4 + high * 256 + low : 0
}
