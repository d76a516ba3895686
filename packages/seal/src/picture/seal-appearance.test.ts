import { deflateSync } from 'node:zlib'
import { sha256 } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { BLOCKS } from '../../samples/block-glyphs.ts'
import { pngOf } from '../../samples/png-chunks.ts'
import { drawSeal } from './draw-seal.ts'
import { sealAppearance } from './seal-appearance.ts'

const POINTS_40_MM = 113.386

function pngStated(png: Uint8Array) {
  return { mediaType: 'image/png', sha256: sha256(png), widthMm: 40, heightMm: 40 } as const
}

function compressed(...rows: readonly (readonly number[])[]): Uint8Array {
  return new Uint8Array(deflateSync(Uint8Array.from(rows.flat())))
}

test('outlines are drawn in their size', () => {
  const svg = drawSeal({
    shape: { form: 'round', diameterMm: 40 },
    ownerName: '虚',
    glyphs: BLOCKS,
  })
  const stated = { ...pngStated(svg), mediaType: 'image/svg+xml' } as const
  const { width, samples, content } = sealAppearance(svg, stated)
  expect([width, samples]).toEqual([POINTS_40_MM, undefined])
  expect(new TextDecoder().decode(content)).toMatch(/^\/Ink gs\n0.784 0.063 0.18 rg\n/)
})

// By hand (PNG 3rd edition §9.2): each row says the same pixels, 10 20 30 and 50 60 70, under another filter.
test.for([
  ['none', [0, 10, 20, 30, 50, 60, 70]],
  ['sub', [1, 10, 20, 30, 40, 40, 40]],
  ['up', [2, 0, 0, 0, 0, 0, 0]],
  ['average', [3, 5, 10, 15, 20, 20, 20]],
  ['Paeth', [4, 0, 0, 0, 0, 0, 0]],
] as const)('pixels under the filter %s', ([, second]) => {
  const png = pngOf(
    { width: 2, height: 2, colour: 2 },
    compressed([0, 10, 20, 30, 50, 60, 70], second),
  )
  const { samples } = sealAppearance(png, pngStated(png))
  expect([...(samples?.rgb ?? [])]).toEqual([10, 20, 30, 50, 60, 70, 10, 20, 30, 50, 60, 70])
  expect([...(samples?.alpha ?? [])]).toEqual([255, 255, 255, 255])
})

test('opacity stands by itself, and sums turn over at 256', () => {
  const rows = compressed([1, 250, 1, 2, 9, 10, 0, 0, 1], [2, 10, 0, 0, 0, 0, 0, 0, 255])
  const png = pngOf({ width: 2, height: 2 }, rows)
  const { samples } = sealAppearance(png, pngStated(png))
  expect([...(samples?.rgb ?? [])]).toEqual([250, 1, 2, 4, 1, 2, 4, 1, 2, 4, 1, 2])
  expect([...(samples?.alpha ?? [])]).toEqual([9, 10, 9, 9])
})
