import { deflateSync } from 'node:zlib'
import { sha256 } from '@onetrip/codec'
import { expect, test } from 'vitest'
import { BLOCKS } from '../../samples/block-glyphs.ts'
import { pngOf } from '../../samples/png-chunks.ts'
import { drawSeal } from './draw-seal.ts'
import { readSealImage } from './seal-image.ts'

const shape = { form: 'round', diameterMm: 42 } as const
const svg = drawSeal({ shape, ownerName: '虚构市', glyphs: BLOCKS })
const stated = {
  mediaType: 'image/svg+xml',
  sha256: sha256(svg),
  widthMm: 42,
  heightMm: 42,
} as const

test('outlines of the stated digest and size', () => {
  expect(readSealImage(svg, stated)).toMatchObject({ picture: { width: 42, height: 42 } })
  for (const wrong of [{ sha256: new Uint8Array(32) }, { widthMm: 40 }, { heightMm: 40 }]) {
    expect(() => readSealImage(svg, { ...stated, ...wrong })).toThrow(
      expect.objectContaining({ code: 'seal/image-mismatch' }),
    )
  }
})

test('pixels of the stated digest and shape', () => {
  const png = pngOf({ width: 3, height: 3 }, new Uint8Array(deflateSync(new Uint8Array(39))))
  const image = { ...stated, mediaType: 'image/png', sha256: sha256(png) } as const
  expect(readSealImage(png, image)).toMatchObject({ size: { widthPixels: 3, hasAlpha: true } })
  expect(() => readSealImage(png, { ...image, heightMm: 30 })).toThrow(
    expect.objectContaining({ code: 'seal/image-format' }),
  )
  const svgAsPng = { ...image, sha256: sha256(svg) }
  expect(() => readSealImage(svg, svgAsPng)).toThrow(
    expect.objectContaining({ code: 'seal/image-format' }),
  )
})
