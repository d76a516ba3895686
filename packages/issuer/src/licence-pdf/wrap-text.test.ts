import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

/** Han characters and full-width marks are one wide, everything else half. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 1 : 0.5), 0)
const wrap = (text: string, width: number) => wrapText(text, width, widthOf)

describe('lines', () => {
  test.each([
    ['between any two characters', '云栖区样例路十八号', 4, ['云栖区样', '例路十八', '号']],
    ['not before a closing mark', '云栖区样，例', 4, ['云栖区', '样，例']],
    ['not behind an opening mark', '云栖区（样例）', 4, ['云栖区', '（样例）']],
    ['not within a number', '云栖路1188号', 4, ['云栖路', '1188号']],
    ['not within a day', '自2026年1月2日起', 6, ['自', '2026年1月2日', '起']],
    ['at white space, which is left out', '2026年 至 2031年', 4, ['2026年', '至', '2031年']],
    ['within what is wider than a line', 'ABCDEFGHIJ云', 4, ['ABCDEFGH', 'IJ云']],
    ['none', '', 4, []],
  ])('%s', (_where, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines)
  })

  test('hold every character once, and are no wider than they may be', () => {
    const text = fc.string({ unit: fc.constantFrom(...'云栖区（，。）·A1 ') })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (stated, width) => {
        const lines = wrap(stated, width)
        const joined = lines.join('').replaceAll(' ', '')
        return (
          joined === stated.replaceAll(' ', '') && lines.every((line) => widthOf(line) <= width)
        )
      }),
    )
  })
})
