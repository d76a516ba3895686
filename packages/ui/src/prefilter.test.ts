import { describe, expect, test } from 'vitest'
import { soften, toGrey, toRgba } from './prefilter.ts'

describe('soften', () => {
  test('keeps an even picture as it is', () => {
    const pixels = new Uint8ClampedArray(5 * 4).fill(200)
    expect(soften({ width: 5, height: 4, pixels }).pixels).toEqual(pixels)
  })

  test('spreads a point by the weights of a 0.7 px Gaussian, the same in both directions', () => {
    const pixels = new Uint8ClampedArray(49)
    pixels[24] = 255
    const soft = soften({ width: 7, height: 7, pixels }).pixels
    expect(soft[24]).toBeGreaterThan(78)
    expect(soft[24]).toBeLessThan(86)
    expect(Math.abs((soft[23] ?? 0) - (soft[17] ?? 0))).toBeLessThanOrEqual(1)
    expect(soft[23]).toBe(soft[25])
    expect(soft[0]).toBe(0)
  })
})

test('grey and back', () => {
  const data = new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255])
  const grey = toGrey({ width: 3, height: 1, data })
  expect([...grey.pixels]).toEqual([255, 0, 76])
  expect([...toRgba(grey)].slice(0, 8)).toEqual([255, 255, 255, 255, 0, 0, 0, 255])
})
