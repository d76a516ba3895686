import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { codeNumber } from './code-number.ts'

test('the number under a code is the beginning of its hash', () => {
  const text = 'OT1:6BF+70790T9WJWG.FKY*4GO0'
  const digits = Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 10), 16)
  const base32 = digits
    .toString(32)
    .padStart(8, '0')
    .replace(/./g, (digit) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Number.parseInt(digit, 32)))
  expect(codeNumber(text)).toBe(`${base32.slice(0, 4)}-${base32.slice(4)}`)
  expect(codeNumber(text)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(codeNumber(`${text} `)).not.toBe(codeNumber(text))
})
