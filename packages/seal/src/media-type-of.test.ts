import { expect, test } from 'vitest'
import { isMediaType } from './impression-facts.ts'
import { mediaTypeOf } from './media-type-of.ts'

test.each([
  ['letter.txt', 'text/plain'],
  ['通知.PDF', 'application/pdf'],
  ['a.b.ofd', 'application/ofd'],
  ['a.pdf.exe', 'application/octet-stream'],
  ['a.pdf ', 'application/octet-stream'],
  ['pdf', 'application/octet-stream'],
  ['a.', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('%j: %s', (name, mediaType) => {
  expect(mediaTypeOf(name)).toBe(mediaType)
  expect(isMediaType(mediaType)).toBe(true)
})

test('every type of the table is one that an impression may state', () => {
  for (const extension of 'csv docx jpeg jpg json ofd pdf png txt xlsx xml zip'.split(' ')) {
    const mediaType = mediaTypeOf(`x.${extension}`)
    expect([extension, mediaType !== 'application/octet-stream', isMediaType(mediaType)]).toEqual([
      extension,
      true,
      true,
    ])
  }
})
