import { fromHex } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import {
  getStatus,
  newStatusBits,
  randomStatusIndex,
  SENTINEL_INDEX,
  type StatusSize,
  setStatus,
} from './status-bits.ts'
import { STATUS, statusOf } from './status-value.ts'

function read(statuses: Uint8Array, bits: StatusSize): number[] {
  const size = (statuses.length * 8) / bits
  return Array.from({ length: size }, (_, index) => getStatus({ statuses, bits, index }))
}

describe('status bits', () => {
  test('the worked examples of the draft, least significant bit first', () => {
    expect(read(fromHex('b9a3'), 1)).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1])
    expect(read(fromHex('c944f9'), 2)).toEqual([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3])
  })

  test.each<StatusSize>([1, 2, 4, 8])(
    '%i bits: writes what it reads, and nothing beside it',
    (bits) => {
      const statuses = newStatusBits(64, bits)
      const values = Array.from({ length: 64 }, (_, index) => (index * 7) % 2 ** bits)
      for (const [index, value] of values.entries()) setStatus({ statuses, bits, index }, value)
      expect(read(statuses, bits)).toEqual(values)
      setStatus({ statuses, bits, index: 5 }, 0)
      expect(read(statuses, bits)).toEqual(values.with(5, 0))
    },
  )

  test('ST02: an index outside the list', () => {
    const statuses = newStatusBits(8, 2)
    for (const index of [8, -1, 2 ** 53, 1.5, Number.NaN]) {
      const place = { statuses, bits: 2, index } as const
      expect(() => getStatus(place)).toThrow(expect.objectContaining({ code: 'status/index' }))
      expect(() => setStatus(place, 1)).toThrow(expect.objectContaining({ code: 'status/index' }))
    }
    expect(() => setStatus({ statuses, bits: 2, index: 0 }, 4)).toThrow(TypeError)
    expect(() => newStatusBits(3, 2)).toThrow(TypeError)
  })

  test('ST11: names of values', () => {
    expect([0, 1, 2, 3].map(statusOf)).toEqual(['valid', 'revoked', 'suspended', 'unknown'])
    expect(STATUS.suspended).not.toBe(STATUS.revoked)
  })

  test('a drawn index is within the list and never the sentinel', () => {
    let counter = 0
    const random = (length: number) =>
      Uint8Array.from({ length }, (_, i) => (i === 3 ? counter++ % 256 : 0))
    const drawn = new Set(Array.from({ length: 300 }, () => randomStatusIndex(random, 16)))
    expect(drawn.size).toBe(15)
    expect(drawn.has(SENTINEL_INDEX)).toBe(false)
    expect(Math.max(...drawn)).toBe(15)
  })
})
