import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { decodeEcdsaDer, encodeEcdsaDer } from './ecdsa-der.ts'

const half = fc
  .tuple(fc.nat({ max: 32 }), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([zeros, bytes]) => bytes.fill(0, 0, zeros))

test('decoding undoes encoding, with leading zeros and high first bits', () => {
  fc.assert(
    fc.property(half, half, (r, s) => {
      const signature = Uint8Array.from([...r, ...s])
      expect(decodeEcdsaDer(encodeEcdsaDer(signature), 32)).toEqual(signature)
    }),
  )
})

test('integers are the shortest, and never negative (X.690 §8.3)', () => {
  const signature = fromHex(`${'01'.padStart(64, '0')}${'80'.padStart(64, '0')}`)
  expect(toHex(encodeEcdsaDer(signature))).toBe('300702010102020080')
  expect(toHex(encodeEcdsaDer(new Uint8Array(64)))).toBe('3006020100020100')
  expect(encodeEcdsaDer(new Uint8Array(96).fill(0xff))).toHaveLength(6 + 49 + 49)
})

test('what is no DER signature is the caller at fault', () => {
  for (const hex of ['', '3006', '3106020101020101', '300602010102010101', '3006030101020101']) {
    expect(() => decodeEcdsaDer(fromHex(hex), 32)).toThrow(TypeError)
  }
})
