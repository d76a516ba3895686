import { expect, test } from 'vitest'
import { printedWidthMm } from './print-size.ts'

const DOT_MM = 25.4 / 300

test.each([1, 10, 15, 20, 24, 25])('version %i has whole dots, 0.4 mm and 50 mm', (version) => {
  const side = 17 + 4 * version + 8
  const width = printedWidthMm(side)
  const dots = width / side / DOT_MM
  expect(Math.abs(dots - Math.round(dots))).toBeLessThan(1e-9)
  expect(width / side).toBeGreaterThanOrEqual(0.4)
  expect(width).toBeGreaterThanOrEqual(50)
})

test('the largest copy, version 25, is 53 mm wide', () => {
  expect(printedWidthMm(125)).toBeCloseTo(52.9, 1)
})
