/** Ten megabytes: sealed and read without a second copy of the file. */
import { expect, test } from 'vitest'
import {
  CATALOG,
  CONTENT,
  PAGE,
  PAGES,
  sampleSeal,
  sealFile,
  streamOf,
  writePdf,
} from '../../samples/pdf-files.ts'
import { openPdf } from './open-pdf.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'
import { buildSealUpdate } from './seal-update.ts'

const MEGABYTE = 2 ** 20

test('no copy of the file is made, in sealing or in reading', async () => {
  const fill = streamOf('q Q '.repeat(MEGABYTE / 4))
  const base = writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, ...Array(10).fill(fill)] })
  expect(base.length).toBeGreaterThan(10 * MEGABYTE)
  const sealed = await sealFile(base)
  const grown = bytesOf(() => {
    const update = buildSealUpdate({ pdf: openPdf(base), ...sampleSeal })
    expect(update.toBeDigested[0]?.buffer).toBe(base.buffer)
    const read = readSealedPdf(sealed)
    expect(read.findings).toEqual([])
    const [seal] = read.updates
    if (seal?.kind !== 'seal') throw new TypeError('the sample has a seal')
    for (const part of seal.toBeDigested) expect(part.buffer).toBe(sealed.buffer)
    expect(seal.attachment.buffer).toBe(sealed.buffer)
  })
  expect(grown).toBeLessThan(MEGABYTE)
})

/** By how many bytes the buffers of this process grow. */
function bytesOf(work: () => void): number {
  const before = process.memoryUsage().arrayBuffers
  work()
  return process.memoryUsage().arrayBuffers - before
}
