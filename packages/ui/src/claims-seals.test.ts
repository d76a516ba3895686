import { expect, test } from 'vitest'
import { claimsSeals, isSealName } from './claims-seals.ts'

const MARK = '/Subtype /application#2Fonetrip-seal+cbor'

/** A blob is read in chunks of 64 KiB: the mark stands before, across and behind the borders of the first two. */
const OFFSETS = [0, 1, 65_490, 65_510, 65_535, 65_536, 131_060, 200_000]

test.each(OFFSETS)('a PDF with an embedded .seal at %d claims seals', async (offset) => {
  expect(await claimsSeals(new Blob(['x'.repeat(offset), MARK, 'y'.repeat(9)]))).toBe(true)
})

test('any other does not', async () => {
  expect(await claimsSeals(new Blob([]))).toBe(false)
  expect(await claimsSeals(new Blob(['%PDF-1.7 /ByteRange /application#2Fpdf onetrip-seal']))).toBe(
    false,
  )
})

test.each([
  ['letter.txt.seal', true],
  ['A.SEAL', true],
  ['seal', false],
  ['a.seal.txt', false],
])('%s is the name of a .seal: %s', (name, isOne) => {
  expect(isSealName(name)).toBe(isOne)
})
