import { assert, integer, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import { dateString, parseDateString, parseTextString, textString } from './text-string.ts'
import { writeValue } from './write-value.ts'

describe('texts', () => {
  test.each([
    ['ASCII', 'Seal 1', '(Seal 1)'],
    ['brackets', 'a(b', '<612862>'],
    ['Han characters', '章', '<feff7ae0>'],
    ['a character of two units', '𠮷', '<feffd842dfb7>'],
  ])('%s', (_name, text, written) => {
    expect(writeValue(textString(text))).toBe(written)
  })

  test('come back', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(parseTextString(textString(text))).toBe(text)
      }),
    )
    expect(codeOf(() => parseTextString(null))).toBe('pdf/format')
  })
})

describe('dates', () => {
  test('come back, in UTC', () => {
    expect(writeValue(dateString(1_795_000_000))).toBe('(D:20261118110640Z)')
    assert(
      property(integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        expect(parseDateString(dateString(seconds))).toBe(seconds)
      }),
    )
  })

  test.each(["D:20261118110640+00'00'", 'D:2026', 'D:20261318110640Z', '20261118110640Z'])(
    '%s',
    (text) => {
      expect(codeOf(() => parseDateString(textString(text)))).toBe('pdf/format')
    },
  )

  test('not every number is one', () => {
    for (const seconds of [-1, 1.5, Number.NaN, 253_402_300_800]) {
      expect(() => dateString(seconds)).toThrow(TypeError)
    }
  })
})
