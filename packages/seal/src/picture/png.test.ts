/** PNGs are made chunk by chunk, since they must be wrong in one place each. */
import { deflateSync, crc32 as nodeCrc32 } from 'node:zlib'
import { concatBytes, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { chunk, END, header, png } from '../../samples/png-chunks.ts'
import { flipBit } from '../../samples/sample-seals.ts'
import { MAX_IMAGE_BYTES } from '../seal-file.ts'
import { barePng, MAX_PIXELS, readPng } from './png.ts'
import { crc32 } from './png-chunks.ts'

const SHOWN = { widthMm: 40, heightMm: 30 }

function pixels(rows = 6, rowBytes = 1 + 8 * 4, filter = 0): Uint8Array {
  const raw = new Uint8Array(rows * rowBytes)
  for (let row = 0; row < rows; row++) raw[row * rowBytes] = filter
  return new Uint8Array(deflateSync(raw))
}

const DATA = chunk('IDAT', pixels())
const GOOD = png(header(), DATA, END)

describe('an uploaded PNG', () => {
  test('is read', () => {
    const size = { widthPixels: 8, heightPixels: 6 }
    expect(readPng(GOOD, SHOWN)).toEqual({ ...size, hasAlpha: true })
    const opaque = png(header({ colour: 2 }), chunk('IDAT', pixels(6, 25)), END)
    expect(readPng(opaque, SHOWN)).toEqual({ ...size, hasAlpha: false })
  })

  test('may have its pixels in several parts, under any filter, and things beside', () => {
    for (let filter = 0; filter <= 4; filter++) {
      const data = pixels(6, 33, filter)
      const parts = [chunk('IDAT', data.subarray(0, 5)), chunk('IDAT', data.subarray(5))]
      const beside = chunk('tEXt', utf8Encode('Author\0X'))
      const bytes = png(header(), beside, ...parts, chunk('tIME'), END)
      expect(readPng(bytes, SHOWN).widthPixels).toBe(8)
      expect(barePng(bytes)).toEqual(png(header(), ...parts, END))
    }
  })

  test('may differ in shape by 2 %', () => {
    expect(readPng(GOOD, { widthMm: 40, heightMm: 30.5 }).widthPixels).toBe(8)
  })
})

describe('a PNG is refused', () => {
  const large = chunk('IDAT', new Uint8Array(MAX_IMAGE_BYTES))
  test.each<readonly [string, Uint8Array]>([
    ['when it is none', utf8Encode('GIF89a')],
    ['with a short header', png(chunk('IHDR', new Uint8Array(12)), DATA, END)],
    ['without header', png(DATA, END)],
    ['without pixels', png(header(), END)],
    ['without end', png(header(), DATA)],
    ['with something behind', concatBytes(GOOD, Uint8Array.of(0))],
    ['with a chunk behind', concatBytes(GOOD, END)],
    ['with a palette', png(header({ colour: 3 }), chunk('PLTE', new Uint8Array(3)), DATA, END)],
    ['with a palette beside', png(header(), chunk('PLTE', new Uint8Array(3)), DATA, END)],
    ['in grey', png(header({ colour: 0 }), DATA, END)],
    ['of 16 bits', png(header({ depth: 16 }), DATA, END)],
    ['of another compression', png(header({ compression: 1 }), DATA, END)],
    ['of another filter method', png(header({ filter: 1 }), DATA, END)],
    ['interlaced', png(header({ interlace: 1 }), DATA, END)],
    ['animated', png(header(), chunk('acTL', new Uint8Array(8)), DATA, END)],
    ['with a frame behind', png(header(), DATA, chunk('fdAT', new Uint8Array(8)), END)],
    ['with a transparent colour', png(header(), chunk('tRNS', new Uint8Array(6)), DATA, END)],
    ['with a chunk that nobody knows', png(header(), chunk('ABcD'), DATA, END)],
    ['with pixels torn apart', png(header(), DATA, chunk('tIME'), DATA, END)],
    ['with a second header', png(header(), header(), DATA, END)],
    ['of no width', png(header({ width: 0 }), DATA, END)],
    ['of too many pixels', png(header({ width: MAX_PIXELS, height: 2 }), DATA, END)],
    ['of another shape', png(header({ width: 6, height: 6 }), DATA, END)],
    ['with too few rows', png(header(), chunk('IDAT', pixels(5)), END)],
    ['with too many rows', png(header(), chunk('IDAT', pixels(7)), END)],
    ['with half a row', png(header(), chunk('IDAT', pixels(6, 32)), END)],
    ['with a filter that does not exist', png(header(), chunk('IDAT', pixels(6, 33, 5)), END)],
    ['with pixels that do not inflate', png(header(), chunk('IDAT', pixels().subarray(4)), END)],
    ['with a type of digits', png(header(), chunk('1234'), DATA, END)],
    ['with too many chunks', png(header(), ...Array(4_100).fill(chunk('tIME')), DATA, END)],
  ])('%s', (_name, bytes) => {
    expect(() => readPng(bytes, SHOWN)).toThrow(
      expect.objectContaining({ code: 'seal/image-format' }),
    )
  })

  test('when it is too large', () => {
    const code = 'seal/too-large'
    const bytes = png(header(), large, END)
    expect(() => readPng(bytes, SHOWN)).toThrow(expect.objectContaining({ code }))
  })

  test('when it is cut, or any bit of it is turned', () => {
    for (let length = 0; length < GOOD.length; length++) {
      expect(() => readPng(GOOD.subarray(0, length), SHOWN)).toThrow(
        expect.objectContaining({ code: 'seal/image-format' }),
      )
    }
    for (let bit = 0; bit < GOOD.length * 8; bit++) {
      expect(() => readPng(flipBit(GOOD, bit), SHOWN)).toThrow(
        expect.objectContaining({ code: 'seal/image-format' }),
      )
    }
  })
})

test('the checksum is that of node:zlib', () => {
  expect(crc32(utf8Encode('一次办'))).toBe(nodeCrc32('一次办'))
})
