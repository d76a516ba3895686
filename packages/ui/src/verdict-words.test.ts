import { ERROR_CODES } from '@onetrip/codec'
import { type Outcome, SEVERITY, severityOf, type VerdictCode } from '@onetrip/verifier'
import { afterEach, describe, expect, test } from 'vitest'
import { nextStepFor, reasonFor } from './code-words.ts'
import { setLanguage } from './language.ts'
import { isExplained } from './reason-words.ts'
import { headOf, toneOf, wordOf } from './verdict-words.ts'

afterEach(() => setLanguage('zh-CN'))

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

test('a licence that ended is not called a penalty’s, and its next version is asked for', () => {
  setLanguage('zh-CN')
  const reason = 'status/revoked'
  expect(wordOf({ outcome: 'invalid', reason })).toBe('已失效')
  expect(reasonFor(reason)).toContain('由新版替换')
  expect(nextStepFor(reason, 'invalid')).toContain('请持证人出示新版')
})

describe('headOf', () => {
  // 2026-12-31 ends at midnight in Shanghai.
  const DAY = 86_400
  const END = Date.parse('2027-01-01T00:00:00+08:00') / 1000

  function verdict(outcome: Outcome, days: readonly string[]) {
    return { outcome, licences: days.map((validTo) => ({ validTo })) }
  }

  test.each([
    ['thirty days before its end', END - 30 * DAY, ['2026-12-31'], '2026-12-31'],
    ['a second earlier', END - 30 * DAY - 1, ['2026-12-31'], undefined],
    ['on its last day', END - 1, ['2026-12-31'], '2026-12-31'],
    ['with several, the first to end', END - 1, ['2027-01-05', '2026-12-31'], '2026-12-31'],
    ['a long-term licence', END, [], undefined],
  ] as const)('a valid licence near its end is amber: %s', (_, at, days, endsOn) => {
    const head = headOf(verdict('valid', days), at)
    expect(head.endsOn).toBe(endsOn)
    expect(toneOf(head)).toBe(endsOn === undefined ? 'valid' : 'caution')
    setLanguage('zh-CN')
    expect(wordOf(head)).toBe(endsOn === undefined ? '有效' : '即将到期')
  })

  test.each(['invalid', 'unverifiable', 'caution'] as const)('%s says nothing of it', (outcome) => {
    expect(headOf(verdict(outcome, ['2026-12-31']), END - 1)).toEqual({ outcome })
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
