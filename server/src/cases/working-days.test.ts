import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  dayAt,
  isAnnounced,
  isWorkingDay,
  readCalendar,
  workingDaysBetween,
} from './working-days.ts'

describe('a working day', () => {
  test.for([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday that work was moved to'],
    ['2026-09-20', true, 'a Sunday that work was moved to'],
    ['2026-02-23', false, 'the last day of the Spring Festival'],
    ['2025-10-08', false, 'the last day of a longer holiday'],
  ] as const)('%s: %s, %s', ([day, expected]) => {
    expect(isWorkingDay(day)).toBe(expected)
  })

  test('begins at midnight in Shanghai', () => {
    const midnight = Date.UTC(2026, 10, 22, 16) / 1000
    expect([dayAt(midnight - 1), dayAt(midnight)]).toEqual(['2026-11-22', '2026-11-23'])
  })
})

describe('a limit', () => {
  test.for([
    ['2026-11-23', 10, '2026-12-07'],
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-27', 1, '2026-11-30'],
    // The Sunday before counts, the holidays do not, the Saturday after does.
    ['2026-09-18', 10, '2026-10-09'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-02-13', 2, '2026-02-24'],
  ] as const)('from %s, %s working days: %s', ([from, count, until]) => {
    expect(addWorkingDays(from, count)).toBe(until)
    expect(workingDaysBetween(from, until)).toBe(count)
  })

  test('counted forth and back it is the same, from every day of two years', () => {
    const start = Date.UTC(2025, 0, 1)
    for (let offset = 0; offset < 700; offset += 1) {
      const from = new Date(start + offset * 86_400_000).toISOString().slice(0, 10)
      const count = 1 + (offset % 30)
      const until = addWorkingDays(from, count)
      expect(isWorkingDay(until)).toBe(true)
      expect(workingDaysBetween(from, until)).toBe(count)
      expect(workingDaysBetween(until, from)).toBe(-count)
    }
  })

  test('that ends in a year whose holidays are not announced says so', () => {
    expect(isAnnounced('2026-12-31')).toBe(true)
    expect(isAnnounced('2027-01-04')).toBe(false)
  })

  test('a calendar of another shape is refused', () => {
    expect(() => readCalendar([{ year: 2026 }])).toThrow()
    expect(() =>
      readCalendar([{ year: 2026, source: '', holidays: [['x', 'y']], workingWeekendDays: [] }]),
    ).toThrow()
  })
})
