import { encodeQrText } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { QUIET_ZONE, qrPath } from './qr-path.ts'

/** Base45 text of exactly `length` characters with its prefix. */
function codeOf(length: number): string {
  const bytes = new Uint8Array(Math.ceil(((length - 4) * 2) / 3)).fill(0xd2)
  return encodeQrText(bytes).slice(0, length)
}

describe('qrPath', () => {
  test.each([
    [1249, 'L', 20],
    [1352, 'L', 21],
    [1451, 'M', 25],
    [600, 'M', 15],
  ] as const)('%i characters at %s fit version %i', (length, errorCorrection, version) => {
    expect(qrPath(codeOf(length), errorCorrection).version).toBe(version)
  })

  test('leaves a quiet zone of 4 modules on every side', () => {
    const { modules, side, path } = qrPath('OT1:D2', 'M')
    expect(side).toBe(modules + 2 * QUIET_ZONE)
    const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => ({
      x: Number(x),
      y: Number(y),
      end: Number(x) + Number(run),
    }))
    expect(Math.min(...starts.map(({ x }) => x))).toBe(QUIET_ZONE)
    expect(Math.min(...starts.map(({ y }) => y))).toBe(QUIET_ZONE)
    expect(Math.max(...starts.map(({ end }) => end))).toBe(side - QUIET_ZONE)
  })
})
