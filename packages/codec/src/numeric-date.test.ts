import { describe, expect, test } from 'vitest'
import { fromHex } from './bytes.ts'
import { decodeCbor } from './cbor-decode.ts'
import { fault } from './errors.ts'
import { parseJson } from './json.ts'
import { parseNumericDate } from './numeric-date.ts'

describe('parseNumericDate', () => {
  test.each([0, 1_770_000_000, 253_402_300_799])('takes %d', (seconds) => {
    expect(parseNumericDate(seconds)).toBe(seconds)
  })
  test('takes -0 as 0', () => {
    expect(Object.is(parseNumericDate(parseJson('-0')), 0)).toBe(true)
  })
  test.each<[string, unknown]>([
    ['JW09: nothing', undefined],
    ['JW09: null', null],
    ['JW09: a text', '1770000000'],
    ['JW09: a negative', -1],
    ['JW09: milliseconds', 1_770_000_000_000],
    ['the year 10000', 253_402_300_800],
    ['a fraction', 1.5],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['a list', [1]],
    ['CB15: NaN in CBOR', decodeCbor(fromHex('f97e00'))],
    ['CB15: infinity in CBOR', decodeCbor(fromHex('f97c00'))],
    ['CB15: a date text with tag 0', decodeCbor(fromHex('c063616263'), { tags: [0] })],
    ['a float in CBOR', decodeCbor(fromHex('fa4e93dd00'))],
  ])('refuses %s', (_, value) => {
    expect(() => parseNumericDate(value)).toThrow(fault('time/format'))
  })
})
