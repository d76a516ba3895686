import { expect, test } from 'vitest'
import { escaped, printable, printableJson, printableLines } from './printable.ts'

const STEERS = 'a\u001b[2J\u009b1m\u202e\u2028\u200b\ue000\n文'

test('nothing that steers a terminal is left', () => {
  const sign = '\ufffd'
  expect(printable(STEERS)).toBe(`a${sign}[2J${sign}1m${sign.repeat(5)}文`)
  expect(printableLines(STEERS)).toBe(`a${sign}[2J${sign}1m${sign.repeat(4)}\n文`)
  expect(escaped(STEERS)).toBe('a\\u{1b}[2J\\u{9b}1m\\u{202e}\\u{2028}\\u{200b}\\u{e000}\\u{a}文')
})

test('JSON keeps its value', () => {
  const value = { [STEERS]: `${STEERS}\u{e0001}` }
  const text = printableJson(value)
  expect(text).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u)
  expect(JSON.parse(text)).toEqual(value)
})
