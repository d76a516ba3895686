/**
 * What version 1 of the writer writes, for ever. Never change a digest here: seals that were set stay valid only while the
 * same update is made again. What is to be written otherwise is another version, with digests of its own.
 */
import { concatBytes, sha256, toHex } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { writeHybridPdf } from '../../samples/hybrid-pdf.ts'
import {
  CATALOG,
  CONTENT,
  PAGE,
  PAGES,
  ringSeal,
  sampleSeal,
  sealFile,
  toLatin1,
  writePackedPdf,
  writePdf,
} from '../../samples/pdf-files.ts'
import { appearanceOf, appearanceOfSamples } from './appearance.ts'
import { openPdf } from './open-pdf.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'
import {
  buildSealUpdate,
  NEWEST_WRITER,
  type SealUpdateInput,
  withSignature,
} from './seal-update.ts'

const FORM = '/AcroForm << /Fields [5 0 R] /DA (/Helv 0 Tf) >> /Names << /EmbeddedFiles 6 0 R >>'
const RICH = writePdf({
  objects: [
    CATALOG.replace(
      '>>',
      `${FORM} /Lang <7A68> /OneTrip#20Note [1.50 -0.0 true null (\\)\\000)] >>`,
    ),
    PAGES,
    PAGE.replace('/Contents', '/Annots [7 0 R] /CropBox [0 0 595 842] /Contents'),
    CONTENT,
    '<< /FT /Tx /T (OneTripSeal1) >>',
    '<< /Kids [<< /Limits [(a) (a)] /Names [(a) 7 0 R] >>] >>',
    '<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>',
  ],
  trailer: ' /Info 7 0 R /ID [<0102> (second)]',
})
const TURNED = writePdf({
  objects: [CATALOG, PAGES, PAGE.replace('/Contents', '/Rotate 90 /Contents'), CONTENT],
})
const PACKED = writePackedPdf([CATALOG, PAGES, PAGE.replace('/Contents 4 0 R', '')])
const PIXELS = {
  columns: 2,
  rows: 1,
  rgb: Uint8Array.of(200, 16, 46, 255, 255, 255),
  alpha: Uint8Array.of(255, 0),
}
const SAMPLES = { appearance: appearanceOfSamples(PIXELS, { width: 30, height: 20 }) }

const GOLDEN: readonly (readonly [string, string, Uint8Array, Partial<SealUpdateInput>])[] = [
  [
    'a table, a form, files',
    'ac304363090c6c31c6475702b20921187e76602414e4946a3e14f1488c519f3a',
    RICH,
    { location: '云栖', place: { left: 30.1239, bottom: 40 } },
  ],
  [
    'a page that is turned, samples',
    '73ed307064065a44eba4fb28992be3982be5ee04116843d000f0422501ce69ce',
    TURNED,
    SAMPLES,
  ],
  [
    'a hybrid file',
    'dcc96d165853688b06500124edba2d6a199d0abdca1b22025b56e5194a08ee40',
    writeHybridPdf('word'),
    {},
  ],
  [
    'streams of objects',
    '6647ddc29cfe0aa9f87f786885b1b78483268b658325f49deccada7f2aa6ca1b',
    PACKED,
    { contentsBytes: 100, reason: 'Plain (text) \\ here' },
  ],
]

describe('version 1 writes, for ever', () => {
  test.each(GOLDEN)('%s', (_what, digest, base, changes) => {
    const update = buildSealUpdate({ pdf: openPdf(base), ...sampleSeal, writer: 1, ...changes })
    const bytes = withSignature(update, Uint8Array.of(0x30, 0x01, 0xaf))
    expect(readSealedPdf(concatBytes(base, bytes)).updates).toMatchObject([{ kind: 'seal' }])
    expect(toHex(sha256(bytes))).toBe(digest)
  })

  test('the appearance of a drawn seal', () => {
    expect(toHex(sha256(appearanceOf(ringSeal).content))).toBe(
      '3d87b369a9303cb95b5d27fe63268feb2554e0dd1edffaf212b00e874e92a52d',
    )
  })
})

describe('the version of the writer', () => {
  test('stands in the update, where readers look for what signed', () => {
    const { bytes } = buildSealUpdate({ pdf: openPdf(writePdf()), ...sampleSeal })
    const member = `/Prop_Build << /App << /Name /OneTrip /R ${NEWEST_WRITER} >> >>`
    expect(toLatin1(bytes)).toContain(member)
  })

  test('is one that is here', () => {
    for (const writer of [0, NEWEST_WRITER + 1, 1.5]) {
      const build = () => buildSealUpdate({ pdf: openPdf(writePdf()), ...sampleSeal, writer })
      expect(build).toThrow(TypeError)
    }
  })

  test.each([
    ['/R 2', 'pdf/newer-writer'],
    ['/R 0', 'pdf/update-differs'],
    ['/R -', 'pdf/format'],
    ['/Q 1', 'pdf/update-differs'],
  ])('%s: %s', async (member, code) => {
    const text = toLatin1(await sealFile(writePdf()))
    const file = concatBytes(Buffer.from(text.replace('/R 1 >>', `${member} >>`), 'latin1'))
    const read = (): readonly string[] => readSealedPdf(file).findings.map((found) => found.code)
    if (code === 'pdf/format') expect(read).toThrow(code)
    else expect(read()[0]).toBe(code)
  })
})
