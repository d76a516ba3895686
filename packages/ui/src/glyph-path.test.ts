import { expect, test } from 'vitest'
import { glyphPath } from './glyph-path.ts'

test('one box per run of ink, row by row', () => {
  const bitmap = new Uint8Array(72)
  // Row 0: a run over the border of two bytes, and the last pixel; row 23: all of it.
  bitmap.set([0b0000_0011, 0b1100_0000, 0b0000_0001], 0)
  bitmap.set([0xff, 0xff, 0xff], 69)
  expect(glyphPath(bitmap)).toBe('M6 0h4v1h-4zM23 0h1v1h-1zM0 23h24v1h-24z')
})

test('a run ends with its row, and no ink is no path', () => {
  const bitmap = new Uint8Array(72)
  bitmap.set([0, 0, 0b1, 0b1000_0000], 0)
  expect(glyphPath(bitmap)).toBe('M23 0h1v1h-1zM0 1h1v1h-1z')
  expect(glyphPath(new Uint8Array(72))).toBe('')
})
