/** A licence as it comes from a printer, looked at with 150 dots per inch: its code is read as a counter reads it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureSealFont } from '@onetrip/cli'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { layOutLicencePdf } from '@onetrip/issuer'
import { readFrame } from '@onetrip/ui/frame-reader'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samplePdfInput } from '../../packages/issuer/samples/sample-licence-pdf.ts'
import { ensurePoppler } from '../poppler.ts'
import type { GreyFrame } from './code-frame.ts'
import { pictureOf, prepareNodeReader } from './node-reader.ts'

/** As many characters as V15-M holds, all of Base45. */
const LARGEST = `OT1:${'A1B2C3D4E5$:%*+-./ 0'.repeat(30)}`.slice(0, 600)
const folder = mkdtempSync(join(tmpdir(), 'onetrip-print-'))

beforeAll(() => {
  ensurePoppler()
  ensureSealFont()
  prepareNodeReader()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  ['a4', 1],
  ['card', 2],
] as const)('%s', (format, page) => {
  test.each([
    ['of a food licence', undefined],
    ['as large as paper takes', LARGEST],
  ])('a code %s', async (_what, largest) => {
    const input = await samplePdfInput(foodLicenceOfSample)
    const code = largest ?? (await input.code())
    const printed = print(
      await layOutLicencePdf({ ...input, format, code: async () => code }),
      page,
    )
    expect(await readFrame(pictureOf(printed), 'still')).toMatchObject({ text: code })
  })
})

function print(pdf: Uint8Array, page: number): GreyFrame {
  const path = join(folder, 'licence.pdf')
  writeFileSync(path, pdf)
  const only = ['-f', String(page), '-l', String(page), '-singlefile']
  const picture = join(folder, 'page')
  const { status } = spawnSync('pdftoppm', ['-gray', '-r', '150', ...only, path, picture])
  expect(status).toBe(0)
  return parsePgm(new Uint8Array(readFileSync(`${picture}.pgm`)))
}

/** Binary PGM: three numbers in ASCII, one byte of white space, one byte per pixel. */
function parsePgm(bytes: Uint8Array): GreyFrame {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64))
  const [whole = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(head) ?? []
  const pixels = new Uint8ClampedArray(bytes.subarray(whole.length))
  return { width: Number(width), height: Number(height), pixels }
}
