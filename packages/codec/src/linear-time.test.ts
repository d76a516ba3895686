/** No input of any shape makes a decoder slow: case T9, 50 ms for each input. */
import { describe, expect, test } from 'vitest'
import { decodeBase45 } from './base45.ts'
import { concatBytes, fromHex } from './bytes.ts'
import { ANY_KEY_ORDER, type CborLimits, decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import type { CborValue } from './cbor-value.ts'
import { parseJson } from './json.ts'
import { decodeFrameLines, MAX_FRAME_LINES_CHARACTERS } from './qr-frame-lines.ts'
import { encodeFrames } from './qr-frame-source.ts'

const BUDGET_MS = 50
const MEBIBYTE = 2 ** 20
const wide: CborLimits = { maxBytes: 4 * MEBIBYTE, maxItems: 1e9, tags: [2], [ANY_KEY_ORDER]: true }

const cborInputs: readonly (readonly [string, Uint8Array])[] = [
  ['a bignum of 1 MiB', concatBytes(fromHex('c25a00100000'), filled(MEBIBYTE, 0xff))],
  ['nested arrays', filled(MEBIBYTE, 0x81)],
  ['nested maps', filled(MEBIBYTE, 0xa1)],
  ['nested tags', filled(MEBIBYTE, 0xc2)],
  ['long arrays that claim the rest', repeated('9affffffff', MEBIBYTE)],
  ['an array of zeros', concatBytes(fromHex('9a00010000'), new Uint8Array(65_536))],
  ['a text of 1 MiB', concatBytes(fromHex('7a00100000'), filled(MEBIBYTE, 0x61))],
  ['a text broken at its end', concatBytes(fromHex('7a00100000'), filled(MEBIBYTE, 0xc3))],
  ['a map of 2,000 integers that end in the same bits', encodeCbor(multiples(2 ** 20))],
  ['a map of 2,000 close integers', encodeCbor(multiples(1))],
]

const jsonInputs: readonly (readonly [string, string])[] = [
  ['brackets', '['.repeat(MEBIBYTE)],
  ['braces', '{"":'.repeat(MEBIBYTE / 4)],
  ['white space', ' '.repeat(MEBIBYTE)],
  ['escapes', `"${'\\u0041'.repeat(10_000)}"`],
  ['backslashes', `"${'\\'.repeat(MEBIBYTE)}`],
  ['digits', '1'.repeat(65_000)],
  ['a number with many zeros', `0.${'0'.repeat(65_000)}1`],
  ['many names', `{${Array.from({ length: 4_000 }, (_, index) => `"${index * 1_024}":0`).join()}}`],
]

describe('linear time', () => {
  test.each(cborInputs)('CBOR: %s', (_, bytes) => {
    expect(millisecondsOf(() => decodeCbor(bytes))).toBeLessThan(BUDGET_MS)
    if (bytes.length < 70_000 || bytes[0] === 0xc2) {
      expect(millisecondsOf(() => decodeCbor(bytes, wide))).toBeLessThan(BUDGET_MS)
    }
  })
  test.each(jsonInputs)('JSON: %s', (_, text) => {
    expect(millisecondsOf(() => parseJson(text))).toBeLessThan(BUDGET_MS)
  })
  test('Base45', () => {
    expect(millisecondsOf(() => decodeBase45('0'.repeat(MEBIBYTE)))).toBeLessThan(BUDGET_MS)
  })
  test('frames: 256 parts that are all combined', () => {
    const source = encodeFrames(filled(65_536, 0xff), { partBytes: 256 })
    const lines = Array.from({ length: 280 }, (_, at) => source.text(1_000 + at)).join('\n')
    expect(lines.length).toBeLessThanOrEqual(MAX_FRAME_LINES_CHARACTERS)
    expect(millisecondsOf(() => decodeFrameLines(lines))).toBeLessThan(BUDGET_MS)
  })
})

/** The best of three, so that a busy machine does not decide. */
function millisecondsOf(work: () => unknown): number {
  return Math.min(...[1, 2, 3].map(() => onceMilliseconds(work)))
}

function onceMilliseconds(work: () => unknown): number {
  const start = performance.now()
  try {
    work()
  } catch {
    // Refusing is as good as reading; only the time counts here.
  }
  return performance.now() - start
}

function multiples(step: number): CborValue {
  return new Map(Array.from({ length: 2_000 }, (_, index) => [index * step, 0]))
}

function filled(length: number, byte: number): Uint8Array {
  return new Uint8Array(length).fill(byte)
}

function repeated(hex: string, length: number): Uint8Array {
  const unit = fromHex(hex)
  return Uint8Array.from({ length }, (_, index) => unit[index % unit.length] as number)
}
