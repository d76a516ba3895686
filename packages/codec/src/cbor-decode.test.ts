import { describe, expect, test } from 'vitest'
import { concatBytes, fromHex } from './bytes.ts'
import { ANY_KEY_ORDER, type CborLimits, decodeCbor } from './cbor-decode.ts'
import { CborFloat, CborTag, isArray, isBytes, isMap, REDACTED_KEYS } from './cbor-value.ts'
import { type ErrorCode, fault } from './errors.ts'

describe('decodeCbor refuses', () => {
  test.each<[string, string, ErrorCode]>([
    ['no bytes', '', 'cbor/truncated'],
    ['CB01: a duplicate integer key', 'a201010102', 'cbor/duplicate-key'],
    ['a duplicate text key', 'a2616101616102', 'cbor/duplicate-key'],
    ['a duplicate key further on', 'a3010102020103', 'cbor/duplicate-key'],
    ['CB06: an array of 2^64 - 1', '9bffffffffffffffff', 'cbor/truncated'],
    ['CB06: a map of 2^32 - 1', 'baffffffff', 'cbor/truncated'],
    ['CB06: a byte string of 2^32 - 1', '5affffffff', 'cbor/truncated'],
    ['a text longer than the input', '6261', 'cbor/truncated'],
    ['a cut head', '19ff', 'cbor/truncated'],
    ['a map with half an entry', 'a101', 'cbor/truncated'],
    ['CB07: a second item', '0101', 'cbor/trailing-bytes'],
    [
      'CB09: the key __proto__',
      'a1695f5f70726f746f5f5fa167697341646d696ef5',
      'cbor/key-not-allowed',
    ],
    ['the key constructor', 'a16b636f6e7374727563746f7201', 'cbor/key-not-allowed'],
    ['the key prototype', 'a16970726f746f7479706501', 'cbor/key-not-allowed'],
    ['a byte string as key', 'a1416101', 'cbor/key-not-allowed'],
    ['an array as key', 'a1810101', 'cbor/key-not-allowed'],
    ['a float as key', 'a1f93c0001', 'cbor/key-not-allowed'],
    ['null as key', 'a1f601', 'cbor/key-not-allowed'],
    ['simple(59) as key where it is not expected', 'a1f83b01', 'cbor/key-not-allowed'],
    ['CB10: 0 in two bytes', '1800', 'cbor/not-canonical'],
    ['CB10: 0 in three bytes', '190000', 'cbor/not-canonical'],
    ['255 in three bytes', '1900ff', 'cbor/not-canonical'],
    ['65,535 in five bytes', '1a0000ffff', 'cbor/not-canonical'],
    ['2^32 - 1 in nine bytes', '1b00000000ffffffff', 'cbor/not-canonical'],
    ['a negative integer too long', '3817', 'cbor/not-canonical'],
    ['a text head too long', '780361626300', 'cbor/not-canonical'],
    ['an array head too long', '980101', 'cbor/not-canonical'],
    ['CB10: 1.0 in nine bytes', 'fb3ff0000000000000', 'cbor/not-canonical'],
    ['CB10: 1.0 in nine bytes inside a map', 'a101fb3ff0000000000000', 'cbor/not-canonical'],
    ['100000.0 in nine bytes', 'fb40f86a0000000000', 'cbor/not-canonical'],
    ['1.5 in five bytes', 'fa3fc00000', 'cbor/not-canonical'],
    ['another NaN', 'f97e01', 'cbor/not-canonical'],
    ['a longer NaN', 'fa7fc00000', 'cbor/not-canonical'],
    ['keys out of order', 'a202010100', 'cbor/not-canonical'],
    ['a longer text key before a shorter one', 'a262616101616202', 'cbor/not-canonical'],
    ['a negative key before a positive one', 'a220010102', 'cbor/not-canonical'],
    ['CB12: an indefinite array', '9f01ff', 'cbor/indefinite-length'],
    ['CB12: an indefinite map', 'bf616101ff', 'cbor/indefinite-length'],
    ['an indefinite byte string', '5f4101ff', 'cbor/indefinite-length'],
    ['an indefinite text', '7f6161ff', 'cbor/indefinite-length'],
    ['CB14: a shared reference', 'd81d00', 'cbor/tag-not-allowed'],
    ['a bignum', 'c249010000000000000000', 'cbor/tag-not-allowed'],
    ['CO09: a typed array', 'd84043010203', 'cbor/tag-not-allowed'],
    ['CB15: a date text with tag 0', 'c07803616263', 'cbor/tag-not-allowed'],
    ['CB17: 2^53', '1b0020000000000000', 'cbor/integer-range'],
    ['CB17: 2^53 + 1', '1b0020000000000001', 'cbor/integer-range'],
    ['2^64 - 1', '1bffffffffffffffff', 'cbor/integer-range'],
    ['-2^53', '3b001fffffffffffff', 'cbor/integer-range'],
    ['a key of 2^53', 'a11b002000000000000001', 'cbor/integer-range'],
    ['undefined', 'f7', 'cbor/simple-not-allowed'],
    ['simple(16)', 'f0', 'cbor/simple-not-allowed'],
    ['simple(59) as a value', 'f83b', 'cbor/simple-not-allowed'],
    ['simple(255)', 'f8ff', 'cbor/simple-not-allowed'],
    ['simple(24), which is not well-formed', 'f818', 'cbor/malformed'],
    ['a reserved head', '1c', 'cbor/malformed'],
    ['a reserved length', '5d', 'cbor/malformed'],
    ['an indefinite integer', '1f', 'cbor/malformed'],
    ['a lone break', 'ff', 'cbor/malformed'],
    ['a reserved simple head', 'fc', 'cbor/malformed'],
    ['overlong UTF-8', '62c080', 'text/encoding'],
    ['a surrogate in UTF-8', '63eda080', 'text/encoding'],
    ['cut UTF-8 in a key', 'a161e601', 'text/encoding'],
  ])('%s', (_, hex, code) => {
    expect(() => decodeCbor(fromHex(hex))).toThrow(fault(code))
  })

  test('CB09: without touching any prototype', () => {
    const bytes = fromHex('a1695f5f70726f746f5f5fa167697341646d696ef5')
    expect(() => decodeCbor(bytes)).toThrow(fault('cbor/key-not-allowed'))
    expect('isAdmin' in {}).toBe(false)
  })
})

describe('decodeCbor keeps its limits', () => {
  const allowing = (limits: CborLimits, hex: string) => () => decodeCbor(fromHex(hex), limits)

  test('on depth, the outermost container being 1', () => {
    expect(decodeCbor(nested(16))).toBeDefined()
    expect(() => decodeCbor(nested(17))).toThrow(fault('cbor/too-deep'))
    expect(allowing({ maxDepth: 2, tags: [18] }, 'd281a0')).toThrow(fault('cbor/too-deep'))
    expect(() => decodeCbor(nested(300), { maxDepth: 1e9 })).toThrow(fault('cbor/too-deep'))
  })

  test('CB05: on depth before size', () => {
    expect(() => decodeCbor(new Uint8Array(100_000).fill(0x81))).toThrow(fault('cbor/too-deep'))
  })

  test('CB04: on tags before size', () => {
    const bytes = concatBytes(fromHex('c25a00020000'), new Uint8Array(131_072).fill(0xff))
    expect(() => decodeCbor(bytes)).toThrow(fault('cbor/tag-not-allowed'))
  })

  test('on bytes', () => {
    const bytes = concatBytes(fromHex('5a00010000'), new Uint8Array(65_536))
    expect(() => decodeCbor(bytes)).toThrow(fault('cbor/limit'))
    expect(decodeCbor(bytes, { maxBytes: bytes.length })).toHaveLength(65_536)
    expect(() => decodeCbor(fromHex('010203'), { maxBytes: 1 })).toThrow(fault('cbor/limit'))
  })

  test('CB18: on items, keys included', () => {
    expect(allowing({ maxItems: 3 }, 'a10102')).not.toThrow()
    expect(allowing({ maxItems: 2 }, 'a10102')).toThrow(fault('cbor/limit'))
    expect(allowing({ maxItems: 3 }, '8201820102')).toThrow(fault('cbor/limit'))
    const map = concatBytes(fromHex('b92710'), new Uint8Array(60_000))
    expect(() => decodeCbor(map)).toThrow(fault('cbor/limit'))
  })

  test('on texts and keys', () => {
    expect(allowing({ maxTextBytes: 2 }, '63616263')).toThrow(fault('cbor/limit'))
    const long = (length: number) =>
      concatBytes(
        fromHex('a1'),
        fromHex(length < 256 ? '78ff' : '790100'),
        letters(length),
        fromHex('00'),
      )
    expect(isMap(decodeCbor(long(255)))).toBe(true)
    expect(() => decodeCbor(long(256))).toThrow(fault('cbor/key-not-allowed'))
  })

  test('on tags, simple(59) keys and floats', () => {
    expect(decodeCbor(fromHex('d28101'), { tags: new Set([18]) })).toEqual(new CborTag(18, [1]))
    expect(decodeCbor(fromHex('d28101'), { tags: [18] })).toEqual(new CborTag(18, [1]))
    expect(allowing({ tags: [18] }, 'd38101')).toThrow(fault('cbor/tag-not-allowed'))
    const redacted = decodeCbor(fromHex('a20100f83b8141ff'), { redactedKeys: true })
    expect(redacted).toEqual(
      new Map<unknown, unknown>([
        [1, 0],
        [REDACTED_KEYS, [fromHex('ff')]],
      ]),
    )
    expect(allowing({ redactedKeys: true }, 'a1f83a00')).toThrow(fault('cbor/key-not-allowed'))
    expect(allowing({ redactedKeys: true }, 'a1f8')).toThrow(fault('cbor/truncated'))
    expect(allowing({ redactedKeys: true }, 'a2f83b00f83b00')).toThrow(fault('cbor/duplicate-key'))
    expect(decodeCbor(fromHex('f93e00'))).toEqual(new CborFloat(1.5))
    expect(allowing({ floats: false }, 'f93e00')).toThrow(fault('cbor/float-not-allowed'))
  })

  test('but takes keys in any order when told so, never twice', () => {
    const limits = { [ANY_KEY_ORDER]: true }
    expect(decodeCbor(fromHex('a2020101f4'), limits)).toEqual(
      new Map<number, unknown>([
        [2, 1],
        [1, false],
      ]),
    )
    expect(allowing(limits, 'a3020101f40200')).toThrow(fault('cbor/duplicate-key'))
  })
})

describe('decodeCbor', () => {
  test('keeps integers, floats and texts apart', () => {
    const value = decodeCbor(fromHex('a301f93c0020016131f6'))
    expect(value).toEqual(
      new Map<unknown, unknown>([
        [1, new CborFloat(1)],
        [-1, 1],
        ['1', null],
      ]),
    )
  })
  test('gives byte strings as plain views of a Buffer too', () => {
    const input = Buffer.from('8243010203f5', 'hex')
    const value = decodeCbor(input)
    if (!isArray(value) || !isBytes(value[0])) expect.fail('not an array of bytes')
    expect(value[0]).toEqual(fromHex('010203'))
  })
})

function nested(depth: number): Uint8Array {
  return concatBytes(new Uint8Array(depth - 1).fill(0x81), fromHex('80'))
}

function letters(length: number): Uint8Array {
  return new Uint8Array(length).fill(0x61)
}
