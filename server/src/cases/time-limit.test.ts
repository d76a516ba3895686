import { describe, expect, test } from 'vitest'
import { type StoredClock, stoppedBetween, timeLimitAt } from './time-limit.ts'

/** Noon in Shanghai. */
const noon = (day: string): number => Date.parse(`${day}T04:00:00Z`) / 1000
const CLOCK: StoredClock = {
  beganAt: noon('2026-11-23'),
  promisedDays: 10,
  warnDays: 2,
  stoppedDays: 0,
}

describe('a clock of ten working days', () => {
  test.for([
    ['2026-11-23', 'green', 10],
    ['2026-12-02', 'green', 3],
    ['2026-12-03', 'yellow', 2],
    ['2026-12-07', 'yellow', 0],
    ['2026-12-08', 'red', -1],
  ] as const)('on %s: %s, %s left', ([day, light, leftDays]) => {
    expect(timeLimitAt(CLOCK, noon(day))).toEqual({
      light,
      dueDay: '2026-12-07',
      leftDays,
      isCertain: true,
    })
  })

  test('is red on the weekend behind its last day', () => {
    const clock = { ...CLOCK, promisedDays: 4 }
    expect(timeLimitAt(clock, noon('2026-11-28')).light).toBe('red')
  })

  test('stands still while it is stopped, and goes on later by as much', () => {
    const stoppedSince = noon('2026-11-25')
    const stopped = timeLimitAt({ ...CLOCK, stoppedSince }, noon('2026-12-30'))
    expect([stopped.light, stopped.leftDays]).toEqual(['stopped', 8])
    expect(stopped.isCertain).toBe(false)
    const stoppedDays = stoppedBetween(stoppedSince, noon('2026-11-30'))
    expect(timeLimitAt({ ...CLOCK, stoppedDays }, noon('2026-11-30'))).toMatchObject({
      dueDay: '2026-12-10',
      leftDays: 8,
    })
  })

  test('keeps what it was when it came to its end', () => {
    const late = { ...CLOCK, endedAt: noon('2026-12-09') }
    expect(timeLimitAt(late, noon('2027-01-01')).light).toBe('red')
    const early = { ...CLOCK, endedAt: noon('2026-12-07') }
    expect(timeLimitAt(early, noon('2027-01-01')).light).toBe('green')
  })
})
