/** Much of everything: ten megabytes without a second copy of them, and many seals. */
import { expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
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
import { openForSealing, readSealedPdf } from './read-sealed-pdf.ts'
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

test('sixteen seals, and no more', async () => {
  let file = writePdf()
  for (let count = 1; count <= 16; count += 1) file = await sealFile(file)
  expect(readSealedPdf(file).updates.filter(({ kind }) => kind === 'seal')).toHaveLength(16)
  expect(codeOf(() => openForSealing(file))).toBe('pdf/limit')
  const more = await sealFile(file)
  expect(codeOf(() => readSealedPdf(more))).toBe('pdf/limit')
})

test('a Buffer is read without handing out Buffers', async () => {
  const [seal] = readSealedPdf(Buffer.from(await sealFile(writePdf()))).updates
  if (seal?.kind !== 'seal') throw new TypeError('the sample has a seal')
  for (const bytes of [seal.attachment, seal.cms, seal.appearance.content]) {
    expect(bytes.constructor).toBe(Uint8Array)
  }
})

/** By how many bytes the buffers of this process grow. */
function bytesOf(work: () => void): number {
  const before = process.memoryUsage().arrayBuffers
  work()
  return process.memoryUsage().arrayBuffers - before
}
