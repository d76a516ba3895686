/** Both inflaters, Node's and the portable one, give one verdict on every input. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { Fault, fromHex } from '@onetrip/codec'
import { assert, constantFrom, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflatePortably, inflateZlib } from './inflate.ts'
import * as node from './platform-node.ts'
import * as web from './platform-web.ts'

const LIST_BYTES = 16_384

/** `bytes` of it, or the code. */
function verdict(work: () => Uint8Array): Uint8Array | string {
  try {
    return new Uint8Array(work())
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/** Asserts that the two agree, and returns what they say. */
function judged(input: Uint8Array, maxBytes: number): Uint8Array | string {
  const portable = verdict(() => inflatePortably(input, maxBytes))
  const native = node.inflateWhole(input, maxBytes)
  // What one takes, the other takes: neither zlib's leniency nor ours decides alone.
  expect(native === undefined ? undefined : new Uint8Array(native)).toEqual(
    typeof portable === 'string' ? undefined : portable,
  )
  expect(web.inflateWhole(input, maxBytes)).toBeUndefined()
  expect(verdict(() => inflateZlib(input, maxBytes))).toEqual(portable)
  return portable
}

function list(revoked: number): Uint8Array {
  const bytes = new Uint8Array(LIST_BYTES)
  for (let i = 0; i < revoked; i += 1) {
    const index = (i * 2_654_435_761) % (LIST_BYTES * 4)
    bytes[index >> 2] = (bytes[index >> 2] ?? 0) | (1 << ((index & 3) * 2))
  }
  return bytes
}

const whole = new Uint8Array(deflateSync(list(600)))
const tail = (hex: string) => Uint8Array.of(...whole, ...fromHex(hex))
const sum = whole.subarray(-4)

const HOSTILE: readonly (readonly [string, Uint8Array, string])[] = [
  ['nothing', new Uint8Array(), 'status/format'],
  ['one zero after the end', tail('00'), 'status/format'],
  ['the check sum once more after the end', Uint8Array.of(...whole, ...sum), 'status/format'],
  ['a second stream after the end', Uint8Array.of(...whole, ...whole), 'status/format'],
  ['no check sum', whole.subarray(0, -4), 'status/format'],
  ['half a check sum', whole.subarray(0, -2), 'status/format'],
  ['gzip', new Uint8Array(gzipSync(list(1))), 'status/format'],
  ['raw deflate', new Uint8Array(deflateRawSync(list(1))), 'status/format'],
  ['a preset dictionary', fromHex('78bb0000000003000000'), 'status/format'],
  ['a window of 64 KiB', fromHex('881c030000000001'), 'status/format'],
  ['a header whose check is off', fromHex('789d030000000001'), 'status/format'],
  ['block type 3', fromHex('789c0700000001'), 'status/format'],
  ['a distance before the first byte', fromHex('789c6304000000000001'), 'status/format'],
  ['a stored block whose lengths differ', fromHex('789c01010000000000000001'), 'status/format'],
  ['a stored block that is cut', fromHex('789c010400fbff0102'), 'status/format'],
  ['no last block', fromHex('789c000000ffff00000001'), 'status/format'],
]

describe('one verdict', () => {
  test.each(HOSTILE)('%s is refused', (_name, input, code) => {
    expect(judged(input, LIST_BYTES)).toBe(code)
  })

  test('a whole list is taken, at the limit; one byte less is too large', () => {
    expect(judged(whole, LIST_BYTES)).toEqual(list(600))
    expect(judged(whole, LIST_BYTES - 1)).toBe('status/too-large')
    expect(judged(whole, 1)).toBe('status/too-large')
  })

  test('ST01: a bomb, and a stored block that is cut and over the limit', () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(2 ** 24), { level: 9 }))
    expect(judged(bomb, LIST_BYTES)).toBe('status/too-large')
    const stored = new Uint8Array(deflateSync(new Uint8Array(5_000), { level: 0 }))
    expect(judged(stored.subarray(0, 3_000), 100)).toBe('status/too-large')
    expect(judged(stored.subarray(0, 3_000), 5_000)).toBe('status/format')
  })

  test('every cut and every flipped bit of a small list', () => {
    const small = new Uint8Array(deflateSync(list(40).subarray(0, 512)))
    for (let at = 0; at < small.length; at += 1) {
      judged(small.subarray(0, at), 512)
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = small.with(at, (small[at] ?? 0) ^ (1 << bit))
        // A match may be moved to bytes that are the same: then nothing was changed.
        const result = judged(changed, 512)
        if (typeof result !== 'string') expect(result).toEqual(list(40).subarray(0, 512))
      }
    }
  })

  test('any bytes after a good header, and any body with any strategy', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), integer({ min: 0, max: 300 }), (body, maxBytes) => {
        judged(Uint8Array.of(0x78, 0x9c, ...body), maxBytes)
      }),
      { numRuns: 800 },
    )
    assert(
      property(
        uint8Array({ maxLength: 3_000 }),
        integer({ min: 0, max: 9 }),
        constantFrom(0, 1, 2, 3, 4),
        (body, level, strategy) => {
          const packed = new Uint8Array(deflateSync(body, { level, strategy }))
          expect(judged(packed, 3_000)).toEqual(body)
        },
      ),
    )
  })

  test('what either platform deflates, both inflate', () => {
    for (const { deflateWhole } of [node, web]) {
      expect(judged(deflateWhole(list(300)), LIST_BYTES)).toEqual(list(300))
    }
  })
})
