/** Canonical Huffman codes as deflate uses them (RFC 1951 §3.2.2, §3.2.6). */
import { fault } from '@onetrip/codec'
import type { BitReader } from './bit-reader.ts'

/** Codes of up to this many bits are decoded by one look into a table, longer ones bit by bit. */
const FAST_BITS = 9

/** A canonical code: how many symbols have each length (0 to 15), and the symbols in code order. */
export interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
  /** By the next 9 bits: symbol * 16 + length of its code, or 0 where the code is longer or none. */
  readonly fast: Uint16Array
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
  return { counts, symbols, fast: buildFastTable(counts, symbols) }
}

/** Reads one symbol. Throws status/format where the bits are no code. */
export function decodeSymbol(bits: BitReader, { counts, symbols, fast }: Huffman): number {
  const ahead = bits.peek()
  const entry = fast[ahead & (fast.length - 1)] ?? 0
  if (entry !== 0) {
    bits.drop(entry & 15)
    return entry >> 4
  }
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= 15; length += 1) {
    code |= (ahead >> (length - 1)) & 1
    const count = counts[length] ?? 0
    if (code - count < first) {
      bits.drop(length)
      return symbols[index + (code - first)] ?? -1
    }
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw fault('status/format')
}

/** The codes of a block with fixed codes (RFC 1951 §3.2.6). */
export const FIXED_CODES: { readonly lengths: Huffman; readonly distances: Huffman } = {
  lengths: buildHuffman(fixedLengths(), 'complete'),
  distances: buildHuffman(new Uint8Array(32).fill(5), 'complete'),
}

/** Codes are sent from their highest bit on (RFC 1951 §3.1.1), so the table is entered by the code reversed. */
function buildFastTable(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const fast = new Uint16Array(1 << FAST_BITS)
  let code = 0
  let index = 0
  for (let length = 1; length <= FAST_BITS; length += 1) {
    code <<= 1
    for (let count = counts[length] ?? 0; count > 0; count -= 1) {
      const entry = (symbols[index] ?? 0) * 16 + length
      for (let at = reversed(code, length); at < fast.length; at += 1 << length) fast[at] = entry
      code += 1
      index += 1
    }
  }
  return fast
}

function reversed(code: number, length: number): number {
  let result = 0
  for (let bit = 0; bit < length; bit += 1) result |= ((code >> bit) & 1) << (length - 1 - bit)
  return result
}

function fixedLengths(): Uint8Array {
  const lengths = new Uint8Array(288).fill(8)
  lengths.fill(9, 144, 256)
  lengths.fill(7, 256, 280)
  return lengths
}
