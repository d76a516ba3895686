import { describe, expect, test } from 'vitest'
import { fromHex } from './bytes.ts'
import { fault } from './errors.ts'
import { packTrusted, unpackTrusted } from './trusted-storage.ts'

describe('trusted storage', () => {
  test('gives back what it was given', () => {
    const value = {
      version: 1,
      list: 'text 水',
      bytes: fromHex('00ff'),
      statusLists: { 'https://s.example/1': fromHex('d2') },
      when: 2 ** 40,
      none: null,
      flags: [true, false],
    }
    const packed = packTrusted(value)
    expect(packed.constructor).toBe(Uint8Array)
    expect(unpackTrusted(packed)).toEqual(value)
  })
  test.each([
    ['nothing', ''],
    ['half an entry', 'a161'],
    ['a broken reference', 'd81d00'],
    ['something left over', '0101'],
  ])('says that %s is corrupt', (_, hex) => {
    expect(() => unpackTrusted(fromHex(hex))).toThrow(fault('storage/corrupt'))
  })
})
