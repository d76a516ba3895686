import { deflateSync } from 'node:zlib'
import { Fault } from '@onetrip/codec'
import { assert, constantFrom, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflateZlib } from './inflate.ts'

const MIB = 2 ** 20

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

describe('inflateZlib', () => {
  test('inverts what zlib makes, at every level and strategy', () => {
    const bytes = uint8Array({ maxLength: 5_000, max: 3 })
    assert(
      property(
        bytes,
        integer({ min: 0, max: 9 }),
        constantFrom(0, 1, 2, 3, 4),
        (input, level, strategy) => {
          const packed = deflateSync(input, { level, strategy })
          expect(inflateZlib(packed, input.length)).toEqual(input)
        },
      ),
    )
  })

  test('inverts large mixed input', () => {
    const input = new Uint8Array(MIB)
    for (let i = 0; i < MIB; i += 1) input[i] = i % 7 === 0 ? (i * 2_654_435_761) >>> 24 : 0
    expect(inflateZlib(deflateSync(input), MIB)).toEqual(input)
  })

  test('stops at the limit, one byte over included', () => {
    const packed = deflateSync(new Uint8Array(1_000))
    expect(inflateZlib(packed, 1_000)).toHaveLength(1_000)
    expect(codeOf(() => inflateZlib(packed, 999))).toBe('status/too-large')
    expect(codeOf(() => inflateZlib(deflateSync(new Uint8Array(10), { level: 0 }), 9))).toBe(
      'status/too-large',
    )
  })

  test('ST01: 130 KiB that would inflate to 128 MiB is refused without the memory', () => {
    const bomb = deflateSync(new Uint8Array(128 * MIB), { level: 9 })
    expect(bomb.length).toBeLessThan(131 * 1_024)
    const before = process.memoryUsage()
    expect(codeOf(() => inflateZlib(bomb, 262_144))).toBe('status/too-large')
    const after = process.memoryUsage()
    const grown = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers
    expect(grown).toBeLessThan(32 * MIB)
  })

  test('refuses bytes after the stream, a cut stream and a changed check sum', () => {
    const packed = deflateSync(Uint8Array.of(1, 2, 3, 1, 2, 3))
    const changed = packed.slice()
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    const cases = [
      Uint8Array.of(...packed, 0),
      packed.subarray(0, -1),
      packed.subarray(0, 4),
      changed,
      new Uint8Array(),
    ]
    for (const input of cases) expect(codeOf(() => inflateZlib(input, 100))).toBe('status/format')
  })

  test('refuses gzip, raw deflate and a preset dictionary', () => {
    for (const hex of ['1f8b0800000000000003', '4bcaac28010002', '78bb000000000000', '789d0300']) {
      expect(codeOf(() => inflateZlib(Buffer.from(hex, 'hex'), 100))).toBe('status/format')
    }
  })

  test('any input gives output within the limit or a code', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (tail) => {
        const result = codeOf(() => inflateZlib(Uint8Array.of(0x78, 0xda, ...tail), 4_096))
        expect(['accepted', 'status/format', 'status/too-large']).toContain(result)
      }),
      { numRuns: 2_000 },
    )
  })
})
