/** Hybrid files: what their streams of cross-references may add, and what they may not. */
import { concatBytes } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../samples/code-of.ts'
import { type HybridChanges, type HybridForm, writeHybridPdf } from '../../samples/hybrid-pdf.ts'
import {
  appendRevision,
  fromLatin1,
  sampleSeal,
  sealFile,
  signUpdate,
  toLatin1,
  verdictOf,
  writePdf,
} from '../../samples/pdf-files.ts'
import { inFolder, isInstalled } from '../../samples/peer-programs.ts'
import { loadObject } from './objects.ts'
import { newestSection, openPdf } from './open-pdf.ts'
import { refOf } from './pdf-value.ts'
import { openForSealing, readSealedPdf } from './read-sealed-pdf.ts'
import { buildSealUpdate } from './seal-update.ts'

const ACCEPTED = ['word', 'unlisted'] as const
const codeFor = (form: HybridForm, changes?: HybridChanges): string =>
  codeOf(() => openForSealing(writeHybridPdf(form, changes)))

describe.each(ACCEPTED)('%s', (form) => {
  const base = writeHybridPdf(form)

  test('is one revision, with the objects that only its stream lists', () => {
    const pdf = openForSealing(base)
    expect(pdf.revisions).toHaveLength(1)
    expect(loadObject(pdf, refOf(6))).toEqual([refOf(4)])
  })

  test('is sealed by a plain table, twice', async () => {
    const once = await sealFile(base)
    const twice = await sealFile(once, { place: { left: 30, bottom: 30 } })
    expect([await verdictOf(once), await verdictOf(twice)]).toEqual(['accepted', 'accepted'])
    expect(readSealedPdf(once).updates).toMatchObject([{ kind: 'seal', start: base.length }])
    const [, update] = openPdf(once).revisions
    if (update === undefined) throw new TypeError('the file was sealed')
    expect(newestSection(update)).toMatchObject({ form: 'table' })
    expect(newestSection(update).trailer.has('XRefStm')).toBe(false)
  })

  test.skipIf(!isInstalled('pdftoppm'))('poppler draws what we sealed', async () => {
    await inFolder(async (folder) => {
      const draw = (file: Uint8Array, name: string): Uint8Array => {
        const path = folder.write(`${name}.pdf`, file)
        const args = ['-r', '20', '-gray', '-singlefile', '-hide-annotations', path, name]
        expect(folder.run('pdftoppm', args).said).toBe('')
        return folder.read(`${name}.pgm`)
      }
      expect(draw(base, form)).toEqual(draw(writePdf(), 'plain'))
    })
  })
})

test('an object that the table of the same section marks free is refused: readers differ over it', () => {
  expect(codeFor('free')).toBe('pdf/xref')
})

describe('a stream that is refused', () => {
  test.each<readonly [string, HybridForm, HybridChanges]>([
    ['stands nowhere', 'unlisted', { target: () => 0 }],
    ['stands behind the file', 'unlisted', { target: () => 99_999 }],
    ['is no object', 'unlisted', { target: (at) => at + 1 }],
    ['is another object', 'word', { target: (at) => at - 60 }],
    ['is the table that names it', 'unlisted', { target: (at) => at + 200 }],
    ['has a section before it', 'word', { members: ' /Prev 9' }],
    ['names another one', 'unlisted', { members: ' /XRefStm 9' }],
    ['is encrypted', 'word', { members: ' /Encrypt 9 0 R' }],
    ['lists more than there is', 'word', { rows: { 8: [1, 20, 0] } }],
    ['moves an object that its table lists', 'unlisted', { rows: { 4: [1, 15, 0] } }],
    ['frees an object that its table lists', 'unlisted', { rows: { 4: [0, 0, 1] } }],
    ['packs an object that its table lists', 'unlisted', { rows: { 4: [2, 5, 0] } }],
    ['moves an object of the file before', 'word', { rows: { 4: [1, 15, 0] } }],
    ['frees an object of the file before', 'word', { rows: { 4: [0, 0, 1] } }],
    ['packs an object of the file before', 'word', { rows: { 4: [2, 5, 0] } }],
    ['is of no known type', 'unlisted', { rows: { 6: [3, 5, 0] } }],
  ])('%s', (_what, form, changes) => {
    expect(codeFor(form, changes)).toBe('pdf/xref')
  })

  test('has another root', () => {
    const text = toLatin1(writeHybridPdf('word'))
    const other = text.replace('/Root 1 0 R >>\nstream', '/Root 2 0 R >>\nstream')
    expect(other).not.toBe(text)
    expect(codeOf(() => openPdf(fromLatin1(other)))).toBe('pdf/xref')
  })

  test('an object that does not stand where the stream says', () => {
    expect(codeFor('word', { rows: { 6: [1, 15, 0] } })).toBe('pdf/xref')
    expect(codeFor('unlisted', { rows: { 6: [2, 4, 0] } })).toBe('pdf/shadow-object')
  })

  test('in a stream of cross-references, or twice in one file', () => {
    const hybrid = writeHybridPdf('unlisted')
    const [, stream = ''] = /\/XRefStm (\d+)/.exec(toLatin1(hybrid)) ?? []
    const again = appendRevision(hybrid, { 4: 'null' }, ` /XRefStm ${stream}`)
    expect(codeOf(() => openPdf(again))).toBe('pdf/xref')
    expect(codeOf(() => openPdf(writePdf({ trailer: ` /XRefStm 9` })))).toBe('pdf/xref')
    const own = toLatin1(hybrid).replace(/startxref\n\d+/, `startxref\n${stream}`)
    const member = own.replace('/Index [6 1] /Root', '/Index [6 1] /XRefStm 9 /Root')
    expect(codeOf(() => openPdf(fromLatin1(member)))).toBe('pdf/xref')
  })
})

describe('what stands between or behind', () => {
  test('something between the two tables is found', () => {
    const file = writeHybridPdf('word', { between: '9 0 obj\nnull\nendobj\n' })
    expect(readSealedPdf(file).findings.map(({ code }) => code)).toEqual(['pdf/shadow-object'])
    expect(codeFor('word', { between: '\r\n% a comment\n' })).toBe('accepted')
  })

  test('an empty table with a stream, behind a seal, is another revision', async () => {
    const sealed = await sealFile(writePdf())
    const [, first = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(toLatin1(sealed.subarray(-40))) ?? []
    const row = '\x01\x00\x0f\x00'
    const dict = `<< /Type /XRef /Size 13 /W [1 2 1] /Index [12 1] /Root 1 0 R /Length ${row.length} >>`
    const stream = `12 0 obj\n${dict}\nstream\n${row}\nendstream\nendobj\n`
    const trailer = `trailer\n<< /Size 13 /Root 1 0 R /Prev ${first} /XRefStm ${sealed.length} >>\n`
    const start = sealed.length + stream.length
    const tail = `${stream}xref\n0 0\n${trailer}startxref\n${start}\n%%EOF\n`
    // Entry 12 leads into the file before: whoever reads it finds another object there.
    expect(await verdictOf(concatBytes(sealed, fromLatin1(tail)))).toMatch(
      /^pdf\/(xref|other-revision)$/,
    )
    const honest = tail.replace(row, '\x00\x00\x00\x00')
    expect(await verdictOf(concatBytes(sealed, fromLatin1(honest)))).toBe('pdf/other-revision')
  })

  test('in a seal’s own update it is not what our writer makes', async () => {
    const base = writePdf()
    const update = buildSealUpdate({ pdf: openPdf(base), ...sampleSeal })
    const [, stream = ''] = /\/XRefStm (\d+)/.exec(toLatin1(writeHybridPdf('unlisted'))) ?? []
    const text = toLatin1(await signUpdate(update))
    const named = text.replace('/Root 1 0 R /Prev', `/XRefStm ${stream} /Root 1 0 R /Prev`)
    expect(named).not.toBe(text)
    expect(await verdictOf(concatBytes(base, fromLatin1(named)))).toBe('pdf/xref')
  })
})

test('a byte changed anywhere in a sealed hybrid file is refused or named', async () => {
  const sealed = await sealFile(writeHybridPdf('word'))
  for (let at = 0; at < sealed.length; at += at < 2_000 ? 7 : 61) {
    const verdict = await verdictOf(sealed.with(at, (sealed[at] ?? 0) ^ (1 << (at % 8))))
    expect(verdict, `byte ${at}`).toMatch(/^(pdf|cms|certificate|der|key|signature)\//)
  }
})
