import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CODE_GROUPS,
  isGroup,
  isRecoveryCode,
  newRecoveryCode,
  parseRecoveryCode,
} from './recovery-code.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET = Uint8Array.from({ length: 16 }, (_, index) => index * 17)
const GROUPS = newRecoveryCode(() => SECRET)
const CODE = GROUPS.join('')
const REFUSED = expect.objectContaining({ code: 'backup/passphrase' })

test('every secret comes back out of its code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (secret) => {
      const groups = newRecoveryCode(() => secret)
      expect(groups).toHaveLength(CODE_GROUPS)
      expect(groups.join('-')).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(parseRecoveryCode(groups.join('-'))).toEqual(secret)
    }),
  )
})

test.each([
  ['groups', GROUPS.join(' ')],
  ['small letters', CODE.toLowerCase()],
  ['full width', CODE.replaceAll('8', '８')],
  ['long hyphens and lines', GROUPS.join(' –\n')],
  ['letters that look like digits', CODE.replaceAll('0', 'o').replaceAll('1', 'l')],
])('it may be typed in %s', (_, typed) => {
  expect(isRecoveryCode(typed)).toBe(true)
  expect(parseRecoveryCode(typed)).toEqual(SECRET)
})

describe('a slip of the pen is backup/passphrase', () => {
  test('each character in place of each', () => {
    for (const [at, right] of [...CODE].entries()) {
      for (const wrong of ALPHABET.replace(right, '')) {
        const typed = CODE.slice(0, at) + wrong + CODE.slice(at + 1)
        expect(() => parseRecoveryCode(typed), typed).toThrow(REFUSED)
      }
    }
  })

  test.each(['', CODE.slice(1), `${CODE}0`, CODE.replace(/.$/, 'U'), '口令'])('%j', (typed) => {
    expect(isRecoveryCode(typed)).toBe(false)
    expect(() => parseRecoveryCode(typed)).toThrow(REFUSED)
  })
})

test('a group is itself, however it is written', () => {
  expect(isGroup(' 7q2m ', '7Q2M')).toBe(true)
  expect(isGroup('7q2', '7Q2M')).toBe(false)
})
