import { describe, expect, test } from 'vitest'
import {
  formatAge,
  formatClock,
  formatClockSeconds,
  formatDate,
  formatDay,
  formatMoment,
  formatValidity,
} from './formatters.ts'

/** 2026-12-01 09:10:05 in Shanghai. */
const NOW = 1_796_087_405
const DAY = 86_400

describe('days and times of Asia/Shanghai', () => {
  test('days', () => {
    expect(formatDay('2026-11-20', 'zh-CN')).toBe('2026年11月20日')
    expect(formatDay('2026-11-20', 'en')).toBe('20 November 2026')
    expect(formatDay('2028-02-29', 'en')).toBe('29 February 2028')
    expect(formatDay('9999-12-31', 'zh-CN')).toBe('9999年12月31日')
    expect(formatDay('not a day', 'en')).toBe('not a day')
  })

  test('midnight in Shanghai belongs to the new day', () => {
    expect(formatDate(Date.parse('2026-11-30T16:00:00Z') / 1000, 'en')).toBe('1 December 2026')
    expect(formatDate(Date.parse('2026-11-30T15:59:59Z') / 1000, 'en')).toBe('30 November 2026')
  })

  test('clock times, midnight as 00', () => {
    expect(formatClock(NOW, 'zh-CN')).toBe('09:10')
    expect(formatClockSeconds(NOW, 'en')).toBe('09:10:05')
    expect(formatClock(Date.parse('2026-11-30T16:00:00Z') / 1000, 'zh-CN')).toBe('00:00')
  })

  test('a moment names its day only when it is another one', () => {
    expect(formatMoment(NOW, NOW + 60, 'zh-CN')).toBe('09:10')
    expect(formatMoment(NOW, NOW + DAY, 'zh-CN')).toBe('12月1日 09:10')
    expect(formatMoment(NOW, NOW + DAY, 'en')).toBe('09:10 on 1 December')
    expect(formatMoment(NOW - 365 * DAY, NOW, 'en')).toBe('09:10 on 1 December 2025')
  })
})

describe('ages', () => {
  test.each([
    [-5, '刚刚', 'just now'],
    [59, '刚刚', 'just now'],
    [60, '1分钟前', '1 minute ago'],
    [240, '4分钟前', '4 minutes ago'],
    [3 * 3600, '3小时前', '3 hours ago'],
    [47 * 3600, '47小时前', '47 hours ago'],
    [5 * DAY, '5天前', '5 days ago'],
  ])('%i seconds', (seconds, zh, en) => {
    expect(formatAge(seconds, 'zh-CN')).toBe(zh)
    expect(formatAge(seconds, 'en')).toBe(en)
  })
})

test('validity with and without an end', () => {
  const validFrom = '2026-11-20'
  expect(formatValidity({ validFrom }, 'zh-CN')).toBe('2026年11月20日起，长期有效')
  expect(formatValidity({ validFrom, validTo: '2031-11-19' }, 'en')).toBe(
    '20 November 2026 to 19 November 2031',
  )
})
