import { describe, expect, test } from 'vitest'
import { parseAddress, placeAddress } from './places.ts'

describe('parseAddress', () => {
  test.each([
    ['/', '', { name: 'ready' }],
    ['/', '#/', { name: 'ready' }],
    ['/', '#/recent', { name: 'recent' }],
    ['/', '#/nowhere', { name: 'ready' }],
    ['/', '#/note', { name: 'recent' }],
    ['/', '#/note/abc', { name: 'note', subject: 'abc' }],
    ['/', '#/recent/abc', { name: 'recent' }],
    ['/help', '', { name: 'help' }],
    ['/help', '#/', { name: 'ready' }],
    ['/other', '', { name: 'ready' }],
  ])('%s%s', (path, hash, expected) => {
    expect(parseAddress(path, hash)).toEqual(expected)
  })

  test('reads back what placeAddress writes', () => {
    const subject = 'b1946ac9-2f1d-4f3a-9d52-6a1b0c0f7e11'
    expect(parseAddress('/', placeAddress('note', subject))).toEqual({ name: 'note', subject })
    expect(parseAddress('/', placeAddress('help'))).toEqual({ name: 'help' })
  })
})
