import { SEVERITY, severityOf, type VerdictCode } from '@onetrip/verifier'
import { describe, expect, test } from 'vitest'
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
