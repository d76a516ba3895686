import { utf8Decode, utf8Encode } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLOCKS } from '../../samples/block-glyphs.ts'
import { arcLetters } from './arc-letters.ts'
import { drawSeal, SEAL_RED, type SealDrawing } from './draw-seal.ts'
import { glyphsOf } from './glyph-source.ts'
import { sealShape } from './seal-shapes.ts'
import { MAX_PICTURE_BYTES, readSealPicture, writeSealPicture } from './svg-picture.ts'

const ROUND: SealDrawing = {
  shape: { form: 'round', diameterMm: 42 },
  ownerName: '虚构市云栖区市场监督管理局',
  lowerLine: '电子证照专用章',
  number: '33990100000017',
  mark: '样例',
  glyphs: BLOCKS,
}
const OVAL: SealDrawing = {
  ...ROUND,
  shape: { form: 'ellipse', widthMm: 40, heightMm: 30 },
  middleLine: '91339901MAXYN00113',
}
const SQUARE: SealDrawing = {
  shape: { form: 'square', sideMm: 18 },
  ownerName: '张三',
  mark: '样例',
  glyphs: BLOCKS,
}
const svg = drawSeal(ROUND)

describe('a picture', () => {
  test.each([
    ['round', ROUND, 42, 42],
    ['oval', OVAL, 40, 30],
    ['square', SQUARE, 18, 18],
  ])(
    '%s: one outline in seal red, in millimetres, the same each time',
    (_name, drawing, width, height) => {
      const drawn = drawSeal(drawing)
      expect(drawSeal(drawing)).toEqual(drawn)
      const picture = readSealPicture(drawn)
      expect(picture).toMatchObject({ width, height, parts: [{ fill: SEAL_RED }] })
      expect(picture.parts).toHaveLength(1)
      expect(picture.title.endsWith('（样例）')).toBe(true)
      expect(writeSealPicture(picture)).toEqual(drawn)
    },
  )

  test('says what it is to who does not see it, and carries nothing but outlines', () => {
    const text = utf8Decode(svg)
    expect(text).toMatch(
      / role="img"><title>虚构市云栖区市场监督管理局电子证照专用章（样例）<\/title>/,
    )
    expect(text.match(/<\w+/g)).toEqual(['<svg', '<title', '<path'])
  })

  test('has room for every name that an owner may have, within its edge', () => {
    for (const shape of [ROUND.shape, OVAL.shape, sealShape('01', 'stateCouncil')]) {
      for (let length = 1; length <= 60; length += 7) {
        const ownerName = '市'.repeat(length)
        const { parts } = readSealPicture(drawSeal({ ...ROUND, shape, ownerName }))
        expect(parts[0]?.commands.length).toBeGreaterThan(length)
      }
    }
  })

  test('has a name seal for every name that fits, read from the right', () => {
    for (let length = 2; length <= 8; length++) {
      const ownerName = '张'.repeat(length)
      expect(readSealPicture(drawSeal({ ...SQUARE, ownerName })).width).toBe(18)
    }
    const first = drawSeal({ ...SQUARE, ownerName: '一二' })
    const [begin] = readSealPicture(first).parts[0]?.commands.slice(10) ?? []
    expect(begin?.points[0]?.x).toBeGreaterThan(9)
  })

  test('draws a name of any length so that letters shrink, and none reaches into the next', () => {
    const edge = { center: { x: 21, y: 21 }, halfWidth: 19, halfHeight: 19 }
    let last = Number.POSITIVE_INFINITY
    for (const length of [5, 13, 20, 28, 40]) {
      const glyphs = glyphsOf('市'.repeat(length), BLOCKS)
      const text = { glyphs, edge, side: 'upper', maxHeight: 6, maxSpan: 4.5 } as const
      const { height, commands } = arcLetters({ ...text, widest: 0.76, narrowest: 0.5 })
      expect(height).toBeLessThanOrEqual(last)
      last = height
      const each = commands.length / length
      const letters = glyphs.map((_, index) => commands.slice(index * each, (index + 1) * each))
      const spans = letters.map((letter) => {
        const points = letter.flatMap((command) => command.points)
        const angles = points.map(({ x, y }) => Math.atan2(x - 21, 21 - y))
        return { from: Math.min(...angles), to: Math.max(...angles) }
      })
      for (const [index, { from }] of spans.entries()) {
        expect(from).toBeGreaterThan(spans[index - 1]?.to ?? -2.3)
      }
    }
    expect(last).toBeGreaterThan(2)
  })

  test('a character that the font does not have is named as a fault', () => {
    const drawing = { ...ROUND, ownerName: '虚构?局' }
    expect(() => drawSeal(drawing)).toThrow(expect.objectContaining({ code: 'seal/glyph-missing' }))
  })

  test.each<readonly [string, SealDrawing]>([
    ['an empty name', { ...ROUND, ownerName: '' }],
    ['text that turns round', { ...ROUND, ownerName: '虚\u202e构' }],
    ['a middle line in a round seal', { ...ROUND, middleLine: 'x' }],
    ['a number in a name seal', { ...SQUARE, number: '1' }],
    ['a line in a name seal', { ...SQUARE, lowerLine: 'x' }],
    ['a name seal of one character', { ...SQUARE, ownerName: '张' }],
    ['a name seal of nine characters', { ...SQUARE, ownerName: '张'.repeat(9) }],
    [
      'an edge of no room',
      { ...ROUND, shape: { form: 'round', diameterMm: 10 }, ownerName: '市'.repeat(400) },
    ],
  ])('calling code is at fault: %s', (_name, drawing) => {
    expect(() => drawSeal(drawing)).toThrow(TypeError)
  })
})

test('each kind has a shape, by rank where the rules say so', () => {
  const forms = (['01', '02', '03', '04', '05', '99'] as const).map(
    (kind) => sealShape(kind, 'cityOrCounty').form,
  )
  expect(forms).toEqual(['round', 'round', 'ellipse', 'round', 'square', 'round'])
  expect(sealShape('01', 'stateCouncil')).toEqual({ form: 'round', diameterMm: 60 })
  expect(sealShape('99', 'enterprise')).toEqual({ form: 'round', diameterMm: 40 })
  expect(sealShape('02', 'stateCouncil')).toEqual({ form: 'round', diameterMm: 38 })
  expect(sealShape('03', 'enterprise')).toEqual({ form: 'ellipse', widthMm: 40, heightMm: 30 })
  expect(sealShape('05', 'enterprise')).toEqual({ form: 'square', sideMm: 18 })
})

describe('no other SVG is read', () => {
  const text = utf8Decode(drawSeal({ ...SQUARE, mark: '甲' }))
  const path = /d="([^"]+)"/.exec(text)?.[1] ?? ''
  const withPath = (changed: string): string => text.replace(path, changed)
  test.each([
    ['nothing', ''],
    ['a declaration', `<?xml version="1.0"?>${text}`],
    ['white space behind', `${text}\n`],
    ['a script', text.replace('<path', '<script>1</script><path')],
    ['a handler', text.replace('role="img"', 'role="img" onload="x()"')],
    ['a style', text.replace('<path', '<path style="a"')],
    ['a picture from elsewhere', text.replace('<path', '<image href="https://x.example/"/><path')],
    ['an entity', text.replace('<title>', '<title>&#65;')],
    ['an entity of its own', text.replace('<title>', '<title>&x;')],
    ['a title that turns round', text.replace('<title>', '<title>\u202e')],
    ['no title', text.replace(/<title>.*<\/title>/, '')],
    ['another colour form', text.replace(SEAL_RED, 'red')],
    ['capitals', text.replace(SEAL_RED, '#C8102E')],
    ['sizes that differ', text.replace('width="18mm"', 'width="19mm"')],
    ['a box too large', text.replaceAll('18', '180')],
    ['nine outlines', text.replace(/<path.*\/>/, (part) => part.repeat(9))],
    ['a relative command', withPath('m0 0L1 1Z')],
    ['an arc', withPath('M0 0A1 1 0 0 0 1 1Z')],
    ['an open outline', withPath('M0 0L1 1')],
    ['a line without begin', withPath('L1 1Z')],
    ['two begins', withPath('M0 0M1 1Z')],
    ['too few numbers', withPath('M0 0C1 1 2 2Z')],
    ['too many numbers', withPath('M0 0L1 1 2 2Z')],
    ['a comma', withPath('M0,0L1 1Z')],
    ['two spaces', withPath('M0  0L1 1Z')],
    ['a negative number', withPath('M-1 0L1 1Z')],
    ['a number outside', withPath('M18.01 0L1 1Z')],
    ['three decimals', withPath('M1.001 0L1 1Z')],
    ['a zero too many', withPath('M1.10 0L1 1Z')],
    ['a zero in front', withPath('M01 0L1 1Z')],
    ['an exponent', withPath('M1e1 0L1 1Z')],
    ['more outlines than limits allow', withPath('M0 0Z'.repeat(20_000))],
  ])('%s', (_name, changed) => {
    expect(() => readSealPicture(utf8Encode(changed))).toThrow(
      expect.objectContaining({ code: 'seal/image-format' }),
    )
  })

  test('no UTF-8, and nothing too large', () => {
    for (const bytes of [Uint8Array.of(0xff), new Uint8Array(MAX_PICTURE_BYTES + 1)]) {
      expect(() => readSealPicture(bytes)).toThrow(
        expect.objectContaining({ code: 'seal/image-format' }),
      )
    }
  })

  test('what is read is written back as it was, whatever is changed', () => {
    const bytes = utf8Encode(text)
    fc.assert(
      fc.property(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => {
          const changed = bytes.slice()
          changed[at] = (changed[at] ?? 0) ^ mask
          try {
            expect(writeSealPicture(readSealPicture(changed))).toEqual(changed)
          } catch (error) {
            expect(error).toMatchObject({ code: 'seal/image-format' })
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a title with signs of XML is read as it was', () => {
    const picture = { ...readSealPicture(utf8Encode(text)), title: 'A & B <C> &amp;' }
    expect(readSealPicture(writeSealPicture(picture)).title).toBe(picture.title)
  })
})
