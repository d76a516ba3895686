/** Canonical Huffman codes as deflate uses them (RFC 1951 §3.2.2, §3.2.6). */
import { fault } from '@onetrip/codec'

/** A canonical code: how many symbols have each length (0 to 15), and the symbols in code order. */
export interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

/**
 * Builds a code from the length of each symbol (0 = not used, at most 15). `one-code` allows the single
 * 1-bit code that deflate permits, and no code at all; every other incomplete code is refused.
 * Throws status/format.
 */
export function buildHuffman(lengths: Uint8Array, allow: 'complete' | 'one-code'): Huffman {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  const used = lengths.length - (counts[0] ?? 0)
  counts[0] = 0
  let left = 1
  const offsets = new Uint16Array(16)
  for (let length = 1; length <= 15; length += 1) {
    const count = counts[length] ?? 0
    left = left * 2 - count
    if (left < 0) throw fault('status/format')
    if (length < 15) offsets[length + 1] = (offsets[length] ?? 0) + count
  }
  const isSingle = used === 0 || (used === 1 && counts[1] === 1)
  if (left > 0 && !(allow === 'one-code' && isSingle)) throw fault('status/format')
  const symbols = new Uint16Array(used)
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue
    const at = offsets[length] ?? 0
    symbols[at] = symbol
    offsets[length] = at + 1
  }
  return { counts, symbols }
}

/** The codes of a block with fixed codes (RFC 1951 §3.2.6). */
export const FIXED_CODES: { readonly lengths: Huffman; readonly distances: Huffman } = {
  lengths: buildHuffman(fixedLengths(), 'complete'),
  distances: buildHuffman(new Uint8Array(32).fill(5), 'complete'),
}

function fixedLengths(): Uint8Array {
  const lengths = new Uint8Array(288).fill(8)
  lengths.fill(9, 144, 256)
  lengths.fill(7, 256, 280)
  return lengths
}
