import { describe, expect, test } from 'vitest'
import { encodeBase45 } from './base45.ts'
import { fromHex } from './bytes.ts'
import { type ErrorCode, fault } from './errors.ts'
import { decodeFrame, encodeFrame, type Frame } from './qr-frame.ts'

const frame: Frame = {
  identity: fromHex('0001020304050607'),
  length: 5,
  count: 3,
  number: 2 ** 32 - 1,
  part: fromHex('aabb'),
}

/** A frame of five bytes in three parts of two, with its numbers as they stand in the bytes. */
function hostile(changes: {
  readonly format?: string
  readonly length?: string
  readonly count?: string
  readonly part?: string
}): string {
  const { format = '01', length = '00000005', count = '00000003', part = 'aabb' } = changes
  const hex = `${format}0001020304050607${length}${count}00000000${part}`
  return `OT1F:${encodeBase45(fromHex(hex))}`
}

describe('a frame', () => {
  test('has its layout, byte by byte', () => {
    const bytes = fromHex('0100010203040506070000000500000003ffffffffaabb')
    expect(encodeFrame(frame)).toBe(`OT1F:${encodeBase45(bytes)}`)
    expect(encodeFrame(frame)).toMatch(/^OT1F:[0-9A-Z $%*+\-./:]+$/)
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame)
  })
  test.each<[string, string, ErrorCode]>([
    ['a single code', 'OT1:D2', 'qr/not-a-credential'],
    ['lower case', encodeFrame(frame).toLowerCase(), 'qr/not-a-credential'],
    ['QR02: more than a code can hold', `OT1F:${'0'.repeat(4_292)}`, 'qr/limit'],
    ['50 MB', `OT1F:${'0'.repeat(50_000_000)}`, 'qr/limit'],
    ['QR04: a sign that is none', 'OT1F:b', 'qr/encoding'],
    ['a line end behind it', `${encodeFrame(frame)}\n`, 'qr/encoding'],
    ['nothing', 'OT1F:', 'qr/encoding'],
    ['a header alone', hostile({ part: '' }), 'qr/encoding'],
    ['half a header', 'OT1F:BB8', 'qr/encoding'],
    ['another format', hostile({ format: '02' }), 'format/unsupported'],
    ['the most parts that four bytes say', hostile({ count: 'ffffffff' }), 'qr/limit'],
    ['a part more than there may be', hostile({ count: '00000101' }), 'qr/limit'],
    ['a byte more than there may be', hostile({ length: '00010001' }), 'qr/limit'],
    ['the longest message that four bytes say', hostile({ length: 'ffffffff' }), 'qr/limit'],
    ['no part', hostile({ count: '00000000' }), 'qr/encoding'],
    ['no length', hostile({ length: '00000000' }), 'qr/encoding'],
    ['a length that asks for longer parts', hostile({ length: '00000007' }), 'qr/encoding'],
    ['a length that asks for fewer parts', hostile({ length: '00000004' }), 'qr/encoding'],
    ['a part too short', hostile({ part: 'aa' }), 'qr/encoding'],
    ['a part too long', hostile({ part: 'aabbcc' }), 'qr/encoding'],
    ['more parts than bytes', hostile({ length: '00000002', part: 'aa' }), 'qr/encoding'],
  ])('%s is refused', (_, text, code) => {
    expect(() => decodeFrame(text)).toThrow(fault(code))
  })
})
