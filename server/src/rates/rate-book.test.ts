import { beforeEach, describe, expect, test } from 'vitest'
import {
  type RateBook,
  type RateCounter,
  type RateFault,
  type RateRow,
  rateBook,
} from './rate-book.ts'

const LIMITED = expect.objectContaining({ code: 'http/rate-limited' })
const LIMIT = { requests: 2, windowSeconds: 60 }
let time: number
let book: RateBook
let counter: RateCounter

beforeEach(() => {
  time = 6000
  book = rateBook({ now: () => time, secret: new Uint8Array(32), maxNames: 3 })
  counter = book.counter('log/proof', LIMIT)
})

function twice(name: string): void {
  counter.count(name)
  counter.count(name)
}

/** As the database would answer, with what others counted. */
function saved(rows: readonly RateRow[], others = 0): readonly RateRow[] {
  return rows.map((row) => ({ ...row, count: row.count + others }))
}

describe('a counter', () => {
  test('refuses what is over the limit until the window ends, each name and limit by itself', () => {
    twice('a')
    expect(() => counter.count('a')).toThrow(LIMITED)
    counter.count('b')
    book.counter('log/proof', LIMIT).assertFree('b')
    book.counter('report/send', LIMIT).count('a')
    time += 59
    expect(() => counter.count('a')).toThrow(LIMITED)
    time += 1
    twice('a')
    expect(() => counter.count('a')).toThrow(LIMITED)
  })

  test('says when the window ends', () => {
    twice('a')
    time += 50
    const waits = (): number => {
      try {
        counter.count('a')
        return 0
      } catch (error) {
        const { retryAfterSeconds } = error as RateFault
        return retryAfterSeconds
      }
    }
    expect(waits()).toBe(10)
    time += 9
    expect(waits()).toBe(1)
    expect(book.counts().refused.get('log/proof')).toBe(2)
  })

  test('asked whether there is room, counts nothing', () => {
    for (let index = 0; index < 9; index += 1) counter.assertFree('a')
    twice('a')
    expect(() => counter.assertFree('a')).toThrow(LIMITED)
    time += 60
    counter.assertFree('a')
  })

  test('that is full forgets whom it has not seen for longest', () => {
    for (const name of ['a', 'b', 'c']) twice(name)
    expect(() => counter.count('a')).toThrow(LIMITED)
    counter.count('d')
    for (const name of ['a', 'c']) expect(() => counter.assertFree(name)).toThrow(LIMITED)
    counter.assertFree('b')
    expect(book.unsaved(9)).toHaveLength(3)
  })
})

describe('what is saved', () => {
  test('is only what came since, and holds no name', () => {
    twice('canary')
    const rows = book.unsaved(9)
    expect(rows).toMatchObject([{ count: 2, window_start: 6000, ends_at: 6060 }])
    expect(JSON.stringify(rows)).not.toContain('canary')
    expect(() => counter.count('canary')).toThrow(LIMITED)
    book.merge(rows, saved(rows))
    expect(book.unsaved(9)).toMatchObject([{ count: 1 }])
    book.merge(book.unsaved(9), [])
    expect(book.unsaved(9)).toEqual([])
  })

  test('at most so much, and what was done most often first', () => {
    counter.count('a')
    twice('b')
    expect(book.unsaved(1)).toMatchObject([{ count: 2 }])
  })

  test('brings what other servers counted', () => {
    counter.count('a')
    const rows = book.unsaved(9)
    book.merge(rows, saved(rows, 1))
    expect(() => counter.count('a')).toThrow(LIMITED)
  })

  test('of a window that is over counts in no other', () => {
    twice('a')
    const rows = book.unsaved(9)
    time += 60
    counter.count('a')
    book.merge(rows, saved(rows, 5))
    expect(book.unsaved(9)).toMatchObject([{ count: 1, window_start: 6060 }])
    counter.count('a')
  })
})
