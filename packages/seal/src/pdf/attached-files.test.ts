import { deflateSync } from 'node:zlib'
import { concatBytes } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import {
  CATALOG,
  CONTENT,
  fromLatin1,
  PAGE,
  PAGES,
  sampleSeal,
  sealFile,
  toLatin1,
  writePdf,
  writePdfWithFiles,
} from '../../samples/pdf-files.ts'
import { attachedFiles } from './attached-files.ts'
import { openPdf } from './open-pdf.ts'

const textsIn = (file: Uint8Array, name = 'code.txt'): readonly string[] =>
  attachedFiles(openPdf(file), name).map(toLatin1)

function withFile(specification: string, stream = 'null'): Uint8Array {
  const names = '/Names << /EmbeddedFiles << /Names [(key) 5 0 R] >> >>'
  const objects = [CATALOG.replace('>>', `${names} >>`), PAGES, PAGE, CONTENT]
  return writePdf({ objects: [...objects, specification, stream] })
}

describe('files that a PDF carries', () => {
  test('are found by their name, all of them', () => {
    const file = writePdfWithFiles([
      ['code.txt', 'one'],
      ['other.txt', 'two'],
      ['code.txt', 'three'],
    ])
    expect(textsIn(file)).toEqual(['one', 'three'])
    expect(textsIn(file, 'code')).toEqual([])
    expect(textsIn(writePdf())).toEqual([])
  })

  test('stay when the file is sealed, beside the .seal', async () => {
    const sealed = await sealFile(writePdfWithFiles([['code.txt', 'one']]))
    expect(textsIn(sealed)).toEqual(['one'])
    expect(attachedFiles(openPdf(sealed), sampleSeal.attachmentName)).toEqual([
      sampleSeal.attachment,
    ])
  })

  test('are found under each name that a reader might show', () => {
    const stream = '<< /Length 3 >>\nstream\none\nendstream'
    const ef = '/EF << /F 6 0 R >>'
    for (const name of [
      '/UF (code.txt)',
      '/F (code.txt)',
      '/UF <FEFF0063006F00640065002E007400780074>',
    ]) {
      expect(textsIn(withFile(`<< ${name} ${ef} >>`, stream))).toEqual(['one'])
    }
    expect(textsIn(withFile(`<< /UF (x) ${ef} >>`, stream), 'key')).toEqual(['one'])
  })

  test('are inflated, within a limit', () => {
    const deflated = (bytes: Uint8Array): Uint8Array => {
      const body = deflateSync(bytes)
      const dict = `<< /Length ${body.length} /Filter /FlateDecode >>\nstream\n`
      const file = toLatin1(concatBytes(fromLatin1(dict), body, fromLatin1('\nendstream')))
      return withFile('<< /UF (code.txt) /EF << /F 6 0 R >> >>', file)
    }
    expect(textsIn(deflated(fromLatin1('one')))).toEqual(['one'])
    expect(codeOf(() => textsIn(deflated(new Uint8Array(9 * 2 ** 20))))).toBe('pdf/limit')
  })

  test.each([
    ['nowhere', '<< /UF (code.txt) >>', 'null', 'pdf/format'],
    ['no stream', '<< /UF (code.txt) /EF << /F 6 0 R >> >>', '[1]', 'pdf/format'],
    [
      'under another filter',
      '<< /UF (code.txt) /EF << /F 6 0 R >> >>',
      '<< /Length 1 /Filter /LZWDecode >>\nstream\nx\nendstream',
      'pdf/format',
    ],
  ])('%s', (_what, specification, stream, code) => {
    expect(codeOf(() => textsIn(withFile(specification, stream)))).toBe(code)
  })
})
