import { toHex, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { ringSeal, sealFile, writePdf } from '../../samples/pdf-files.ts'
import { inFolder, isInstalled } from '../../samples/peer-programs.ts'
import {
  appearanceOf,
  appearanceOfSamples,
  digestAppearance,
  isSameAppearance,
  type SealSamples,
} from './appearance.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'

const samples: SealSamples = {
  columns: 2,
  rows: 1,
  rgb: Uint8Array.of(200, 16, 46, 0, 0, 255),
  alpha: Uint8Array.of(255, 0),
}

describe('a drawn seal', () => {
  test('is turned over and measured in points', () => {
    const appearance = appearanceOf({
      width: 25.4,
      height: 25.4,
      parts: [
        {
          fill: '#ff0080',
          commands: [
            { kind: 'M', points: [{ x: 0, y: 0 }] },
            { kind: 'L', points: [{ x: 12.7, y: 0 }] },
            {
              kind: 'Q',
              points: [
                { x: 12.7, y: 12.7 },
                { x: 0, y: 25.4 },
              ],
            },
            {
              kind: 'C',
              points: [
                { x: 1, y: 2 },
                { x: 3, y: 4 },
                { x: 5, y: 6 },
              ],
            },
            { kind: 'Z', points: [] },
          ],
        },
      ],
    })
    expect([appearance.width, appearance.height]).toEqual([72, 72])
    expect(new TextDecoder().decode(appearance.content)).toBe(
      [
        '/Ink gs',
        '1 0 0.502 rg',
        '0 72 m',
        '36 72 l',
        '36 48 24 24 0 0 c',
        '2.835 66.331 8.504 60.661 14.173 54.992 c',
        'h',
        'f',
        '',
      ].join('\n'),
    )
  })

  test('is the same each time, and another one is another', () => {
    const appearance = appearanceOf(ringSeal)
    expect(isSameAppearance(appearance, appearanceOf(ringSeal))).toBe(true)
    expect(isSameAppearance(appearance, { ...appearance, width: appearance.width + 0.001 })).toBe(
      false,
    )
    expect(isSameAppearance(appearance, { ...appearance, content: utf8Encode('f') })).toBe(false)
    expect(isSameAppearance(appearance, { ...appearance, samples })).toBe(false)
    expect(toHex(digestAppearance(appearance))).toHaveLength(64)
  })

  test.each([
    ['no size', { ...ringSeal, width: 0 }],
    ['a size of more than 100 mm', { ...ringSeal, height: 101 }],
    ['a colour that is none', { ...ringSeal, parts: [{ fill: 'red', commands: [] }] }],
    [
      'a point that is none',
      {
        ...ringSeal,
        parts: [{ fill: '#000000', commands: [{ kind: 'M', points: [{ x: Number.NaN, y: 0 }] }] }],
      },
    ],
  ] as const)('%s', (_name, seal) => {
    expect(() => appearanceOf(seal)).toThrow(TypeError)
  })
})

describe('a seal of samples', () => {
  test('refuses samples that do not fill it', () => {
    const size = { width: 20, height: 10 }
    for (const changes of [
      { columns: 3 },
      { rows: 0 },
      { rgb: new Uint8Array(5) },
      { alpha: new Uint8Array(3) },
    ]) {
      expect(() => appearanceOfSamples({ ...samples, ...changes }, size)).toThrow(TypeError)
    }
  })

  test('is set, read back, and shown with its transparency', async () => {
    const appearance = appearanceOfSamples(samples, { width: 40, height: 20 })
    const file = await sealFile(writePdf(), { appearance })
    const [seal] = readSealedPdf(file).updates
    expect(readSealedPdf(file).findings).toEqual([])
    expect(seal).toMatchObject({ kind: 'seal', appearance })
    if (!isInstalled('pdftoppm')) return
    await inFolder(async (folder) => {
      folder.run('pdftoppm', ['-r', '72', folder.write('a.pdf', file), 'page'])
      const picture = folder.read('page-1.ppm')
      const pixel = (x: number, y: number): readonly number[] => {
        const at = picture.length - 3 * (595 * 842 - (841 - y) * 595 - x)
        return [...picture.subarray(at, at + 3)]
      }
      // The left half is red ink on the grey page, and through the right one the page is seen.
      expect(pixel(390, 140)).toEqual([179, 14, 41])
      expect(pixel(480, 140)).toEqual([229, 229, 229])
    })
  })
})
