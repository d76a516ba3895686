/** Days by which licences are drafted. */
import { describe, expect, test } from 'vitest'
import { addYears, todayHere } from './calendar-days.ts'

describe('calendar days', () => {
  test('today is the day in Shanghai', () => {
    expect(todayHere(Date.UTC(2026, 10, 22, 15, 59))).toBe('2026-11-22')
    expect(todayHere(Date.UTC(2026, 10, 22, 16, 0))).toBe('2026-11-23')
  })

  test('years end on the day before the one they began on', () => {
    expect(addYears('2026-11-23', 5)).toBe('2031-11-22')
    expect(addYears('2028-02-29', 1)).toBe('2029-02-28')
    expect(addYears('2026-01-01', 1)).toBe('2026-12-31')
    expect(addYears('not a day', 1)).toBe('')
  })
})
