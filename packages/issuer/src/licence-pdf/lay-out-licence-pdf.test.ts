/** Licences laid out with Debian's Noto Serif CJK, sealed, and read by other people's programs. */
import { concatBytes } from '@onetrip/codec'
import {
  CODE_FILE_NAME,
  codeNumber,
  factsMissingInText,
  readClaims,
  shownFacts,
} from '@onetrip/credential'
import {
  businessLicenceOfSample,
  foodLicenceOfSample,
  identityOfChen,
  identityOfShi,
} from '@onetrip/fixtures'
import {
  appearanceOf,
  buildSealUpdate,
  openForSealing,
  readSealedPdf,
  withSignature,
} from '@onetrip/seal'
import { beforeAll, describe, expect, test } from 'vitest'
import { isInstalled, runOver } from '../../samples/peer-program.ts'
import { hasFont, longestFoodLicence, samplePdfInput } from '../../samples/sample-licence-pdf.ts'
import { type LicencePdfInput, layOutLicencePdf } from './lay-out-licence-pdf.ts'

const FORMATS = ['a4', 'card'] as const
const CASES = [
  ['food licence', foodLicenceOfSample, foodLicenceOfSample],
  ['business licence', businessLicenceOfSample, businessLicenceOfSample],
  ['identity licence', identityOfChen, identityOfChen],
  ['name with a character that no font has', identityOfShi, identityOfShi],
  ['longest values', longestFoodLicence, foodLicenceOfSample],
] as const
const hasPoppler = isInstalled('pdftotext')

/** What is refused for its facts takes no code. */
async function noCode(): Promise<string> {
  return expect.unreachable('a code was signed')
}

function refused(code: string) {
  return expect.objectContaining({ code })
}

function textOf(pdf: Uint8Array): string {
  return runOver(pdf, ['pdftotext', '-raw', 'FILE', '-']).said
}

function shownIn({ type, facts }: LicencePdfInput) {
  const claims = readClaims(type, new Map(Object.entries(facts.claims)))
  return shownFacts({ ...facts, claims })
}

describe.skipIf(!hasFont).each(CASES)('%s', (_what, licence, coded) => {
  describe.each(FORMATS)('%s', (format) => {
    let input: LicencePdfInput
    let pdf: Uint8Array

    beforeAll(async () => {
      input = { ...(await samplePdfInput(licence, coded)), format }
      pdf = await layOutLicencePdf(input)
    })

    test('is the same file each time', async () => {
      expect(await layOutLicencePdf(input)).toEqual(pdf)
    })

    test('is sealed', () => {
      const { updates, findings } = readSealedPdf(sealed(pdf, format))
      expect(findings).toEqual([])
      expect(updates).toMatchObject([{ kind: 'seal', start: pdf.length }])
    })

    test.skipIf(!hasPoppler)('says every fact, in the order in which it is read', async () => {
      const text = textOf(pdf)
      expect(factsMissingInText(text, shownIn(input))).toEqual([])
      const whole = text.replaceAll(/\s/g, '')
      for (const { label, text: shown } of shownIn(input)) {
        expect(whole).toContain(`${label['zh-CN']}${shown['zh-CN']}`.replaceAll(/\s/g, ''))
      }
      for (const part of [input.type.name['zh-CN'], input.type.name.en, input.agencyName]) {
        expect(text).toContain(part)
      }
      const [year, month, day] = input.facts.validFrom.split('-').map(Number)
      expect(text).toContain(`${year}年${month}月${day}日`)
      expect(text).toContain(`证照标识 ${input.identifier}`)
      expect(text).toContain(`二维码编号 ${codeNumber(await input.code())}`)
      expect(text.split('发证机关（盖章）')).toHaveLength(2)
    })

    test.skipIf(!isInstalled('qpdf'))('is a file in order', () => {
      const checked = runOver(pdf, ['qpdf', '--check', 'FILE'])
      expect(checked).toMatchObject({ status: 0 })
      expect(checked.said).not.toContain('WARNING')
    })
  })
})

describe.skipIf(!hasFont)('a file', () => {
  test.skipIf(!hasPoppler)('holds the code as text, one font, a title and a language', async () => {
    const input = await samplePdfInput(foodLicenceOfSample)
    const pdf = await layOutLicencePdf(input)
    expect(runOver(pdf, ['pdfdetach', '-list', 'FILE']).said).toContain(`1: ${CODE_FILE_NAME}`)
    const attached = runOver(pdf, ['sh', '-c', 'pdfdetach -save 1 -o code file.pdf && cat code'])
    expect(attached.said).toBe(await input.code())
    const written = new TextDecoder('latin1').decode(pdf)
    expect(written).toMatch(/\/AFRelationship \/Data\b/)
    expect(written).toMatch(/\n\/AF \[ \d+ 0 R \]\n/)
    expect(written).toContain('/Lang (zh-CN)')
    const fonts = runOver(pdf, ['pdffonts', 'FILE']).said.trim().split('\n').slice(2)
    expect(fonts).toEqual([
      expect.stringMatching(/^[A-Z]{6}\+NotoSerifCJKsc-Regular .* yes yes yes +\d+ +0$/),
    ])
    const info = runOver(pdf, ['pdfinfo', 'FILE']).said
    expect(info).toMatch(/^Title: +食品经营许可证 JY23399010000012$/m)
    expect(info).toMatch(/^Tagged: +yes$/m)
    expect(info).toMatch(/^Page size: +595\.\d+ x 841\.\d+ pts \(A4\)$/m)
    expect(info).not.toContain('Date')
    const meaning = runOver(pdf, ['pdfinfo', '-struct', 'FILE']).said
    for (const type of ['H1', 'Table', 'TH', 'TD', 'Figure']) expect(meaning).toContain(type)
  })

  test.skipIf(!hasPoppler)('of a card has two pages of ID-1', async () => {
    const input = { ...(await samplePdfInput(identityOfChen)), format: 'card' } as const
    const info = runOver(await layOutLicencePdf(input), ['pdfinfo', '-f', '1', '-l', '2', 'FILE'])
    expect(info.said.match(/242\.\d+ x 153\.\d+ pts/g)).toHaveLength(2)
  })

  test.skipIf(!hasPoppler)('says 样例 of a licence that is nobody’s, and of no other', async () => {
    const input = await samplePdfInput(identityOfChen)
    const facts = {
      ...input.facts,
      claims: { ...input.facts.claims, name: '陈某某', address: '云栖区1号' },
    }
    const textWith = async (isSpecimen: boolean) =>
      textOf(await layOutLicencePdf({ ...input, facts, isSpecimen }))
    expect(await textWith(true)).toContain('样例')
    expect(await textWith(false)).not.toContain('样例')
  })

  test.skipIf(!hasPoppler)('tells characters of one shape apart', async () => {
    const input = await samplePdfInput(foodLicenceOfSample)
    const claims = { ...input.facts.claims, address: '⼀一⼀路', premises: '一⼀号' }
    const text = textOf(await layOutLicencePdf({ ...input, facts: { ...input.facts, claims } }))
    expect(text).toContain('住所 ⼀一⼀路')
    expect(text).toContain('经营场所 一⼀号')
  })
})

describe.skipIf(!hasFont)('is refused', () => {
  test('what has no room', async () => {
    const { type, ...input } = await samplePdfInput(foodLicenceOfSample)
    const roomy = { ...type, claims: type.claims.map((claim) => ({ ...claim, maxBytes: 4_000 })) }
    const claims = { ...input.facts.claims, items: '热食、'.repeat(400) }
    const facts = { ...input.facts, claims }
    for (const format of FORMATS) {
      const made = layOutLicencePdf({ ...input, type: roomy, facts, format, code: noCode })
      await expect(made).rejects.toThrow(refused('paper/too-long'))
    }
  })

  test('labels that leave no room for what they label', async () => {
    const { type, ...input } = await samplePdfInput(foodLicenceOfSample)
    const display = { 'zh-CN': '很长的名称'.repeat(12), en: 'x' }
    const wordy = { ...type, claims: type.claims.map((claim) => ({ ...claim, display })) }
    for (const format of FORMATS) {
      const made = layOutLicencePdf({ ...input, type: wordy, format, code: noCode })
      await expect(made).rejects.toThrow(refused('paper/too-long'))
    }
  })

  test('a character without glyph and picture', async () => {
    const input = await samplePdfInput(identityOfShi)
    const { nameGlyphs: _pictures, ...claims } = input.facts.claims
    const made = layOutLicencePdf({
      ...input,
      facts: { ...input.facts, claims },
      code: noCode,
    })
    await expect(made).rejects.toThrow(refused('paper/glyph-missing'))
  })

  test('a code that is larger than paper takes', async () => {
    const input = await samplePdfInput(identityOfChen)
    for (const text of [`OT1:${'A'.repeat(597)}`, `OT1:${'a'.repeat(596)}`]) {
      const code = async () => text
      await expect(layOutLicencePdf({ ...input, format: 'card', code })).rejects.toThrow(
        refused('qr/too-big'),
      )
    }
  })

  test('facts that do not fit the type', async () => {
    const input = await samplePdfInput(identityOfChen)
    const claims = { ...input.facts.claims, sex: '3' }
    const made = layOutLicencePdf({ ...input, facts: { ...input.facts, claims } })
    await expect(made).rejects.toThrow(refused('claim/format'))
  })

  test('an agency whose name turns text round', async () => {
    const input = await samplePdfInput(identityOfChen)
    const made = layOutLicencePdf({ ...input, agencyName: '局\u202e' })
    await expect(made).rejects.toThrow(TypeError)
  })
})

/** The file with a seal of 42 mm in the middle of its room, and no signature. */
function sealed(pdf: Uint8Array, format: (typeof FORMATS)[number]): Uint8Array {
  const appearance = appearanceOf({
    width: 42,
    height: 42,
    parts: [
      {
        fill: '#c8102e',
        commands: [
          { kind: 'M', points: [{ x: 21, y: 1 }] },
          { kind: 'L', points: [{ x: 41, y: 41 }] },
          { kind: 'L', points: [{ x: 1, y: 41 }] },
          { kind: 'Z', points: [] },
        ],
      },
    ],
  })
  const update = buildSealUpdate({
    pdf: openForSealing(pdf),
    page: format === 'a4' ? 0 : 1,
    place: format === 'a4' ? { left: 357, bottom: 109 } : { left: 115, bottom: 24 },
    appearance,
    attachment: Uint8Array.of(1, 2, 3),
    attachmentName: 'licence.pdf.seal',
    signedAt: 1_795_406_400,
    signerName: '虚构市云栖区市场监督管理局电子证照专用章',
    reason: '制发证照',
  })
  return concatBytes(pdf, withSignature(update, Uint8Array.of(0x30, 0)))
}
