import { expect, test } from 'vitest'
import { dayText, validityText } from './shown-text.ts'

test.each([
  ['2026-11-20', '2026年11月20日', '20 November 2026'],
  ['2028-02-29', '2028年2月29日', '29 February 2028'],
  ['1000-01-01', '1000年1月1日', '1 January 1000'],
  ['2026-13-01', '2026-13-01', '2026-13-01'],
  ['20 November', '20 November', '20 November'],
])('%s', (day, chinese, english) => {
  expect(dayText(day)).toEqual({ 'zh-CN': chinese, en: english })
})

test('a period, and one without an end', () => {
  expect(validityText({ validFrom: '2026-11-20' })).toEqual({
    'zh-CN': '2026年11月20日起，长期有效',
    en: 'from 20 November 2026, long-term',
  })
  expect(validityText({ validFrom: '2026-11-20', validTo: '2031-11-19' })).toEqual({
    'zh-CN': '2026年11月20日 至 2031年11月19日',
    en: '20 November 2026 to 19 November 2031',
  })
})
