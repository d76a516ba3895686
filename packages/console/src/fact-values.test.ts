/** Codes that the log records are words on its page, in both languages; ids and what it does not know stay as they are. */
import { setLanguage } from '@onetrip/ui'
import { afterEach, expect, test } from 'vitest'
import { factValueWords } from './fact-values.ts'

afterEach(() => setLanguage('zh-CN'))

test.each([
  ['case/accept', 'to', 'accepted', '办理中', 'Under way'],
  ['case-part/grant', 'to', 'granted', '拟准予', 'To be granted'],
  ['case/material', 'way', 'register', '登记簿核对', 'compared with the register'],
  ['case/deferred', 'way', 'deferred', '容缺后补', 'follows later'],
  ['case/visit-set', 'day', '2026-11-20', '2026年11月20日', '20 November 2026'],
  ['case/visit-findings', 'passed', 1, '是', 'yes'],
  ['licence/status', 'from', 'valid', '有效', 'In force'],
  ['licence/status', 'kind', 'penalty', '吊销：行政处罚', 'taken away: a penalty'],
  ['order/request', 'kind', 'suspend', '暂停', 'Suspend'],
  ['staff/grant', 'role', 'clerk', '受理', 'clerk'],
  ['staff/grant', 'until', 1_795_824_000, '2026年11月28日 08:00', '28 November 2026, 08:00'],
] as const)('%s, %s: %s', (act, name, value, zh, en) => {
  expect(factValueWords(act, name, value)).toBe(zh)
  setLanguage('en')
  expect(factValueWords(act, name, value)).toBe(en)
})

test('an id, a digest and what this version does not know stay as they were recorded', () => {
  expect(factValueWords('case/accept', 'case', '01a21dfc')).toBe('01a21dfc')
  expect(factValueWords('case/accept', 'to', 'constructor')).toBe('constructor')
  expect(factValueWords('restore/log', 'from', 12)).toBe('12')
  expect(factValueWords('staff/grant', 'until', 'never')).toBe('never')
})
