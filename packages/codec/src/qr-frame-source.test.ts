import { describe, expect, test } from 'vitest'
import { concatBytes } from './bytes.ts'
import { fault } from './errors.ts'
import { decodeFrame } from './qr-frame.ts'
import { encodeFrames } from './qr-frame-source.ts'

/** Alphanumeric capacity of version 15-L. */
const V15_L = 758

const message = Uint8Array.from({ length: 1_000 }, (_, at) => at * 7)

describe('an animated code', () => {
  test('shows the plain parts first, all frames as long as each other', () => {
    const { count, text } = encodeFrames(message)
    expect(count).toBe(3)
    const plain = Array.from({ length: count }, (_, number) => decodeFrame(text(number)))
    expect(concatBytes(...plain.map(({ part }) => part)).subarray(0, 1_000)).toEqual(message)
    const lengths = Array.from({ length: 100 }, (_, number) => text(number).length)
    expect(new Set(lengths).size).toBe(1)
  })
  test('is never larger than V15-L, unless it is told', () => {
    for (const length of [481, 482, 2_000, 65_536]) {
      expect(encodeFrames(new Uint8Array(length)).text(0).length).toBeLessThanOrEqual(V15_L)
    }
    expect(encodeFrames(new Uint8Array(481)).text(0)).toHaveLength(V15_L)
    expect(encodeFrames(message, { partBytes: 2_839 }).count).toBe(1)
    expect(encodeFrames(new Uint8Array(2_839), { partBytes: 2_839 }).text(0)).toHaveLength(4_295)
  })
  test('has parts of one length, the last filled up with less than a part', () => {
    const { count, text } = encodeFrames(new Uint8Array(482).fill(1))
    expect([count, decodeFrame(text(1)).part.length]).toEqual([2, 241])
  })
  test('is too big over 64 KiB or 256 parts', () => {
    expect(encodeFrames(new Uint8Array(65_536), { partBytes: 256 }).count).toBe(256)
    expect(() => encodeFrames(new Uint8Array(65_537))).toThrow(fault('qr/too-big'))
    expect(() => encodeFrames(message, { partBytes: 3 })).toThrow(fault('qr/too-big'))
  })
  test.each([0, -1, 0.5, Number.NaN, 2_840])('has no parts of %d bytes', (partBytes) => {
    expect(() => encodeFrames(message, { partBytes })).toThrow(TypeError)
  })
  test('has no frame of a number that is none, and no frame of nothing', () => {
    for (const number of [-1, 0.5, Number.NaN, 2 ** 32]) {
      expect(() => encodeFrames(message).text(number)).toThrow(TypeError)
    }
    expect(() => encodeFrames(new Uint8Array(0))).toThrow(TypeError)
  })
})
