import { concatBytes, toHex } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { signDigest } from '../../samples/certificates.ts'
import {
  CATALOG,
  CONTENT,
  digestOf,
  PAGE,
  PAGES,
  sampleSeal,
  sealFile,
  toLatin1,
  writePdf,
} from '../../samples/pdf-files.ts'
import { loadObject, resolve } from './objects.ts'
import { openPdf, trailerOf } from './open-pdf.ts'
import { dictIn, isDict, refOf } from './pdf-value.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'
import { buildSealUpdate, withSignature } from './seal-update.ts'
import { parseTextString } from './text-string.ts'
import { writeValue } from './write-value.ts'

const base = writePdf({ trailer: ' /Info 4 0 R /ID [<0102> (second)] /DocChecksum /X' })
const build = (changes: object = {}, file: Uint8Array = base) =>
  buildSealUpdate({ pdf: openPdf(file), ...sampleSeal, ...changes })

describe('an update', () => {
  test('is the same for the same base and parameters, and another for any other', () => {
    expect(build().bytes).toEqual(build().bytes)
    const changes = [
      { place: { left: 380.001, bottom: 120 } },
      { appearance: { ...sampleSeal.appearance, height: 100 } },
      { attachment: new Uint8Array(1) },
      { attachmentName: 'b.seal' },
      { signedAt: sampleSeal.signedAt + 1 },
      { signerName: 'b' },
      { reason: 'b' },
      { location: 'b' },
      { contentsBytes: 4097 },
    ]
    const texts = changes.map((change) => toHex(build(change).bytes))
    expect(new Set([toHex(build().bytes), ...texts]).size).toBe(changes.length + 1)
  })

  test('covers everything but its own digits', () => {
    const { bytes, byteRange, contents, toBeDigested, baseLength } = build({ contentsBytes: 100 })
    const whole = toLatin1(concatBytes(base, bytes))
    const [start, length, second, rest] = byteRange
    expect(start).toBe(0)
    expect(second + rest).toBe(whole.length)
    expect(whole.slice(length, second)).toBe(`<${'0'.repeat(200)}>`)
    expect(whole.slice(baseLength + contents.start, baseLength + contents.end)).toBe(
      '0'.repeat(200),
    )
    const covered = whole.slice(0, length) + whole.slice(second)
    expect(toLatin1(concatBytes(...toBeDigested))).toBe(covered)
    expect(whole).toContain(`/ByteRange [${byteRange.join(' ')} `)
  })

  test('takes a signature that fits, and no other', async () => {
    const update = build({ contentsBytes: 2000 })
    const cms = await signDigest(digestOf(update.toBeDigested))
    const signed = withSignature(update, cms)
    expect(toLatin1(signed)).toContain(toHex(cms).toUpperCase())
    expect(signed).toHaveLength(update.bytes.length)
    expect(() => withSignature(update, new Uint8Array(2001))).toThrow(TypeError)
    const file = concatBytes(base, signed)
    expect(readSealedPdf(file)).toMatchObject({ findings: [], updates: [{ kind: 'seal', cms }] })
  })

  test('compresses nothing', () => {
    const text = toLatin1(build().bytes)
    expect(text).not.toContain('/Filter /FlateDecode')
    expect(text).toContain(toLatin1(sampleSeal.attachment))
    expect(text).toContain(toLatin1(sampleSeal.appearance.content))
  })

  test('keeps the file’s first identifier, and its Info', async () => {
    const trailer = trailerOf(openPdf(await sealFile(base)))
    expect(writeValue(trailer.get('ID') ?? null)).toMatch(/^\[<0102> <[0-9a-f]{32}>\]$/)
    expect(trailer.get('Info')).toEqual(refOf(4))
    expect(trailer.has('DocChecksum')).toBe(false)
  })

  test('without an identifier there is none', async () => {
    expect(trailerOf(openPdf(await sealFile(writePdf()))).has('ID')).toBe(false)
  })
})

describe('what the base has stays', () => {
  const form = '/AcroForm << /Fields 5 0 R /DA (/Helv 0 Tf) /SigFlags 1 >>'
  const names = '/Names << /Dests 8 0 R /EmbeddedFiles 9 0 R >>'
  const objects = [
    CATALOG.replace('>>', `${form} ${names} /AF [11 0 R] /Lang (zh) >>`),
    PAGES,
    PAGE.replace('/Contents', '/Annots 7 0 R /Contents'),
    CONTENT,
    '[6 0 R]',
    '<< /FT /Tx /T (OneTripSeal1) /Kids [] >>',
    '[<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>]',
    '<< /Names [] >>',
    '<< /Kids [10 0 R 12 0 R] >>',
    '<< /Limits [(OneTripSeal2) (OneTripSeal2)] /Names [(OneTripSeal2) 11 0 R] >>',
    '<< /Type /Filespec /UF (a.xml) >>',
    '<< /Limits [(a) (z)] /Names [(a) << /Type /Filespec >> (z) 11 0 R] >>',
  ]

  test('fields, files, annotations, and everything else', async () => {
    const sealed = await sealFile(await sealFile(writePdf({ objects })))
    expect(readSealedPdf(sealed).findings).toEqual([])
    const pdf = openPdf(sealed)
    const catalog = dictIn(loadObject(pdf, refOf(1)))
    const acroForm = dictIn(catalog.get('AcroForm'))
    expect(writeValue(acroForm.get('Fields') ?? null)).toBe('[6 0 R 13 0 R 18 0 R]')
    expect(acroForm.get('SigFlags')).toBe(3)
    expect(writeValue(acroForm.get('DA') ?? null)).toBe('(/Helv 0 Tf)')
    expect(writeValue(catalog.get('Lang') ?? null)).toBe('(zh)')
    expect(writeValue(catalog.get('AF') ?? null)).toBe('[11 0 R 16 0 R 21 0 R]')
    expect(writeValue(catalog.get('Names') ?? null)).toBe(
      '<< /Dests 8 0 R /EmbeddedFiles << /Names [(OneTripSeal2) 11 0 R (OneTripSeal3) 16 0 R ' +
        '(OneTripSeal4) 21 0 R (a) << /Type /Filespec >> (z) 11 0 R] >> >>',
    )
    const page = dictIn(loadObject(pdf, refOf(3)))
    expect(writeValue(page.get('Annots') ?? null)).toBe(
      '[<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >> 13 0 R 18 0 R]',
    )
    // The list that another page might share is as it was.
    expect(resolve(pdf, refOf(7))).toHaveLength(1)
  })

  test('the new field', async () => {
    const pdf = openPdf(await sealFile(writePdf(), { location: '云栖' }))
    const field = loadObject(pdf, refOf(5))
    const signature = loadObject(pdf, refOf(6))
    expect(isDict(field) && writeValue(field)).toBe(
      '<< /Type /Annot /Subtype /Widget /FT /Sig /T (OneTripSeal1) /V 6 0 R /P 3 0 R ' +
        '/Rect [380 120 499.055 239.055] /F 132 /AP << /N 7 0 R >> >>',
    )
    const texts = ['Name', 'Reason', 'Location'].map((key) =>
      parseTextString(dictIn(signature).get(key)),
    )
    expect(texts).toEqual([sampleSeal.signerName, sampleSeal.reason, '云栖'])
    expect(writeValue(dictIn(signature).get('M') ?? null)).toBe('(D:20260102000000Z)')
  })
})
