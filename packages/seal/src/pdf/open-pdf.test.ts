import { deflateSync } from 'node:zlib'
import { concatBytes, fromHex } from '@onetrip/codec'
import { assert, integer, property, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import {
  appendRevision,
  CATALOG,
  CONTENT,
  fromLatin1,
  PAGE,
  PAGES,
  sampleSeal,
  streamOf,
  toLatin1,
  writePdf,
} from '../../samples/pdf-files.ts'
import { catalogOf, loadObject, resolve } from './objects.ts'
import { openPdf } from './open-pdf.ts'
import { findPage } from './page-tree.ts'
import { isDict, refOf } from './pdf-value.ts'
import { readSealedPdf } from './read-sealed-pdf.ts'
import { buildSealUpdate } from './seal-update.ts'

const base = writePdf()
const edit = (from: string, to: string, file: Uint8Array = base): Uint8Array => {
  const text = toLatin1(file)
  expect(text).toContain(from)
  return fromLatin1(text.replace(from, () => to.padEnd(from.length)))
}
const open = (file: Uint8Array): string => codeOf(() => openPdf(file))
const read = (file: Uint8Array): string => codeOf(() => readSealedPdf(file))
const seal = (file: Uint8Array, changes: object = {}): string =>
  codeOf(() => buildSealUpdate({ pdf: openPdf(file), ...sampleSeal, ...changes }))

describe('opening', () => {
  test('a file of one revision', () => {
    const pdf = openPdf(base)
    expect(pdf.revisions).toHaveLength(1)
    expect(catalogOf(pdf).ref).toEqual(refOf(1))
    expect(loadObject(pdf, refOf(99))).toBeNull()
    expect(loadObject(pdf, refOf(3, 1))).toBeNull()
  })

  test.each([
    ['nothing', new Uint8Array(), 'pdf/format'],
    ['no header', edit('%PDF-1.7', '        '), 'pdf/format'],
    ['something before the header', concatBytes(fromLatin1('\n'), base), 'pdf/format'],
    ['no end', edit('%%EOF', '     '), 'pdf/xref'],
    ['no startxref', edit('startxref', 'startxxxx'), 'pdf/xref'],
    ['a startxref without number', fromLatin1('%PDF-1.7\nstartxref\n%%EOF'), 'pdf/xref'],
    ['startxref behind the file', fromLatin1('%PDF-1.7\nstartxref\n9999\n%%EOF'), 'pdf/xref'],
    ['a huge startxref', fromLatin1(`%PDF-1.7\nstartxref\n${'9'.repeat(99)}\n%%EOF`), 'pdf/limit'],
    ['startxref that names no section', edit('startxref\n', 'startxref\n1'), 'pdf/xref'],
    ['an entry of 19 bytes', edit('65535 f \n', '65535 f\n'), 'pdf/xref'],
    ['an entry of letters', edit('0000000000 65535', '000000000x 65535'), 'pdf/xref'],
    ['more entries than bytes', edit('0 5\n0000000000', '0 200000\n00000'), 'pdf/xref'],
    ['more objects than there may be', edit('0 5\n0000000000', '0 900000\n00000'), 'pdf/limit'],
    ['a size that is too small', edit('/Size 5', '/Size 4'), 'pdf/xref'],
    ['a size that is too large', edit('/Size 5 ', '/Size 900000 '), 'pdf/limit'],
    ['no size', edit('/Size', '/Siza'), 'pdf/xref'],
    [
      'an encrypted file',
      writePdf({ trailer: ' /Encrypt << /Filter /Standard >>' }),
      'pdf/encrypted',
    ],
    ['a Prev that is no number', writePdf({ trailer: ' /Prev (x)' }), 'pdf/xref'],
    ['a Prev that is negative', writePdf({ trailer: ' /Prev -5' }), 'pdf/xref'],
    ['a Prev that names no section', writePdf({ trailer: ' /Prev 10' }), 'pdf/xref'],
    ['a loop to itself', loop(), 'pdf/xref'],
  ])('%s', (_name, file, code) => {
    expect(open(file)).toBe(code)
  })

  test('too large', () => {
    expect(open(new Uint8Array(64 * 2 ** 20 + 1))).toBe('pdf/too-large')
  })

  test('a loop of two sections, and sections that overlap', () => {
    const two = appendRevision(base, { 4: CONTENT })
    expect(openPdf(two).revisions).toHaveLength(2)
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(toLatin1(two))?.[1] ?? ''
    const text = toLatin1(two)
    const first = text.indexOf('/Root 1 0 R >>')
    const looped = `${text.slice(0, first)}/Prev ${start}${text.slice(first + `/Prev ${start}`.length)}`
    expect(open(fromLatin1(looped))).toMatch(/^pdf\/xref$/)
  })

  test('more revisions than there may be', () => {
    let file = base
    for (let count = 1; count < 128; count += 1) file = appendRevision(file, { 5: 'null' })
    expect(open(file)).toBe('accepted')
    expect(open(appendRevision(file, { 5: 'null' }))).toBe('pdf/limit')
  })
})

describe('objects', () => {
  test.each([
    ['another number than the cross-reference says', edit('4 0 obj', '5 0 obj'), 'pdf/xref'],
    ['another generation', edit('4 0 obj', '4 1 obj'), 'pdf/xref'],
    ['no endobj', edit('endobj', 'endoxx'), 'pdf/format'],
    ['a stream of another length', edit('/Length 47', '/Length 46'), 'pdf/format'],
    ['a stream that is longer than the file', edit('/Length 47 ', '/Length 999'), 'pdf/format'],
    ['a stream in another file', withFourth(streamOf('x', ' /F (other)')), 'pdf/format'],
    [
      'a length that refers to itself',
      withFourth('<< /Length 4 0 R >>\nstream\nx\nendstream'),
      'pdf/limit',
    ],
    [
      'a length that is nowhere',
      withFourth('<< /Length 9 0 R >>\nstream\nx\nendstream'),
      'pdf/format',
    ],
    ['a key twice', withFourth('<< /A 1 /A 2 >>'), 'pdf/format'],
    ['deep nesting', withFourth(`${'['.repeat(99)}${']'.repeat(99)}`), 'pdf/limit'],
    ['a huge number', withFourth('99999999999999999999'), 'pdf/limit'],
    ['an object within another one', nested(), 'pdf/xref'],
    ['two numbers of one place', edit('0000000121', '0000000064'), 'pdf/xref'],
  ])('%s', (_name, file, code) => {
    expect(read(file)).toBe(code)
  })

  function withFourth(object: string): Uint8Array {
    return writePdf({ objects: [CATALOG, PAGES, PAGE, object] })
  }

  /** Object 4 is a stream, and 5 stands within it. */
  function nested(): Uint8Array {
    const inner = '5 0 obj\nnull\nendobj'
    const file = writePdf({ objects: [CATALOG, PAGES, PAGE, streamOf(`   ${inner}`), 'null'] })
    const text = toLatin1(file)
    const rows = /\d{10} 00000 n \n(?=trailer)/.exec(text)?.[0] ?? ''
    const offset = String(text.indexOf(inner)).padStart(10, '0')
    return fromLatin1(text.replace(rows, `${offset} 00000 n \n`))
  }
})

describe('pages', () => {
  const withPages = (pages: string, page = PAGE, ...more: string[]): Uint8Array =>
    writePdf({ objects: [CATALOG, pages, page, CONTENT, ...more] })

  test('a box within a box, turned backwards', () => {
    const page = PAGE.replace('/Contents', '/CropBox [600 10 10 700] /Rotate -450 /Contents')
    expect(findPage(openPdf(withPages(PAGES, page)), 0)).toMatchObject({
      index: 0,
      ref: refOf(3),
      box: { left: 10, bottom: 10, right: 595, top: 700 },
      rotate: 270,
    })
  })

  test.each([
    ['a page that is not there', base, { page: 1 }, 'pdf/page'],
    ['a loop', withPages('<< /Type /Pages /Count 1 /Kids [2 0 R] >>'), {}, 'pdf/page'],
    ['a page twice', withPages('<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>'), {}, 'pdf/page'],
    ['no tree', edit('/Pages 2 0 R', '/Pagez 2 0 R'), {}, 'pdf/page'],
    [
      'kids that are no references',
      withPages('<< /Type /Pages /Count 1 /Kids [<< >>] >>'),
      {},
      'pdf/page',
    ],
    ['a page that is none', withPages(PAGES, PAGE.replace('/Page ', '/Pagf ')), {}, 'pdf/page'],
    [
      'a page with kids',
      withPages(PAGES, PAGE.replace('/Contents', '/Kids [] /Contents')),
      {},
      'pdf/page',
    ],
    ['no box', withPages(PAGES, PAGE.replace('MediaBox', 'MediaBux')), {}, 'pdf/page'],
    ['an empty box', withPages(PAGES, PAGE.replace('595', '0')), {}, 'pdf/page'],
    [
      'half a turn to the right',
      withPages(PAGES, PAGE.replace('/Contents', '/Rotate 45 /Contents')),
      {},
      'pdf/page',
    ],
    [
      'a tree that is too deep',
      withPages('<< /Kids [5 0 R] >>', PAGE, ...chain(40)),
      {},
      'pdf/limit',
    ],
    [
      'a page that is the catalog',
      writePdf({
        objects: ['<< /Type /Page /Pages 2 0 R /MediaBox [0 0 595 842] >>', '<< /Kids [1 0 R] >>'],
      }),
      {},
      'pdf/page',
    ],
    ['a place beside the page', base, { place: { left: 500, bottom: 100 } }, 'pdf/place'],
    ['a place below the page', base, { place: { left: 100, bottom: -1 } }, 'pdf/place'],
    ['a catalog that is none', edit('/Root 1 0 R', '/Root 4 0 R'), {}, 'pdf/format'],
    ['no catalog', edit('/Root 1 0 R', '/Root null '), {}, 'pdf/format'],
    ['bytes behind the end', concatBytes(base, fromLatin1('x')), {}, 'pdf/trailing-bytes'],
    ['a form that is none', withCatalog('/AcroForm [1]'), {}, 'pdf/format'],
    ['fields that are none', withCatalog('/AcroForm << /Fields 1 >>'), {}, 'pdf/format'],
    [
      'files that are none',
      withCatalog('/Names << /EmbeddedFiles << /Names [1 2] >> >>'),
      {},
      'pdf/format',
    ],
    [
      'files in a loop',
      withCatalog('/Names << /EmbeddedFiles 5 0 R >>', '<< /Kids [5 0 R] >>'),
      {},
      'pdf/limit',
    ],
    ['an identifier that is none', writePdf({ trailer: ' /ID [1 2]' }), {}, 'pdf/format'],
    ['all numbers used up', edit('/Size 5 ', '/Size 299999 '), {}, 'pdf/limit'],
  ])('%s', (_name, file, changes, code) => {
    expect(seal(file, changes)).toBe(code)
  })

  function withCatalog(member: string, ...more: string[]): Uint8Array {
    return writePdf({
      objects: [CATALOG.replace('>>', `${member} >>`), PAGES, PAGE, CONTENT, ...more],
    })
  }

  function chain(length: number): readonly string[] {
    return Array.from({ length }, (_, index) => `<< /Kids [${index + 6} 0 R] >>`)
  }
})

describe('parameters that no seal is set with', () => {
  test.each([
    ['no reason', { reason: '' }],
    ['a reason that is too long', { reason: '印'.repeat(201) }],
    ['a name that turns text round', { signerName: 'a\u202e' }],
    ['a path as a name', { attachmentName: '../a.seal' }],
    ['half a second', { signedAt: 1.5 }],
    ['a page before the first', { page: -1 }],
    ['no place', { place: { left: Number.NaN, bottom: 0 } }],
    ['no room', { contentsBytes: 0 }],
    ['too much room', { contentsBytes: 32_769 }],
  ])('%s', (_name, changes) => {
    expect(() => seal(base, changes)).toThrow(TypeError)
  })
})

describe('streams of cross-references and of objects', () => {
  const rows = (...hex: readonly string[]): Uint8Array => fromHex(hex.join(''))

  test.each([
    ['an unknown filter', '/Filter /LZWDecode', 'pdf/xref'],
    ['two filters', '/Filter [/FlateDecode /FlateDecode]', 'pdf/xref'],
    ['a TIFF predictor', '/DecodeParms << /Predictor 2 >>', 'pdf/xref'],
    ['columns without end', '/DecodeParms << /Predictor 12 /Columns 99999 >>', 'pdf/xref'],
    ['widths that are too many', '/W [1 2 1 1]', 'pdf/xref'],
    ['a width that is too large', '/W [1 9 1]', 'pdf/xref'],
    ['an index that is odd', '/Index [0]', 'pdf/xref'],
    ['an index that is huge', '/Index [0 500000]', 'pdf/limit'],
  ])('%s', (_name, members, code) => {
    expect(open(fileWith(deflateSync(rows('00000000')), members))).toBe(code)
  })

  test('a bomb of entries', () => {
    // A file of 70 kB would list 40 million.
    const wide = deflateSync(new Uint8Array(299_000 * 4))
    const members = '/Index [0 299000] /Size 299000'
    const one = fileWith(wide, members)
    expect(open(one)).toBe('accepted')
    let file = one
    for (const _ of [1, 2]) file = concatBytes(file, sectionOver(file, wide))
    expect(open(file)).toBe('pdf/limit')
  })

  test('a bomb', () => {
    const bomb = deflateSync(new Uint8Array(9 * 2 ** 20))
    expect(open(fileWith(bomb, ''))).toBe('pdf/limit')
  })

  test('a stream that is cut', () => {
    expect(open(fileWith(deflateSync(rows('00000000')).subarray(0, -2), ''))).toBe('pdf/xref')
  })

  test('any bytes as rows', () => {
    assert(
      property(uint8Array({ maxLength: 60 }), integer({ min: 0, max: 14 }), (bytes, predictor) => {
        const members = `/DecodeParms << /Predictor ${predictor} /Columns 4 >>`
        expect(open(fileWith(deflateSync(bytes), members))).toMatch(/^(accepted|pdf\/)/)
      }),
      { numRuns: 300 },
    )
  })

  function fileWith(body: Uint8Array, members: string): Uint8Array {
    const given = (key: string, value: string): string =>
      members.includes(key) ? '' : ` ${key} ${value}`
    const dict =
      `/Type /XRef /Root 1 0 R /Length ${body.length}${given('/Filter', '/FlateDecode')}${given('/Size', '5')}` +
      `${given('/W', '[1 2 1]')}${given('/Index', '[0 1]')} ${members}`
    const start = '%PDF-1.7\n'.length
    return concatBytes(
      fromLatin1(`%PDF-1.7\n4 0 obj\n<< ${dict} >>\nstream\n`),
      body,
      fromLatin1(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
    )
  }

  function sectionOver(file: Uint8Array, body: Uint8Array): Uint8Array {
    const [previous = ''] =
      /(?<=startxref\n)\d+(?=\n%%EOF\n$)/.exec(toLatin1(file.subarray(-40))) ?? []
    const dict = `/Type /XRef /Size 299000 /W [1 2 1] /Filter /FlateDecode /Prev ${previous}`
    return concatBytes(
      fromLatin1(`4 0 obj\n<< ${dict} /Length ${body.length} >>\nstream\n`),
      body,
      fromLatin1(`\nendstream\nendobj\nstartxref\n${file.length}\n%%EOF\n`),
    )
  }
})

test('references to references', () => {
  const file = writePdf({
    objects: [CATALOG, PAGES, PAGE, CONTENT, '6 0 R', '7 0 R', '<< /A 1 >>', '8 0 R'],
  })
  const pdf = openPdf(file)
  expect(isDict(resolve(pdf, refOf(5)))).toBe(true)
  expect(codeOf(() => resolve(pdf, refOf(8)))).toBe('pdf/limit')
})

function loop(): Uint8Array {
  const start = String(toLatin1(base).indexOf('xref\n0'))
  return writePdf({ trailer: ` /Prev ${start}` })
}
