/** Tables that spreadsheets open. */
import { expect, test } from 'vitest'
import { csvText } from './csv-file.ts'

test('every cell is quoted, and none is a formula', () => {
  expect(
    csvText([
      ['行', 'a"b'],
      [2, '=1+1'],
      [-3, ' \u200b＠x'],
    ]),
  ).toBe('\ufeff"行","a""b"\r\n"2","\'=1+1"\r\n"-3","\' \u200b＠x"\r\n')
})
