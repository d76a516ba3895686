import { describe, expect, test } from 'vitest'
import {
  countedTry,
  NO_TRIES,
  secondsToWait,
  seenAt,
  type Tries,
  triesBeforeWait,
} from './tries.ts'

const NOW = 1_800_000_000

function after(count: number, now = NOW): Tries {
  let tries = NO_TRIES
  for (let made = 0; made < count; made++) {
    tries = countedTry(tries, now)
  }
  return tries
}

test.each([
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 15],
  [4, 60],
  [5, 300],
  [6, 900],
  [7, 3600],
  [8, 3600],
  [500, 3600],
])('after %i wrong tries the wait is %i s', (count, seconds) => {
  expect(secondsToWait(after(count), NOW)).toBe(seconds)
})

test('the wait runs down and ends', () => {
  const tries = after(4)
  expect(secondsToWait(tries, NOW + 59)).toBe(1)
  expect(secondsToWait(tries, NOW + 60)).toBe(0)
})

test('the tries left before the first wait are told', () => {
  expect([0, 1, 2, 3, 9].map((count) => triesBeforeWait(after(count)))).toEqual([3, 2, 1, 0, 0])
})

describe('a clock that is set back', () => {
  test('never shortens the wait', () => {
    for (const back of [1, 59, 60, 3600, 10 * 365 * 86_400]) {
      expect(secondsToWait(after(4), NOW - back)).toBe(60)
    }
  })

  test('starts it once, not at every look', () => {
    const seen = seenAt(after(4), NOW - 3600)
    expect(secondsToWait(seen, NOW - 3600 + 20)).toBe(40)
    expect(secondsToWait(seen, NOW - 3600 + 60)).toBe(0)
    expect(secondsToWait(seen, NOW - 7200)).toBe(60)
  })

  test('and set right again does not end the first wait', () => {
    const seen = seenAt(after(4), NOW - 86_400)
    expect(secondsToWait(seen, NOW + 10)).toBe(50)
    const tried = countedTry(seen, NOW - 86_400 + 60)
    expect(secondsToWait(tried, NOW - 86_400 + 60)).toBe(300)
    expect(secondsToWait(tried, NOW + 10)).toBe(50)
  })

  test('does not lock out for years what was tried under a clock in the future', () => {
    const tries = after(4, NOW + 10 * 365 * 86_400)
    expect(secondsToWait(tries, NOW)).toBe(60)
  })
})
