/**
 * What is done to sealed files: bytes changed, cut and added; and the attacks of the literature on signed PDFs: universal
 * forgery, incremental saving and signature wrapping ("1 Trillion Dollar Refund", CCS 2019), hiding and replacing ("Shadow
 * Attacks", NDSS 2021).
 */
import { concatBytes } from '@onetrip/codec'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  appendRevision,
  CATALOG,
  CONTENT,
  fromLatin1,
  PAGE,
  PAGES,
  sampleSeal,
  sealFile,
  signUpdate,
  streamOf,
  toLatin1,
  verdictOf,
  writePdf,
} from '../../samples/pdf-files.ts'
import { openPdf } from './open-pdf.ts'
import { openForSealing, readSealedPdf } from './read-sealed-pdf.ts'
import { buildSealUpdate, withSignature } from './seal-update.ts'

const base = writePdf()
let once: Uint8Array
let twice: Uint8Array
beforeAll(async () => {
  once = await sealFile(base)
  twice = await sealFile(once, { place: { left: 30, bottom: 30 }, reason: '会签' })
})

const text = (bytes: Uint8Array): string => toLatin1(bytes)
const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  expect(text(bytes)).toContain(from)
  return fromLatin1(text(bytes).replace(from, () => to))
}
/** The zeros behind the last signature. */
const paddingOf = (bytes: Uint8Array): readonly [number, number] => {
  const start = text(bytes).lastIndexOf('0'.repeat(4_000))
  return [start + 10, start + 3_990]
}
const findingsOf = (bytes: Uint8Array): readonly string[] =>
  readSealedPdf(bytes).findings.map(({ code }) => code)

describe('bytes', () => {
  test('as they were: accepted', async () => {
    expect(await verdictOf(once)).toBe('accepted')
    expect(await verdictOf(twice)).toBe('accepted')
    expect(await verdictOf(base)).toBe('no seal')
  })

  test('one changed, in more than a thousand places: refused or named', async () => {
    const verdicts = new Map<string, number>()
    const [zeros, zerosEnd] = paddingOf(twice)
    const step = (at: number): number => {
      if (at < once.length) return 41
      return at > zeros && at < zerosEnd ? 97 : 7
    }
    let count = 0
    for (let at = 0; at < twice.length; at += step(at)) {
      const verdict = await verdictOf(twice.with(at, (twice[at] ?? 0) ^ (1 << (at % 8))))
      expect(verdict, `byte ${at}`).toMatch(/^(pdf|cms|certificate|der|key|signature)\//)
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      count += 1
    }
    expect(count).toBeGreaterThan(1_000)
    for (const code of ['pdf/update-differs', 'cms/digest-mismatch', 'pdf/xref', 'pdf/format']) {
      expect(verdicts.get(code), code).toBeGreaterThan(5)
    }
  })

  test('cut: never accepted but where one seal ends', async () => {
    for (let length = 0; length < twice.length; length += length > twice.length - 60 ? 1 : 211) {
      expect(await verdictOf(twice.subarray(0, length))).toMatch(/^(pdf|cms)\//)
    }
    expect(await verdictOf(twice.subarray(0, once.length))).toBe('accepted')
  })

  test.each(['\n', ' ', '\0', 'x', '%%EOF\n', '5 0 obj\nnull\nendobj\n'])(
    'appended: %j',
    async (added) => {
      const code = added.includes('EOF') ? 'pdf/xref' : 'pdf/trailing-bytes'
      expect(await verdictOf(concatBytes(once, fromLatin1(added)))).toBe(code)
      expect(await verdictOf(concatBytes(twice, fromLatin1(added)))).toBe(code)
    },
  )

  test('between two seals: white space is named', async () => {
    const spaced = concatBytes(once, fromLatin1('\n'))
    const update = buildSealUpdate({ pdf: openPdf(spaced), ...sampleSeal })
    const file = concatBytes(spaced, await signUpdate(update))
    expect(readSealedPdf(file)).toMatchObject({
      updates: [{ kind: 'seal' }, { kind: 'seal' }],
      findings: [{ code: 'pdf/trailing-bytes', at: once.length }],
    })
    expect(() => openForSealing(spaced)).toThrow('pdf/trailing-bytes')
  })

  test('in the room behind the signature: an update that is not ours', async () => {
    const at = text(once).indexOf('0'.repeat(3000)) + 2000
    for (const digit of '1aA') {
      expect(await verdictOf(once.with(at, digit.charCodeAt(0)))).toBe('pdf/update-differs')
    }
    const lower = replaced(
      once,
      text(once)
        .slice(at - 6000, at)
        .match(/[0-9A-F]{40}/)?.[0] ?? '',
      'a'.repeat(40),
    )
    expect(await verdictOf(lower)).toBe('pdf/update-differs')
  })
})

describe('another revision', () => {
  const note = { 9: '<< /Note true >>' }

  test('behind a seal is named, and the seal still found', async () => {
    const changed = appendRevision(once, note)
    expect(readSealedPdf(changed)).toMatchObject({
      firstRevisionBytes: base.length - 1,
      updates: [
        { kind: 'seal', start: base.length, end: once.length },
        { kind: 'other', start: once.length, end: changed.length, code: 'pdf/other-revision' },
      ],
      findings: [{ code: 'pdf/other-revision', at: once.length }],
    })
    expect(() => openForSealing(changed)).toThrow('pdf/other-revision')
  })

  test('before a seal is named too', async () => {
    const sealed = await sealFile(appendRevision(base, note))
    expect(readSealedPdf(sealed).updates.map(({ kind }) => kind)).toEqual(['other', 'seal'])
    expect(findingsOf(sealed)).toEqual(['pdf/other-revision'])
  })

  test('between two seals', async () => {
    const sealed = await sealFile(appendRevision(once, note))
    expect(readSealedPdf(sealed).updates.map(({ kind }) => kind)).toEqual(['seal', 'other', 'seal'])
  })
})

describe('universal signature forgery', () => {
  test.each([
    ['no ByteRange', (file: Uint8Array) => withoutRange(file, ' ')],
    ['ByteRange of null', (file: Uint8Array) => withoutRange(file, '/ByteRange null')],
    ['ByteRange of zeros', (file: Uint8Array) => withoutRange(file, '/ByteRange [0 0 0 0]')],
    [
      'ByteRange of negative numbers',
      (file: Uint8Array) => withoutRange(file, '/ByteRange [0 -1 5 -1]'),
    ],
    ['no Contents', (file: Uint8Array) => replaced(file, '/Contents <', '/Contentz <')],
    ['Contents of null', (file: Uint8Array) => file],
  ])('%s', async (name, forge) => {
    const forged = name === 'Contents of null' ? withoutContents(once) : forge(once)
    expect(await verdictOf(forged)).toMatch(/^pdf\/(update-differs|byte-range)$/)
  })

  function withoutRange(file: Uint8Array, by: string): Uint8Array {
    const [range = ''] = /\/ByteRange \[[^\]]*\]/.exec(text(file)) ?? []
    return replaced(file, range, by.padEnd(range.length))
  }

  function withoutContents(file: Uint8Array): Uint8Array {
    const [contents = ''] = /\/Contents <[0-9A-F]+>/.exec(text(file)) ?? []
    return replaced(file, contents, '/Contents null'.padEnd(contents.length))
  }
})

describe('incremental saving', () => {
  const page = PAGE.replace('4 0 R', '8 0 R')
  const content = streamOf('1 0 0 rg 0 0 595 842 re f')

  test('a whole update, which changes the page', async () => {
    expect(await verdictOf(appendRevision(once, { 3: page, 8: content }))).toBe(
      'pdf/other-revision',
    )
  })

  test('objects without cross-reference and trailer, and with a trailer alone', async () => {
    const objects = `3 0 obj\n${page}\nendobj\n8 0 obj\n${content}\nendobj\n`
    expect(await verdictOf(concatBytes(once, fromLatin1(objects)))).toBe('pdf/trailing-bytes')
    const trailer = `trailer\n<< /Size 12 /Root 1 0 R >>\n`
    expect(await verdictOf(concatBytes(once, fromLatin1(objects + trailer)))).toBe(
      'pdf/trailing-bytes',
    )
  })

  test('an update that ends like the seal’s, signature copied', async () => {
    const at = text(once).lastIndexOf('xref\n0')
    const changed = appendRevision(once, { 3: page, 8: content })
    const copied = concatBytes(changed, once.subarray(text(once).indexOf('5 0 obj')))
    expect(at).not.toBe(0)
    expect(await verdictOf(copied)).toMatch(/^pdf\//)
  })
})

describe('signature wrapping', () => {
  test('ranges that leave out what was moved between them', async () => {
    const [, range = '', first = '', second = ''] =
      /\/ByteRange \[(0 (\d+) (\d+) \d+ *)\]/.exec(text(once)) ?? []
    const moved = fromLatin1(`${' '.repeat(200)}`)
    const cut = Number(second)
    const wrapped = concatBytes(once.subarray(0, cut), moved, once.subarray(cut))
    const changed = replaced(
      wrapped,
      range,
      `0 ${first} ${cut + moved.length} ${once.length - cut}`.padEnd(range.length),
    )
    expect(await verdictOf(changed)).toMatch(/^pdf\//)
  })

  test('ranges that end before the file does', async () => {
    const [, range = '', length = ''] = /\/ByteRange \[(0 \d+ \d+ (\d+) *)\]/.exec(text(once)) ?? []
    const shorter = range.replace(length, String(Number(length) - 1))
    expect(await verdictOf(replaced(once, range, shorter))).toBe('pdf/byte-range')
  })

  test('a second ByteRange in the dictionary', async () => {
    const doubled = replaced(once, '/Filter /Adobe.PPKLite', '/ByteRange [0 1 2 3]  ')
    expect(await verdictOf(doubled)).toBe('pdf/format')
  })
})

describe('shadow attacks', () => {
  const hidden = streamOf('0 0 1 rg 0 0 595 842 re f')

  test('hide: an overlay that a later update takes away', async () => {
    const overlay = PAGE.replace('/Contents 4 0 R', '/Contents [4 0 R 5 0 R]')
    const prepared = writePdf({ objects: [CATALOG, PAGES, overlay, CONTENT, hidden] })
    const sealed = await sealFile(prepared)
    expect(await verdictOf(sealed)).toBe('accepted')
    expect(await verdictOf(appendRevision(sealed, { 5: 'null' }))).toBe('pdf/other-revision')
  })

  test('replace: a font or a form value of a later update', async () => {
    const prepared = writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, '<< /V (10) >>'] })
    const sealed = await sealFile(prepared)
    expect(await verdictOf(appendRevision(sealed, { 5: '<< /V (10000) >>' }))).toBe(
      'pdf/other-revision',
    )
  })

  test('hide and replace: objects that no cross-reference lists', async () => {
    const prepared = writePdf({ unlisted: `4 0 obj\n${hidden}\nendobj\n` })
    expect(findingsOf(prepared)).toEqual(['pdf/shadow-object'])
    expect(() => openForSealing(prepared)).toThrow('pdf/shadow-object')
    expect(findingsOf(await sealFile(prepared))).toEqual(['pdf/shadow-object'])
  })

  test('hide and replace: in a comment, or behind an object as a second one', () => {
    for (const unlisted of ['%4 0 obj null endobj\n', '4 0 obj', 'trailer\n<< /Root 4 0 R >>\n']) {
      expect(findingsOf(writePdf({ unlisted }))).toEqual(['pdf/shadow-object'])
    }
    expect(findingsOf(writePdf({ unlisted: '% an ordinary comment\n\n' }))).toEqual([])
  })

  test('a reference to what only a seal’s update brings', async () => {
    // The seal's appearance would show wherever the page says, not only where it was set.
    const page = PAGE.replace('/Contents', '/Resources << /XObject << /X 7 0 R >> >> /Contents')
    const prepared = writePdf({ objects: [CATALOG, PAGES, page, streamOf('/X Do')] })
    expect(findingsOf(prepared)).toEqual(['pdf/dangling-reference'])
    expect(findingsOf(await sealFile(prepared))).toContain('pdf/dangling-reference')
  })

  test('a seal’s update that lists one object more', async () => {
    const update = text(once).slice(base.length)
    const added = `\n${update.slice(1).replace('xref\n', () => '9 0 obj\nnull\nendobj\nxref\n')}`
    expect(await verdictOf(concatBytes(base, fromLatin1(added)))).toMatch(/^pdf\//)
  })
})

describe('a seal moved', () => {
  test('to another file: the update differs', async () => {
    const other = writePdf({ objects: [CATALOG, PAGES, PAGE, streamOf('0 g 0 0 9 9 re f')] })
    const update = once.subarray(base.length)
    expect(await verdictOf(concatBytes(other, update))).toMatch(/^pdf\//)
  })

  test('its signature under an update of other parameters', async () => {
    const [seal] = readSealedPdf(once).updates
    if (seal?.kind !== 'seal') throw new TypeError('the sample has a seal')
    const place = { left: 100, bottom: 500 }
    const update = buildSealUpdate({ pdf: openPdf(base), ...sampleSeal, place })
    const forged = concatBytes(base, withSignature(update, seal.cms))
    expect(await verdictOf(forged)).toBe('cms/digest-mismatch')
  })

  test('a signature of another kind, in a field of its own', () => {
    const objects = [
      CATALOG.replace('>>', '/AcroForm << /Fields [5 0 R] >> >>'),
      ...[PAGES, PAGE, CONTENT],
      '<< /FT /Sig /T (Other) /Kids [6 0 R] >>',
      '<< /Parent 5 0 R /V 7 0 R >>',
      '<< /Type /Sig /SubFilter /adbe.pkcs7.detached >>',
    ]
    expect(findingsOf(writePdf({ objects }))).toEqual(['pdf/foreign-signature'])
    const certified = CATALOG.replace('>>', '/Perms << /DocMDP 5 0 R >> >>')
    expect(findingsOf(writePdf({ objects: [certified, PAGES, PAGE, CONTENT, 'null'] }))).toEqual([
      'pdf/foreign-signature',
    ])
  })
})
