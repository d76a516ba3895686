import { describe, expect, test } from 'vitest'
import { halfFromNumber, numberFromHalf } from './float16.ts'

describe('half-precision floats', () => {
  test('every one of the 65,536 comes back as itself, every NaN as 7e00', () => {
    for (let half = 0; half <= 0xffff; half++) {
      const value = numberFromHalf(half)
      const expected = Number.isNaN(value) ? 0x7e00 : half
      if (halfFromNumber(value) !== expected) expect.fail(`half ${half.toString(16)}`)
    }
  })
  test.each([
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7bff, 65_504],
    [0xc400, -4],
    [0x8000, -0],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('%i is %d', (half, value) => {
    expect(numberFromHalf(half)).toBe(value)
  })
  test.each([65_505, 65_536, 1.1, 2 ** -25, 3 * 2 ** -25, 1 + 2 ** -11, 1e300, 2 ** -149])(
    '%d has no exact half',
    (value) => {
      expect(halfFromNumber(value)).toBeUndefined()
    },
  )
})
