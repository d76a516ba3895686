import { beforeEach, describe, expect, test } from 'vitest'
import { type RateCounter, rateCounter } from './rate-limit.ts'

const LIMITED = expect.objectContaining({ code: 'http/rate-limited' })
let time: number
let counter: RateCounter

beforeEach(() => {
  time = 1000
  counter = rateCounter(() => time, { requests: 2, windowSeconds: 60 }, 3)
})

function twice(name: string): void {
  counter.count(name)
  counter.count(name)
}

describe('a counter', () => {
  test('refuses what is over the limit until the window ends, each name by itself', () => {
    twice('a')
    expect(() => counter.count('a')).toThrow(LIMITED)
    counter.count('b')
    time += 59
    expect(() => counter.count('a')).toThrow(LIMITED)
    time += 1
    twice('a')
    expect(() => counter.count('a')).toThrow(LIMITED)
  })

  test('asked whether there is room, counts nothing', () => {
    for (let index = 0; index < 9; index += 1) counter.assertFree('a')
    twice('a')
    expect(() => counter.assertFree('a')).toThrow(LIMITED)
    time += 60
    counter.assertFree('a')
  })

  test('that is full forgets the oldest window only', () => {
    for (const name of ['a', 'b', 'c']) {
      twice(name)
      time += 1
    }
    counter.count('d')
    for (const name of ['b', 'c']) expect(() => counter.count(name)).toThrow(LIMITED)
    counter.assertFree('a')
  })

  test('puts a window that begins again behind the others', () => {
    twice('a')
    time += 30
    twice('b')
    twice('c')
    time += 30
    twice('a')
    counter.count('d')
    expect(() => counter.assertFree('a')).toThrow(LIMITED)
    counter.assertFree('b')
  })
})
