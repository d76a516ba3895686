import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8Length, writeUtf8 } from './utf8.ts'

const platform = new TextEncoder()

function written(text: string): Uint8Array {
  const target = new Uint8Array(utf8Length(text) + 3)
  writeUtf8(text, target, 3)
  return target.subarray(3)
}

describe('UTF-8 in place', () => {
  test.each(['', '\0', '\x7f\x80', '\u07ff\u0800', '\ud7ff\ue000\uffff', '\u{10000}\u{10ffff}'])(
    'at the edges of its lengths: %j',
    (text) => {
      expect(written(text)).toEqual(platform.encode(text))
    },
  )

  test('is what the platform writes, of short texts and long ones', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 400, size: 'max' })
    fc.assert(
      fc.property(texts, (text) => {
        expect(written(text)).toEqual(platform.encode(text))
      }),
    )
  })

  test.each(['\ud800', 'a\udc00', '\ud800\ud800'])('a lone surrogate has no length: %j', (text) => {
    expect(() => utf8Length(text)).toThrow(TypeError)
  })
})
