import { expect, test } from 'vitest'
import { fromHex } from './bytes.ts'
import { encodeEcdsaDer, parseEcdsaDer } from './ecdsa-der.ts'

test.each([
  ['short numbers', '3006020101020102', `${'0'.repeat(63)}1${'0'.repeat(63)}2`],
  ['a zero before a high bit', '300802020080020200ff', `${'0'.repeat(62)}80${'0'.repeat(62)}ff`],
])('%s are read', (_name, der, hex) => {
  const signature = parseEcdsaDer(fromHex(der), 32)
  expect(signature).toEqual(fromHex(hex))
  expect(encodeEcdsaDer(signature)).toEqual(fromHex(der))
})

test.each([
  ['nothing', ''],
  ['another tag', '3106020101020102'],
  ['a length too short', '3005020101020102'],
  ['a byte behind', '300602010102010200'],
  ['a long form of the length', '308106020101020102'],
  ['a needless zero', '300702020001020102'],
  ['a negative number', '3006020181020102'],
  ['an empty number', '30050200020102'],
  ['no second number', '3003020101'],
  ['a second tag that is no number', '3006020101030102'],
  ['33 digits', `3026022101${'00'.repeat(32)}020101`],
])('%s is signature/format', (_name, der) => {
  expect(() => parseEcdsaDer(fromHex(der), 32)).toThrow('signature/format')
})
