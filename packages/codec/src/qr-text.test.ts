import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { encodeBase45 } from './base45.ts'
import { concatBytes, fromHex } from './bytes.ts'
import { type ErrorCode, fault } from './errors.ts'
import { decodeQrText, encodeQrText } from './qr-text.ts'

const sign1 = fromHex('d28440a04040')
const bomb = encodeBase45(deflateSync(new Uint8Array(2 ** 20)))

describe('QR text', () => {
  test('carries a COSE_Sign1 in signs of the alphanumeric mode', () => {
    expect(encodeQrText(sign1)).toMatch(/^OT1:[0-9A-Z $%*+\-./:]+$/)
    expect(decodeQrText(encodeQrText(sign1))).toEqual(sign1)
  })
  test('carries nothing else', () => {
    expect(() => encodeQrText(fromHex('a0'))).toThrow(TypeError)
    expect(() => encodeQrText(fromHex(''))).toThrow(TypeError)
  })
  test('keeps a space, which is a symbol', () => {
    const bytes = concatBytes(sign1, fromHex('00240024'))
    expect(encodeQrText(bytes)).toBe(`${encodeQrText(sign1)}${encodeBase45(fromHex('00240024'))}`)
    expect(encodeQrText(bytes)).toMatch(/ /)
    expect(decodeQrText(encodeQrText(bytes))).toEqual(bytes)
  })
  test.each<[string, string, ErrorCode]>([
    ['QR01: a URL', 'https://example.com/OT1:', 'qr/not-a-credential'],
    ['QR01: a URL in capitals', 'HTTPS://EXAMPLE.COM', 'qr/not-a-credential'],
    ['QR01: a script', 'javascript:alert(1)', 'qr/not-a-credential'],
    ['QR01: a network', 'WIFI:S:a;P:b;;', 'qr/not-a-credential'],
    ['QR01: a card', 'BEGIN:VCARD', 'qr/not-a-credential'],
    ['another scheme', `HC1:${encodeBase45(sign1)}`, 'qr/not-a-credential'],
    ['the prefix in lower case', `ot1:${encodeBase45(sign1)}`, 'qr/not-a-credential'],
    ['a space before the prefix', ` OT1:${encodeBase45(sign1)}`, 'qr/not-a-credential'],
    ['nothing', '', 'qr/not-a-credential'],
    ['nothing behind the prefix', 'OT1:', 'qr/not-a-credential'],
    ['another CBOR item', `OT1:${encodeBase45(fromHex('a0'))}`, 'qr/not-a-credential'],
    ['QR04: a bad sign', 'OT1:b', 'qr/encoding'],
    ['QR04: a line end behind it', `${encodeQrText(sign1)}\r`, 'qr/encoding'],
    ['QR06: something compressed', `OT1:${bomb.slice(0, 1_500)}`, 'qr/not-a-credential'],
    ['QR06: more than a code can hold', `OT1:${'0'.repeat(4_293)}`, 'qr/limit'],
    ['QR06: 50 MB', `OT1:${'0'.repeat(50_000_000)}`, 'qr/limit'],
  ])('refuses %s', (_, text, code) => {
    expect(() => decodeQrText(text)).toThrow(fault(code))
  })
  test('is at most as long as the caller says', () => {
    const text = encodeQrText(sign1)
    expect(decodeQrText(text, text.length)).toEqual(sign1)
    expect(() => decodeQrText(text, text.length - 1)).toThrow(fault('qr/limit'))
  })
})
