import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { encodeCbor, isCborOf } from './cbor-encode.ts'
import { CborFloat, CborTag, type CborValue, REDACTED_KEYS } from './cbor-value.ts'

const hexOf = (value: CborValue): string => toHex(encodeCbor(value))

describe('encodeCbor', () => {
  test('sorts map keys bytewise: RFC 8949 §4.2.1', () => {
    const keys = new Map<string | number | typeof REDACTED_KEYS, CborValue>([
      [REDACTED_KEYS, 0],
      ['aa', 0],
      ['z', 0],
      ['水', 0],
      [-1, 0],
      [100, 0],
      [-25, 0],
      [10, 0],
      [256, 0],
    ])
    expect(hexOf(keys)).toBe(
      'a90a0018640019010000200038180' + '0617a0062616100' + '63e6b0b400f83b00',
    )
  })
  test('orders texts by their UTF-8, not by their UTF-16', () => {
    expect(
      hexOf(
        new Map([
          ['\u{10000}', 1],
          ['a\uffff', 2],
        ]),
      ),
    ).toBe('a26461efbfbf0264f090808001')
  })
  test.each<[CborValue, string]>([
    [-0, '00'],
    [23, '17'],
    [24, '1818'],
    [256, '190100'],
    [65_536, '1a00010000'],
    [2 ** 40, '1b0000010000000000'],
    [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
    ['', '60'],
    ['浙', '63e6b599'],
    [fromHex('00ff'), '4200ff'],
    [new CborTag(18, []), 'd280'],
    [new CborFloat(-0), 'f98000'],
    [new CborFloat(Number.NaN), 'f97e00'],
    [new CborFloat(100_000), 'fa47c35000'],
    [new CborFloat(1.1), 'fb3ff199999999999a'],
  ])('%o is %s', (value, hex) => {
    expect(hexOf(value)).toBe(hex)
  })
  test('grows with its value', () => {
    const value = ['a'.repeat(700), '水'.repeat(400), new Uint8Array(70_000)]
    expect(encodeCbor(value)).toHaveLength(1 + 703 + 1_203 + 70_005)
  })
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a fraction', 1.5],
    ['an unsafe integer', 2 ** 53],
    ['NaN', Number.NaN],
    ['a lone high surrogate', 'a\ud800b'],
    ['a lone low surrogate', '\udc00'],
    ['a high surrogate at the end', '\ud800'],
    ['a bigint', 1n],
    ['a plain object', {}],
    ['the key __proto__', new Map([['__proto__', 1]])],
    ['a fraction as key', new Map([[0.5, 1]])],
    ['null as key', new Map([[null, 1]])],
    ['an undefined entry', new Map([[1, undefined]])],
    ['a hole', new Array(1)],
    ['a negative tag', new CborTag(-1, 0)],
    ['a cycle', cycle()],
  ])('refuses %s as a fault of the caller', (_, value) => {
    expect(() => encodeCbor(value as CborValue)).toThrow(TypeError)
  })
})

function cycle(): CborValue {
  const items: CborValue[] = []
  items.push(items)
  return items
}

describe('isCborOf', () => {
  const long = Array.from({ length: 300 }, (_, at) => `水${at}`)

  test.each<CborValue>([0, 'a', new Map([[1, new Uint8Array(40)]]), long])('knows %o', (value) => {
    const bytes = encodeCbor(value)
    expect(isCborOf(bytes, value)).toBe(true)
    expect(isCborOf(bytes.subarray(1), value)).toBe(false)
    expect(isCborOf(Uint8Array.of(...bytes, 0), value)).toBe(false)
    const last = bytes.length - 1
    expect(isCborOf(bytes.with(last, (bytes[last] ?? 0) ^ 1), value)).toBe(false)
  })

  test('has nothing to say of what cannot be encoded', () => {
    expect(() => isCborOf(Uint8Array.of(0), 0.5)).toThrow(TypeError)
  })
})
