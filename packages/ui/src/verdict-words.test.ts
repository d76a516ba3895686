import { ERROR_CODES } from '@onetrip/codec'
import { SEVERITY, severityOf, type VerdictCode } from '@onetrip/verifier'
import { describe, expect, test } from 'vitest'
import { isExplained, reasonFor } from './code-words.ts'
import { setLanguage } from './language.ts'
import { toneOf, wordOf } from './verdict-words.ts'

function isVerdictCode(code: string): code is VerdictCode {
  return Object.hasOwn(SEVERITY, code)
}

describe('toneOf', () => {
  test.each([
    ['status/revoked', 'lapsed'],
    ['status/suspended', 'lapsed'],
    ['licence/expired', 'lapsed'],
    ['presentation/expired', 'lapsed'],
    ['signature/invalid', 'forged'],
    ['key-binding/signature', 'forged'],
    ['presentation/replayed', 'forged'],
  ] as const)('splits red: %s is %s', (reason, tone) => {
    expect(toneOf({ outcome: 'invalid', reason })).toBe(tone)
  })

  test('never makes anything but valid look valid', () => {
    for (const reason of Object.keys(SEVERITY).filter(isVerdictCode)) {
      const outcome = severityOf(reason)
      expect(toneOf({ outcome, reason })).not.toBe('valid')
      for (const language of ['zh-CN', 'en'] as const) {
        setLanguage(language)
        expect(wordOf({ outcome, reason })).not.toBe(wordOf({ outcome: 'valid' }))
      }
    }
  })
})

describe('wordOf', () => {
  test('is short enough for a phone at 48 px', () => {
    for (const reason of Object.keys(SEVERITY).filter(isVerdictCode)) {
      const head = { outcome: severityOf(reason), reason }
      setLanguage('zh-CN')
      expect(Array.from(wordOf(head)).length).toBeLessThanOrEqual(6)
      setLanguage('en')
      expect(wordOf(head).length).toBeLessThanOrEqual(14)
    }
  })
})

describe('words for codes', () => {
  test('every code of a verdict, of trust data and of packs has words of its own in both languages', () => {
    const met = ERROR_CODES.filter(
      (code) => Object.hasOwn(SEVERITY, code) || /^(trust|pack|recognition)\//.test(code),
    )
    expect(met.length).toBeGreaterThan(100)
    for (const code of met) {
      expect([code, isExplained(code)]).toEqual([code, true])
      setLanguage('zh-CN')
      expect(reasonFor(code)).toMatch(/\p{Script=Han}.*[。，；：]/u)
      setLanguage('en')
      expect(reasonFor(code)).toMatch(/^[A-Z][^\p{Script=Han}]+\.$/u)
    }
  })
})
