import { expect, test } from 'vitest'
import { freshness } from './freshness.ts'

const policy = { staleAfterSeconds: 100, unusableAfterSeconds: 1_000 }

test.each([
  { now: 1_000, expected: 'fresh' },
  { now: 1_100, expected: 'fresh' },
  { now: 1_101, expected: 'stale' },
  { now: 2_000, expected: 'stale' },
  { now: 2_001, expected: 'expired' },
  { now: 900, expected: 'fresh' },
])('a list of 1,000 at $now is $expected', ({ now, expected }) => {
  expect(freshness({ list: { issuedAt: 1_000 }, now, policy })).toBe(expected)
})

test('ST07: its own exp wins over the policy, boundary inclusive', () => {
  const list = { issuedAt: 1_000, expiresAt: 1_050 }
  expect(freshness({ list, now: 1_049, policy })).toBe('fresh')
  expect(freshness({ list, now: 1_050, policy })).toBe('expired')
})
