/** The characters of Debian's Noto Serif CJK, where it is installed. */
import { existsSync, readFileSync } from 'node:fs'
import { drawSeal, type GlyphSource, readSealPicture } from '@onetrip/seal'
import { beforeAll, describe, expect, test } from 'vitest'
import { fontGlyphs } from './font-glyphs.ts'

const PATH = '/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc'
const FACE = 'NotoSerifCJKsc-Bold'

describe.skipIf(!existsSync(PATH))('Noto Serif CJK', () => {
  const bytes = new Uint8Array(existsSync(PATH) ? readFileSync(PATH) : [])
  let glyphs: GlyphSource

  beforeAll(async () => {
    glyphs = await fontGlyphs({ bytes, face: FACE })
  })

  test('gives closed outlines in em, upright, from the simplified face', async () => {
    const glyph = glyphs.glyph('市')
    const points = glyph?.commands.flatMap((command) => command.points) ?? []
    expect(glyph?.advance).toBe(1)
    expect(Math.min(...points.map(({ x }) => x))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...points.map(({ x }) => x))).toBeLessThanOrEqual(1)
    expect(Math.min(...points.map(({ y }) => y))).toBeGreaterThan(-0.88)
    expect(Math.max(...points.map(({ y }) => y))).toBeLessThan(0.12)
    const kinds = glyph?.commands.map(({ kind }) => kind).join('') ?? ''
    expect(kinds).toMatch(/^(?:M[LQC]+Z)+$/)
    const japanese = await fontGlyphs({ bytes, face: 'NotoSerifCJKjp-Bold' })
    expect(glyphs.glyph('直')?.commands).not.toEqual(japanese.glyph('直')?.commands)
  })

  test('reads a character once, and a space has no outline', () => {
    expect(glyphs.glyph('局')).toBe(glyphs.glyph('局'))
    expect(glyphs.glyph(' ')?.commands).toEqual([])
    expect(glyphs.glyph('7')?.advance).toBeLessThan(0.7)
  })

  test('has no character that the font does not have', () => {
    expect(glyphs.glyph('😀')).toBeUndefined()
    expect(glyphs.glyph('')).toBeUndefined()
  })

  test('makes a seal that is read again', () => {
    const svg = drawSeal({
      shape: { form: 'round', diameterMm: 42 },
      ownerName: '虚构自治区云栖维吾尔哈萨克蒙古自治州经济技术开发区人力资源和社会保障综合服务中心',
      lowerLine: '电子证照专用章',
      number: '33990100000017',
      mark: '样例',
      glyphs,
    })
    expect(svg.length).toBeLessThan(65_536)
    expect(readSealPicture(svg).parts[0]?.commands.length).toBeGreaterThan(1_000)
  })

  test('is a collection: calling code names a face of it', async () => {
    await expect(fontGlyphs({ bytes })).rejects.toThrow(TypeError)
    await expect(fontGlyphs({ bytes, face: 'SimSun' })).rejects.toThrow(TypeError)
  })
})

test('bytes that are no font are none', async () => {
  await expect(fontGlyphs({ bytes: Uint8Array.of(1, 2, 3, 4) })).rejects.toThrow(Error)
})
