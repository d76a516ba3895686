import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import {
  CATALOG,
  CONTENT,
  fromLatin1,
  PAGE,
  PAGES,
  sealFile,
  streamOf,
  toLatin1,
  writePackedPdf,
  writePdf,
} from '../../samples/pdf-files.ts'
import { openPdf } from './open-pdf.ts'
import { findPage } from './page-tree.ts'
import { openForSealing, readSealedPdf } from './read-sealed-pdf.ts'

const findingsOf = (...objects: readonly string[]): readonly string[] =>
  readSealedPdf(writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, ...objects] })).findings.map(
    ({ code }) => code,
  )

describe('active content', () => {
  test.each([
    ['a script', '<< /S /JavaScript /JS (app.alert(1)) >>'],
    ['a script in an annotation', '<< /Subtype /Link /A << /S /JavaScript /JS 4 0 R >> >>'],
    ['a program that is started', '[[<< /S /Launch >>]]'],
    ['a field that is hidden', '<< /S /Hide /T (x) >>'],
    ['a layer that is switched', '<< /S /SetOCGState >>'],
    ['a form of XFA', '<< /XFA [(a) 4 0 R] >>'],
    ['a page of another file', streamOf('', ' /Subtype /Form /Ref << /F (other.pdf) >>')],
    ['a name that is escaped', '<< /S /Java#53cript >>'],
  ])('%s', (_name, object) => {
    expect(findingsOf(object)).toEqual(['pdf/active-content'])
  })

  test.each([
    ['a link', '<< /S /URI /URI (https://example.com) >>'],
    ['a place to open at', '<< /OpenAction [3 0 R /XYZ null null 0] >>'],
    ['a structure element of that type', '<< /Type /StructElem /S /P /Ref [3 0 R] >>'],
  ])('%s is not', (_name, object) => {
    expect(findingsOf(object)).toEqual([])
  })
})

test('references beyond the file, wherever they stand', () => {
  expect(findingsOf('[<< /A [7 0 R] >>]')).toEqual(['pdf/dangling-reference'])
  expect(findingsOf('[3 0 R]', 'null')).toEqual([])
  expect(findingsOf(streamOf('x', ' /A 6 0 R'))).toEqual(['pdf/dangling-reference'])
})

test('a comment that is too long to be one', () => {
  const file = (length: number) => readSealedPdf(writePdf({ unlisted: `%${'x'.repeat(length)}\n` }))
  expect(file(1023).findings).toEqual([])
  expect(file(1024).findings.map(({ code }) => code)).toEqual(['pdf/shadow-object'])
})

test('findings have an end, and an offset', () => {
  const { findings } = readSealedPdf(
    writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, `[${'99 0 R '.repeat(100)}]`] }),
  )
  expect(findings).toHaveLength(16)
  expect(toLatin1(writePdf()).slice(findings[0]?.at).startsWith('xref')).toBe(true)
})

describe('a stream of objects', () => {
  const page = PAGE.replace('/Contents 4 0 R', '')

  test('is sealed like any other file, its page and catalog within', async () => {
    const sealed = await sealFile(await sealFile(writePackedPdf([CATALOG, PAGES, page])))
    expect(readSealedPdf(sealed)).toMatchObject({
      updates: [{ kind: 'seal' }, { kind: 'seal' }],
      findings: [],
    })
  })

  test('with an object that no cross-reference lists', () => {
    const { findings } = readSealedPdf(
      writePackedPdf([CATALOG, PAGES, page, '<< /Hidden 1 >>'], [4]),
    )
    expect(findings.map(({ code }) => code)).toEqual(['pdf/shadow-object'])
  })

  test('with a script, and with a reference beyond the file', () => {
    const { findings } = readSealedPdf(writePackedPdf([CATALOG, PAGES, page, '<< /JS 9 0 R >>']))
    expect(findings.map(({ code }) => code)).toEqual([
      'pdf/active-content',
      'pdf/dangling-reference',
    ])
  })

  test.each([
    ['objects that overlap', '1 0 2 34', '1 0 2 35', 'pdf/format'],
    ['a count that is too small', '/N 3', '/N 2', 'pdf/format'],
    ['a count that is too large', '/N 3', '/N 9', 'pdf/format'],
    ['another number than the cross-reference says', '1 0 2 34', '4 0 2 34', 'pdf/xref'],
    ['no stream of objects', '/ObjStm', '/ObjStx', 'pdf/xref'],
  ])('%s', (_name, from, to, code) => {
    const text = toLatin1(writePackedPdf([CATALOG, PAGES, page]))
    const changed = fromLatin1(text.replace(from, to))
    expect(codeOf(() => findPage(openPdf(changed), 0))).toBe(code)
  })
})

test('a sealed file is sealed again, a script is not', async () => {
  const sealed = await sealFile(writePdf())
  expect(openForSealing(sealed).revisions).toHaveLength(2)
  const script = writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, '<< /JS (1) >>'] })
  expect(() => openForSealing(script)).toThrow('pdf/active-content')
})
