/** Licences laid out: the words come out again, the file is one that may be sealed, and qpdf finds nothing in it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeNumber } from '@onetrip/credential'
import {
  businessLicenceOfSample,
  foodLicenceOfSample,
  identityOfChen,
  identityOfShi,
} from '@onetrip/fixtures'
import { openForSealing } from '@onetrip/seal'
import { afterAll, describe, expect, test } from 'vitest'
import { hasFont, longestFoodLicence, samplePdfInput } from '../../samples/sample-licence-pdf.ts'
import { layOutLicencePdf } from './lay-out-licence-pdf.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-licence-pdf-'))
const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const CASES = {
  food: [foodLicenceOfSample, foodLicenceOfSample],
  business: [businessLicenceOfSample, businessLicenceOfSample],
  identity: [identityOfChen, identityOfChen],
  'rare characters': [identityOfShi, identityOfShi],
  'the longest values': [longestFoodLicence, foodLicenceOfSample],
} as const

afterAll(() => rmSync(folder, { recursive: true }))

function textOf(file: string): string {
  const { stdout } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  return stdout.normalize('NFKC').replaceAll(/\s/gu, '')
}

describe.skipIf(!hasFont)('a licence as a PDF', () => {
  for (const [name, [licence, coded]] of Object.entries(CASES)) {
    for (const format of ['a4', 'card'] as const) {
      test(`${name}, ${format}`, async () => {
        const input = { ...(await samplePdfInput(licence, coded)), format }
        const pdf = await layOutLicencePdf(input)
        expect(await layOutLicencePdf(input)).toEqual(pdf)
        expect(openForSealing(pdf).revisions).toHaveLength(1)
        const file = join(folder, `${format}.pdf`)
        writeFileSync(file, pdf)
        if (has('qpdf')) expect(spawnSync('qpdf', ['--check', file]).status).toBe(0)
        if (!has('pdftotext')) return
        const text = textOf(file)
        const facts = [licence.facts.serial, input.agencyName, input.identifier]
        const longest = String(licence.facts.claims['name'] ?? '')
        const inPicture = name === 'rare characters' ? [] : [longest]
        for (const words of [...facts, ...inPicture, codeNumber(input.code), '（盖章）', '样例']) {
          expect(text).toContain(words.normalize('NFKC').replaceAll(/\s/gu, ''))
        }
        spawnSync('pdfdetach', ['-saveall', '-o', folder, file])
        expect(readFileSync(join(folder, 'licence-code.txt'), 'utf8')).toBe(input.code)
      })
    }
  }

  test('what has no room, or no glyph, is refused and not cut', async () => {
    const input = await samplePdfInput(foodLicenceOfSample)
    const claims = { ...foodLicenceOfSample.facts.claims }
    const laid = (name: string) =>
      layOutLicencePdf({ ...input, facts: { ...input.facts, claims: { ...claims, name } } })
    await expect(laid('虚构😀店')).rejects.toMatchObject({ code: 'paper/glyph-missing' })
    const wordy = input.type.claims.map((claim) => ({
      ...claim,
      display: { 'zh-CN': '很长的名称'.repeat(12), en: 'x' },
    }))
    const crowded = { ...input, type: { ...input.type, claims: wordy }, format: 'card' } as const
    await expect(layOutLicencePdf(crowded)).rejects.toMatchObject({ code: 'paper/too-long' })
    const long = layOutLicencePdf({ ...input, code: 'A'.repeat(601) })
    await expect(long).rejects.toMatchObject({ code: 'qr/too-big' })
  })
})
