import { describe, expect, test } from 'vitest'
import { isAnothers, isOwnReturn } from './kiosk-away.ts'

const LEFT = 1_800_000_000_000
const SIGNED_IN = `#sign_in_code=${'A'.repeat(43)}`

describe('what was typed at a kiosk', () => {
  test.each([
    ['is kept for whoever comes back signed in', SIGNED_IN, 90, true],
    ['is kept for five minutes', SIGNED_IN, 300, true],
    ['is nobody’s after them', SIGNED_IN, 301, false],
    ['is nobody’s where the clock went back', SIGNED_IN, -1, false],
    ['is nobody’s where the provider refused', '#sign_in_refused=sign-in%2Flevel', 90, false],
    ['is nobody’s where the window came back in another way', '#/cases', 90, false],
  ])('%s', (_name, hash, seconds, isOwn) => {
    const now = LEFT + seconds * 1000
    expect(isOwnReturn({ hash, leftAt: String(LEFT), now })).toBe(isOwn)
  })

  test('is nobody’s in a window that never left, or no longer knows when', () => {
    for (const leftAt of [null, 'x']) {
      expect(isOwnReturn({ hash: SIGNED_IN, leftAt, now: LEFT })).toBe(false)
    }
  })

  test('is another’s where it is for a case that they do not have', () => {
    expect(isAnothers(['a'], ['b', 'a'])).toBe(false)
    expect(isAnothers(['a', 'c'], ['b', 'a'])).toBe(true)
    expect(isAnothers([], [])).toBe(false)
  })
})
