import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64url,
  fromHex,
  toBase64url,
  toHex,
  utf8Decode,
  utf8Encode,
} from './bytes.ts'
import { fault } from './errors.ts'

describe('bytes', () => {
  test('are joined, compared and ordered', () => {
    expect(concatBytes(fromHex('01'), fromHex(''), fromHex('0203'))).toEqual(fromHex('010203'))
    expect(equalBytes(fromHex('0102'), fromHex('0102'))).toBe(true)
    expect(equalBytes(fromHex('0102'), fromHex('0103'))).toBe(false)
    expect(equalBytes(fromHex('0102'), fromHex('01'))).toBe(false)
    expect(compareBytes(fromHex('01'), fromHex('0100'))).toBeLessThan(0)
    expect(compareBytes(fromHex('ff'), fromHex('0100'))).toBeGreaterThan(0)
    expect(compareBytes(fromHex('0a'), fromHex('0a'))).toBe(0)
  })
})

describe('hexadecimal', () => {
  test('reads either case and writes lower case', () => {
    expect(toHex(fromHex('00Ab9F'))).toBe('00ab9f')
  })
  test.each(['0', '0g', 'zz', ' 0', '0x', '００'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(fault('text/encoding'))
  })
})

describe('UTF-8', () => {
  test('keeps a byte order mark', () => {
    expect(utf8Decode(fromHex('efbbbf61'))).toBe('\ufeffa')
  })
  test.each([
    ['overlong', 'c080'],
    ['a surrogate', 'eda080'],
    ['above U+10FFFF', 'f4908080'],
    ['cut', 'e6b0'],
    ['a lone continuation', '80'],
  ])('refuses %s', (_, hex) => {
    expect(() => utf8Decode(fromHex(hex))).toThrow(fault('text/encoding'))
  })
  test('refuses to write a lone surrogate', () => {
    expect(() => utf8Encode('a\ud800')).toThrow(fault('text/encoding'))
  })
  test('decode after encode is identity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => utf8Decode(utf8Encode(text)) === text),
    )
  })
})

describe('base64url', () => {
  test.each([
    ['', ''],
    ['Zg', '66'],
    ['Zm8', '666f'],
    ['Zm9v', '666f6f'],
    ['-_-_', 'fbffbf'],
  ])('%j is %s (RFC 4648 §10)', (text, hex) => {
    expect(toHex(fromBase64url(text))).toBe(hex)
    expect(toBase64url(fromHex(hex))).toBe(text)
  })
  test.each([
    ['padding', 'Zg=='],
    ['a length of 1 modulo 4', 'Zm9vA'],
    ['the other alphabet', '+/+/'],
    ['white space', 'Zm 9v'],
    ['a line end', 'Zm9v\n'],
    ['unused bits in the last of two', 'Zh'],
    ['unused bits in the last of three', 'Zm9'],
    ['a sign beyond Latin-1', 'Zm9\u0166'],
  ])('refuses %s', (_, text) => {
    expect(() => fromBase64url(text)).toThrow(fault('encoding/base64url'))
  })
  test('agrees with Node, and accepted text encodes to itself', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64url(text)).toEqual(bytes)
      }),
    )
  })
})
