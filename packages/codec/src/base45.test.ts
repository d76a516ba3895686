import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { utf8Decode, utf8Encode } from './bytes.ts'
import { Fault, fault } from './errors.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

describe('Base45', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('%j is %j (RFC 9285 §4.3, §4.4)', (text, encoded) => {
    expect(encodeBase45(utf8Encode(text))).toBe(encoded)
    expect(utf8Decode(decodeBase45(encoded))).toBe(text)
  })
  test.each([
    ['QR04: lower case', 'bb8'],
    ['QR04: a sign outside the alphabet', 'B_8'],
    ['QR04: base64 padding', 'BB='],
    ['QR04: a triple of 65,536', 'HGW'],
    ['QR04: the largest triple', ':::'],
    ['QR04: a pair of 256', 'V5'],
    ['the largest pair', '::'],
    ['one symbol', 'A'],
    ['one symbol too many', 'BB8A'],
    ['a line end', 'BB\n'],
    ['a sign beyond ASCII', 'BB８'],
    ['a Latin-1 sign', 'BBé'],
    ['a tab in a pair', '\t0'],
  ])('refuses %s', (_, text) => {
    expect(() => decodeBase45(text)).toThrow(fault('qr/encoding'))
  })
  test('takes the largest triple and pair', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(255, 255))
    expect(decodeBase45('U5')).toEqual(Uint8Array.of(255))
  })
  test('decode after encode is identity', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes)
      }),
    )
  })
  test('accepted text encodes to itself', () => {
    const signs = fc.constantFrom(...ALPHABET)
    fc.assert(
      fc.property(fc.string({ unit: signs, maxLength: 9 }), (text) => {
        try {
          expect(encodeBase45(decodeBase45(text))).toBe(text)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
