import { describe, expect, test } from 'vitest'
import { guilloche } from './guilloche.ts'

const NUMBERS_ONLY = /^[MLZ0-9. -]+$/

describe('guilloche', () => {
  test('is the same each time for one type code', () => {
    expect(guilloche('1110000099XYN9907G001')).toEqual(guilloche('1110000099XYN9907G001'))
  })

  test('differs between types', () => {
    const codes = ['001', '002', '038'].map((last) => `1110000099XYN9907G${last}`)
    const drawn = new Set(codes.map((code) => guilloche(code).rosette))
    expect(drawn.size).toBe(codes.length)
  })

  test.each(['', '1110000099XYN9907G038', '<script>', '字'])(
    'holds numbers only for %j',
    (code) => {
      const { rosette, waves } = guilloche(code)
      expect(rosette).toMatch(NUMBERS_ONLY)
      for (const wave of waves) expect(wave).toMatch(NUMBERS_ONLY)
    },
  )
})
