import { Fault } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayEnd, dayStart, dayToNumber, numberToDay, today } from './calendar-day.ts'

describe('calendar days', () => {
  test.each([
    ['1970-01-01', 0],
    ['1901-01-01', -25202],
    ['2000-02-29', 11016],
    ['2026-11-20', 20777],
    ['2038-01-20', 24856],
    ['9999-12-31', 2932896],
    ['1000-01-01', -354285],
  ])('%s is day %i', (day, number) => {
    expect(dayToNumber(day)).toBe(number)
    expect(numberToDay(number)).toBe(day)
  })

  test.each([
    '2023-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-04-31',
    '2026-1-01',
    '2026-11-20 ',
    '',
    '0999-01-01',
    '2026-00-10',
    '2026-01-00',
    '２026-01-01',
  ])('%s is refused', (day) => {
    expect(codeOf(() => dayToNumber(day))).toBe('time/format')
  })

  test.each([1.5, Number.NaN, 2932897, -354286, Number.POSITIVE_INFINITY])(
    '%d is refused',
    (days) => {
      expect(codeOf(() => numberToDay(days))).toBe('time/format')
    },
  )

  test('agrees with the platform calendar, both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -354285, max: 2932896 }), (days) => {
        const platform = new Date(days * 86_400_000).toISOString().slice(0, 10)
        expect(numberToDay(days)).toBe(platform)
        expect(dayToNumber(platform)).toBe(days)
      }),
    )
  })

  test('a day runs from 00:00 to 24:00 in Shanghai (CL02)', () => {
    expect(dayStart('2026-11-20')).toBe(Date.parse('2026-11-20T00:00:00+08:00') / 1000)
    expect(dayEnd('2028-02-29')).toBe(Date.parse('2028-03-01T00:00:00+08:00') / 1000)
    const midnight = Date.parse('2026-11-20T00:00:00+08:00') / 1000
    expect(today(midnight)).toBe('2026-11-20')
    expect(today(midnight - 1)).toBe('2026-11-19')
  })
})

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}
