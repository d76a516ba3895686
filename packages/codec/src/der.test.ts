import { assert, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex, utf8Encode } from './bytes.ts'
import {
  DER_TAG,
  derBits,
  derBoolean,
  derContext,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
} from './der.ts'
import {
  type DerLimits,
  type DerNode,
  decodeDer,
  derChildren,
  derContent,
  derParts,
  derSeconds,
  derText,
} from './der-decode.ts'
import { Fault } from './errors.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

function decode(hex: string, limits?: DerLimits): string {
  return codeOf(() => decodeDer(fromHex(hex), limits))
}

function encodeAgain(node: DerNode): Uint8Array {
  if (node.tag === DER_TAG.set) return derSetOf(...node.children.map(encodeAgain))
  if (node.tag === DER_TAG.sequence) return derSequence(...node.children.map(encodeAgain))
  return node.bytes
}

describe('writing', () => {
  test.each([
    // X.690 §8.19.5 and the numbers of RFC 5480 and RFC 5754.
    ['object identifier', derOid('2.999.3'), '0603883703'],
    ['P-256', derOid('1.2.840.10045.3.1.7'), '06082a8648ce3d030107'],
    ['zero', derInteger(0), '020100'],
    ['127 and 128', derSequence(derInteger(127), derInteger(128)), '300702017f02020080'],
    ['leading zeros', derInteger(fromHex('0000ff')), '020200ff'],
    ['a large number', derInteger(2 ** 40), '0206010000000000'],
    ['true and null', derSequence(derBoolean(true), derNull()), '30050101ff0500'],
    ['set of, in order', derSetOf(derOctets(fromHex('02')), derInteger(7)), '3106020107040102'],
    ['bits', derBits(fromHex('c0'), 6), '030206c0'],
    ['length 128', derOctets(new Uint8Array(128)).subarray(0, 3), '048180'],
    ['length 65,536', derOctets(new Uint8Array(65_536)).subarray(0, 5), '0483010000'],
    ['context tag', derContext(3, derNull()), 'a3020500'],
    ['texts', derSequence(derUtf8('章'), derPrintable('A 1')), '300a0c03e7aba01303412031'],
    ['1970', derTime(0), `170d${toHex(utf8Encode('700101000000Z'))}`],
    ['last second of 2049', derTime(2_524_607_999), `170d${toHex(utf8Encode('491231235959Z'))}`],
    ['2050', derTime(2_524_608_000), `180f${toHex(utf8Encode('20500101000000Z'))}`],
  ])('%s', (_name, bytes, hex) => {
    expect(toHex(bytes)).toBe(hex)
  })

  test('refuses what is no value', () => {
    expect(() => derInteger(-1)).toThrow(TypeError)
    expect(() => derInteger(new Uint8Array())).toThrow(TypeError)
    expect(() => derTime(1.5)).toThrow(TypeError)
    expect(() => derTime(253_402_300_800)).toThrow(TypeError)
    expect(() => derPrintable('a@b')).toThrow(TypeError)
    expect(() => derOid('1.2.x')).toThrow(TypeError)
  })
})

describe('reading', () => {
  test.each([
    ['nothing', '', 'der/malformed'],
    ['a tag alone', '30', 'der/malformed'],
    ['cut content', '0402aa', 'der/malformed'],
    ['a cut length', '048201', 'der/malformed'],
    ['bytes behind', '050000', 'der/malformed'],
    ['a child that is longer than its parent', '30030402aabb', 'der/malformed'],
    ['long tag', '1f0100', 'der/malformed'],
    ['application tag', '610100', 'der/malformed'],
    ['a type that is not read', '0a0101', 'der/malformed'],
    ['indefinite length', '30800000', 'der/not-canonical'],
    ['length in five octets', '04850000000001aa', 'der/not-canonical'],
    ['length 1 in the long form', '048101aa', 'der/not-canonical'],
    ['length with a leading zero', `04820080${'00'.repeat(128)}`, 'der/not-canonical'],
    ['empty integer', '0200', 'der/not-canonical'],
    ['integer with a needless zero', '0202007f', 'der/not-canonical'],
    ['negative integer with a needless ff', '0202ff80', 'der/not-canonical'],
    ['boolean 01', '010101', 'der/not-canonical'],
    ['null with content', '050100', 'der/not-canonical'],
    ['bits that are left and not zero', '030204ff', 'der/not-canonical'],
    ['eight unused bits', '03020800', 'der/not-canonical'],
    ['no count of unused bits', '0300', 'der/not-canonical'],
    ['unused bits of nothing', '030101', 'der/not-canonical'],
    ['constructed octets', '24030401aa', 'der/not-canonical'],
    ['arc that begins with zero', '0603808001', 'der/not-canonical'],
    ['arc without end', '060181', 'der/not-canonical'],
    ['text that is not UTF-8', '0c01ff', 'der/not-canonical'],
    ['no printable text', '130140', 'der/not-canonical'],
    ['set out of order', '3106040102020107', 'der/not-canonical'],
    ['31 February', `170d${toHex(utf8Encode('260231000000Z'))}`, 'der/not-canonical'],
    ['24:00', `170d${toHex(utf8Encode('260201240000Z'))}`, 'der/not-canonical'],
    ['time with a zone', `1711${toHex(utf8Encode('260201000000+0800'))}`, 'der/not-canonical'],
    ['four-gigabyte length', '0484ffffffff', 'der/malformed'],
    ['negative integer', '020180', 'accepted'],
    ['context tag, primitive', '8001ff', 'accepted'],
  ])('%s', (_name, hex, code) => {
    expect(decode(hex)).toBe(code)
  })

  test('limits', () => {
    const deep = (levels: number): Uint8Array =>
      levels === 0 ? derNull() : derSequence(deep(levels - 1))
    expect(codeOf(() => decodeDer(deep(15)))).toBe('accepted')
    expect(codeOf(() => decodeDer(deep(16)))).toBe('der/limit')
    expect(decode('300405000500', { maxValues: 2 })).toBe('der/limit')
    expect(decode('0500', { maxBytes: 1 })).toBe('der/limit')
    expect(codeOf(() => decodeDer(new Uint8Array(65_537)))).toBe('der/limit')
    expect(codeOf(() => decodeDer(new Uint8Array(60_000).fill(0x30)))).toMatch(/^der\//)
  })

  test('parts', () => {
    const times = derSequence(derTime(1_795_000_000), derTime(4_000_000_000), derUtf8('印'))
    const [first, second, text] = derChildren(decodeDer(times), DER_TAG.sequence)
    expect(derSeconds(first)).toBe(1_795_000_000)
    expect(derSeconds(second)).toBe(4_000_000_000)
    expect(derText(text)).toBe('印')
    expect(codeOf(() => derSeconds(text))).toBe('der/malformed')
    expect(codeOf(() => derText(first))).toBe('der/malformed')
    expect(codeOf(() => derChildren(text, DER_TAG.sequence))).toBe('der/malformed')
    expect(codeOf(() => derContent(undefined, DER_TAG.integer))).toBe('der/malformed')
  })

  test('parts that are not looked into', () => {
    const strange = Uint8Array.of(0x1a, 1, 0x41)
    expect(derParts(derSequence(derNull(), strange))).toEqual([derNull(), strange])
    expect(derParts(derSequence())).toEqual([])
    expect(codeOf(() => derParts(new Uint8Array(65_537)))).toBe('der/limit')
    for (const bytes of [
      [],
      [0x05, 0],
      [0x30],
      [0x30, 1],
      [0x30, 1, 5],
      [0x30, 2, 5, 1],
      [0x30, 2, 0x1f, 0],
      [0x30, 0, 0],
    ]) {
      expect(codeOf(() => derParts(Uint8Array.from(bytes)))).toBe('der/malformed')
    }
    expect(codeOf(() => derParts(Uint8Array.of(0x30, 0x81, 1, 5)))).toBe('der/not-canonical')
  })

  test('what is accepted encodes to itself; any bytes give a value or a code', () => {
    assert(
      property(uint8Array({ maxLength: 40 }), integer({ min: 0, max: 5 }), (bytes, choice) => {
        const tag = [0x30, 0x31, 0x02, 0x03, 0x06, 0xa0][choice] ?? 0
        const input = Uint8Array.of(tag, bytes.length, ...bytes)
        const code = codeOf(() => expect(encodeAgain(decodeDer(input))).toEqual(input))
        expect(code).toMatch(/^(accepted|der\/)/)
      }),
      { numRuns: 3_000 },
    )
  })

  test('times come back', () => {
    assert(
      property(integer({ min: -631_152_000, max: 253_402_300_799 }), (seconds) => {
        expect(derSeconds(decodeDer(derTime(seconds)))).toBe(seconds)
      }),
    )
  })
})
