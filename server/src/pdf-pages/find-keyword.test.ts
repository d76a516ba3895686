import { utf8Encode } from '@onetrip/codec'
import { handwrittenPdf } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { findKeyword } from './find-keyword.ts'

const TWO = handwrittenPdf([
  'BT /F 20 Tf 100 700 Td (first page) Tj ET',
  'BT /F 20 Tf 100 500 Td (Seal ) Tj (here) Tj ET BT /F 20 Tf 0 1 -1 0 300 100 Tm (upright) Tj ET',
])

describe('a word in a PDF', () => {
  test('is found on its page, over pieces and spaces', async () => {
    const { page, x, y } = await findKeyword({ bytes: TWO, keyword: 'Sealhere' })
    expect(page).toBe(2)
    expect(x).toBeGreaterThan(130)
    expect(x).toBeLessThan(155)
    expect(y).toBeCloseTo(507, 0)
  })

  test('is found in its own direction', async () => {
    const { x, y } = await findKeyword({ bytes: TWO, keyword: 'upright', page: 2 })
    expect(x).toBeCloseTo(293, 0)
    expect(y).toBeGreaterThan(120)
  })

  test.for([
    ['Sealhere', 1, 'pdf/place'],
    ['nowhere', undefined, 'pdf/place'],
    ['first', 7, 'pdf/place'],
  ] as const)('%s on page %s: %s', async ([keyword, page, code]) => {
    await expect(findKeyword({ bytes: TWO, keyword, page })).rejects.toMatchObject({ code })
  })

  test('a file that cannot be read is too much', async () => {
    const bytes = utf8Encode('%PDF-1.7\nnothing')
    await expect(findKeyword({ bytes, keyword: 'x' })).rejects.toMatchObject({ code: 'pdf/limit' })
  })
})
