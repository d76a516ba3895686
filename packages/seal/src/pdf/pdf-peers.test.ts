/**
 * Files as other programs make them, sealed once and twice, and what other programs say of the result: poppler's pdfsig,
 * qpdf, openssl.
 */

import { degrees, PDFDocument, PDFName, StandardFonts } from '@cantoo/pdf-lib'
import { concatBytes, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { sampleCertificates } from '../../samples/certificates.ts'
import { writeHybridPdf } from '../../samples/hybrid-pdf.ts'
import {
  CATALOG,
  CONTENT,
  PAGE,
  PAGES,
  sampleSeal,
  sealFile,
  toLatin1,
  writePdf,
} from '../../samples/pdf-files.ts'
import {
  findChromium,
  inFolder,
  isInstalled,
  type PeerFolder,
} from '../../samples/peer-programs.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'

const chromium = findChromium()
const hasQpdf = isInstalled('qpdf')
const hasPdfsig = isInstalled('pdfsig')

type Make = (folder: PeerFolder) => Promise<Uint8Array> | Uint8Array

interface Source {
  readonly name: string
  readonly isThere: boolean
  readonly make: Make
}

const SOURCES: readonly Source[] = [
  { name: 'written by hand', isThere: true, make: () => writePdf() },
  { name: 'with no line end behind %%EOF', isThere: true, make: () => writePdf({ newline: '' }) },
  {
    name: 'with white space behind %%EOF',
    isThere: true,
    make: () => writePdf({ newline: '\r\n\n  ' }),
  },
  { name: 'inherited box and turn', isThere: true, make: inherited },
  { name: 'annotations in an object of their own', isThere: true, make: indirectAnnotations },
  { name: 'pdf-lib, streams of objects', isThere: true, make: () => fromPdfLib(true) },
  { name: 'pdf-lib, a table', isThere: true, make: () => fromPdfLib(false) },
  { name: 'pdf-lib, with a form and a file', isThere: true, make: withFormAndFile },
  ...[90, 180, 270].map((angle) => ({
    name: `turned by ${angle} degrees`,
    isThere: true,
    make: () => turned(angle),
  })),
  ...(['word', 'unlisted'] as const).map((form) => ({
    name: `hybrid, ${form}`,
    isThere: true,
    make: () => writeHybridPdf(form),
  })),
  { name: 'Chromium', isThere: chromium !== undefined, make: fromChromium },
  ...['--linearize', '--object-streams=generate', '--qdf'].map((option) => ({
    name: `qpdf ${option}`,
    isThere: hasQpdf,
    make: (folder: PeerFolder) => throughQpdf(folder, [option]),
  })),
  {
    name: 'qpdf, linearised with streams of objects',
    isThere: hasQpdf,
    make: (folder) => throughQpdf(folder, ['--linearize', '--object-streams=generate']),
  },
]

describe.each(SOURCES)('$name', ({ isThere, make }) => {
  test.skipIf(!isThere)('is sealed twice, and read back', async () => {
    await inFolder(async (folder) => {
      const base = await make(folder)
      const once = await sealFile(base)
      const place = { left: 30, bottom: 40.1234 }
      const twice = await sealFile(once, { place, signerName: 'Second', reason: 'again' })
      expect(twice.subarray(0, once.length)).toEqual(once)
      for (const [file, count] of [
        [once, 1],
        [twice, 2],
      ] as const) {
        const { updates, findings } = readSealedPdf(file)
        expect(findings).toEqual([])
        const seals = updates.filter((update) => update.kind === 'seal')
        expect(seals).toHaveLength(count)
        expect(seals[0]).toMatchObject({ start: base.length, end: once.length, ...sampleSeal })
        if (hasPdfsig) expectValid(folder, file, count)
        if (hasQpdf) {
          const check = folder.run('qpdf', ['--check', folder.write('check.pdf', file)])
          expect(check.said).toContain('No syntax or stream encoding errors found')
          expect(check.status).toBe(0)
        }
      }
    })
  })
})

describe('peers', () => {
  test('openssl verifies the ranges, up to the maker', async () => {
    await inFolder(async (folder) => {
      const { ca } = await sampleCertificates()
      const [seal] = readSealedPdf(await sealFile(writePdf())).updates
      if (seal?.kind !== 'seal') throw new TypeError('the sample has a seal')
      const { cms, toBeDigested } = seal
      const maker = folder.write('ca.der', ca.bytes)
      folder.run('openssl', ['x509', '-inform', 'DER', '-in', maker, '-out', 'ca.pem'])
      const args = ['cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-CAfile', 'ca.pem']
      const verify = (content: Uint8Array) =>
        folder.run('openssl', [
          ...[...args, '-in', folder.write('cms.der', cms), '-attime', '1767400000'],
          ...['-content', folder.write('content', content), '-out', '/dev/null'],
        ])
      const content = concatBytes(...toBeDigested)
      expect(verify(content).said).toContain('CAdES Verification successful')
      expect(verify(content.with(5, 0x38)).status).not.toBe(0)
    })
  })

  test.skipIf(!isInstalled('pdfdetach'))(
    'poppler finds the attached file under its name',
    async () => {
      await inFolder(async (folder) => {
        const file = folder.write('sealed.pdf', await sealFile(await withFormAndFile()))
        const list = folder.run('pdfdetach', ['-list', file]).said
        expect(list).toContain('2 embedded files')
        expect(list).toContain(sampleSeal.attachmentName)
        folder.run('pdfdetach', ['-save', '1', '-o', 'out.seal', file])
        expect(folder.read('out.seal')).toEqual(sampleSeal.attachment)
      })
    },
  )

  test('pdf-lib reads a sealed file, its fields and its page', async () => {
    const document = await PDFDocument.load(await sealFile(await withFormAndFile()))
    expect(
      document
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(['applicant', 'OneTripSeal1'])
    const annotations = document.getPage(0).node.lookup(PDFName.of('Annots'))
    expect(String(annotations).match(/R/g)).toHaveLength(2)
  })
})

function expectValid(folder: PeerFolder, file: Uint8Array, count: number): void {
  const { said } = folder.run('pdfsig', ['-nocert', folder.write('signed.pdf', file)])
  const parts = said.split(/Signature #\d+:/).slice(1)
  expect(parts).toHaveLength(count)
  for (const part of parts) expect(part).toContain('Signature is Valid')
  expect(parts.at(-1)).toContain('- Total document signed')
  expect(parts.at(-1)).toContain('ETSI.CAdES.detached')
}

function inherited(): Uint8Array {
  return writePdf({
    objects: [
      CATALOG,
      '<< /Type /Pages /Count 1 /Kids [5 0 R] /MediaBox 6 0 R /Rotate -270 >>',
      '<< /Type /Page /Parent 5 0 R /Contents 4 0 R >>',
      CONTENT,
      '<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [3 0 R] /CropBox [10 10 590 900] >>',
      '[595 842 0 0]',
    ],
  })
}

function indirectAnnotations(): Uint8Array {
  const link = '<< /Type /Annot /Subtype /Link /Rect [1 1 2 2] /Border [0 0 .5] >>'
  const page = PAGE.replace('/Contents', '/Annots 5 0 R /Contents')
  return writePdf({ objects: [CATALOG, PAGES, page, CONTENT, '[6 0 R]', link] })
}

async function fromPdfLib(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await newDocument()
  return document.save({ useObjectStreams })
}

async function newDocument(): Promise<PDFDocument> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const text of ['One', 'Two', 'Three']) {
    document.addPage([595.28, 841.89]).drawText(`Page ${text}`, { x: 60, y: 700, font })
  }
  return document
}

async function withFormAndFile(): Promise<Uint8Array> {
  const document = await newDocument()
  document.getForm().createTextField('applicant').addToPage(document.getPage(0), { x: 60, y: 600 })
  await document.attach(utf8Encode('<a/>'), 'data.xml', { mimeType: 'text/xml' })
  return document.save()
}

async function turned(angle: number): Promise<Uint8Array> {
  const document = await newDocument()
  for (const page of document.getPages()) page.setRotation(degrees(angle))
  return document.save()
}

function fromChromium(folder: PeerFolder): Uint8Array {
  const html = '<h1>虚构市通知</h1><p>样例</p><div style="break-before:page">二</div>'
  const page = folder.write('page.html', `<!doctype html><meta charset=utf-8>${html}`)
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--print-to-pdf=printed.pdf', page]
  const { said } = folder.run(chromium ?? '', args)
  expect(said).toContain('bytes written')
  return folder.read('printed.pdf')
}

async function throughQpdf(folder: PeerFolder, options: readonly string[]): Promise<Uint8Array> {
  const source = folder.write('source.pdf', await withFormAndFile())
  expect(folder.run('qpdf', [...options, source, 'made.pdf']).status).toBe(0)
  const made = folder.read('made.pdf')
  if (options.includes('--linearize')) expect(toLatin1(made)).toContain('/Linearized')
  return made
}
