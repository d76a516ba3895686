/**
 * Inflates a zlib stream (RFC 1950, RFC 1951) that comes from outside. The output is bounded while it is
 * made, the check sum is compared, and every byte of the input has to belong to the stream. Where the
 * platform is faster it goes first, and what it does not take whole is judged by the inflater below, so
 * that a refusal has one code everywhere.
 */

import { fault } from '@onetrip/codec'
import { inflateWhole } from '#platform'
import { BitReader } from './bit-reader.ts'
import { CappedOutput } from './capped-output.ts'
import { buildHuffman, decodeSymbol, FIXED_CODES, type Huffman } from './huffman.ts'

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
]
const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
]
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]
/** The order in which code length codes are sent (RFC 1951 §3.2.7). */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const END_OF_BLOCK = 256
const ADLER_MODULUS = 65_521
/** Most bytes that can be summed before the sums leave 31 bits. */
const ADLER_RUN = 3_800

/**
 * Inflates `input`, at most `maxBytes` of output.
 * Throws status/too-large as soon as the output would pass the limit, status/format for anything else.
 */
export function inflateZlib(input: Uint8Array, maxBytes: number): Uint8Array {
  return inflateWhole(input, maxBytes) ?? inflatePortably(input, maxBytes)
}

/** {@link inflateZlib} without the platform. */
export function inflatePortably(input: Uint8Array, maxBytes: number): Uint8Array {
  const [method = 0, flags = 0] = input
  const isZlib = input.length >= 6 && (method & 0x0f) === 8 && method >> 4 <= 7
  if (!isZlib || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0) throw malformed()
  const bits = new BitReader(input, 2)
  const out = new CappedOutput(maxBytes)
  let last = false
  while (!last) {
    last = bits.read(1) === 1
    inflateBlock(bits, out)
  }
  const result = out.finish()
  bits.align()
  let sum = 0
  for (let i = 0; i < 4; i += 1) sum = sum * 256 + bits.read(8)
  if (!bits.atEnd() || sum !== adler32(result)) throw malformed()
  return result
}

function inflateBlock(bits: BitReader, out: CappedOutput): void {
  const type = bits.read(2)
  if (type === 3) throw malformed()
  if (type === 0) copyStored(bits, out)
  else decodeCodes({ bits, out, ...(type === 1 ? FIXED_CODES : readCodes(bits)) })
}

function copyStored(bits: BitReader, out: CappedOutput): void {
  bits.align()
  const length = bits.read(16)
  if (bits.read(16) !== (length ^ 0xffff)) throw malformed()
  // What is there counts against the limit first, as it does where a stream is inflated as it comes.
  const part = bits.take(length)
  out.append(part)
  if (part.length < length) throw malformed()
}

interface CodePair {
  readonly lengths: Huffman
  readonly distances: Huffman
}

function readCodes(bits: BitReader): CodePair {
  const lengthCount = bits.read(5) + 257
  const distanceCount = bits.read(5) + 1
  const codeCount = bits.read(4) + 4
  if (lengthCount > 286 || distanceCount > 30) throw malformed()
  const codeLengths = new Uint8Array(19)
  for (const symbol of CODE_ORDER.slice(0, codeCount)) codeLengths[symbol] = bits.read(3)
  const code = buildHuffman(codeLengths, 'complete')
  const total = lengthCount + distanceCount
  const lengths = new Uint8Array(total)
  let at = 0
  while (at < total) {
    const symbol = decodeSymbol(bits, code)
    if (symbol < 16) {
      lengths[at] = symbol
      at += 1
      continue
    }
    if (symbol === 16 && at === 0) throw malformed()
    const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0
    const times = readRepeat(bits, symbol)
    if (at + times > total) throw malformed()
    lengths.fill(value, at, at + times)
    at += times
  }
  if (lengths[END_OF_BLOCK] === 0) throw malformed()
  return {
    lengths: buildHuffman(lengths.subarray(0, lengthCount), 'one-code'),
    distances: buildHuffman(lengths.subarray(lengthCount), 'one-code'),
  }
}

function readRepeat(bits: BitReader, symbol: number): number {
  if (symbol === 16) return 3 + bits.read(2)
  return symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7)
}

function decodeCodes(
  options: CodePair & { readonly bits: BitReader; readonly out: CappedOutput },
): void {
  const { bits, out, lengths, distances } = options
  for (;;) {
    const symbol = decodeSymbol(bits, lengths)
    if (symbol === END_OF_BLOCK) return
    if (symbol < END_OF_BLOCK) {
      out.push(symbol)
      continue
    }
    const length = readExtended({ bits, base: LENGTH_BASE, extra: LENGTH_EXTRA }, symbol - 257)
    const code = decodeSymbol(bits, distances)
    out.repeat(readExtended({ bits, base: DISTANCE_BASE, extra: DISTANCE_EXTRA }, code), length)
  }
}

function readExtended(
  table: {
    readonly bits: BitReader
    readonly base: readonly number[]
    readonly extra: readonly number[]
  },
  code: number,
): number {
  const base = table.base[code]
  if (base === undefined) throw malformed()
  return base + table.bits.read(table.extra[code] ?? 0)
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let start = 0; start < bytes.length; start += ADLER_RUN) {
    const end = Math.min(start + ADLER_RUN, bytes.length)
    for (let at = start; at < end; at += 1) {
      a += bytes[at] ?? 0
      b += a
    }
    a %= ADLER_MODULUS
    b %= ADLER_MODULUS
  }
  return b * 65_536 + a
}

function malformed(): Error {
  return fault('status/format', 'not a whole zlib stream')
}
