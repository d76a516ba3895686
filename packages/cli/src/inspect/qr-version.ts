/** How large a QR code a text of the alphanumeric mode needs (ISO/IEC 18004 §7.4.4, tables 3 and 9). */

/** Data codewords of versions 1 to 40. */
const CODEWORDS = {
  L: [
    19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428, 461, 523, 589, 647, 721, 795, 861,
    932, 1006, 1094, 1174, 1276, 1370, 1468, 1531, 1631, 1735, 1843, 1955, 2071, 2191, 2306, 2434,
    2566, 2702, 2812, 2956,
  ],
  M: [
    16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669,
    714, 782, 860, 914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631, 1725, 1812, 1914,
    1992, 2102, 2216, 2334,
  ],
} as const

const MODE_BITS = 4
const BITS_PER_PAIR = 11
const BITS_OF_LAST = 6

/** The smallest version, 1 to 40, that holds `characters` at an error correction level; nothing when none does. */
export function qrVersion(characters: number, level: keyof typeof CODEWORDS): number | undefined {
  const dataBits = Math.floor(characters / 2) * BITS_PER_PAIR + (characters % 2) * BITS_OF_LAST
  const index = CODEWORDS[level].findIndex(
    (codewords, at) => MODE_BITS + countBits(at + 1) + dataBits <= codewords * 8,
  )
  return index < 0 ? undefined : index + 1
}

function countBits(version: number): number {
  if (version < 10) return 9
  return version < 27 ? 11 : 13
}
