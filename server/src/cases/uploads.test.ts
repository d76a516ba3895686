/** Files that are laid in: kinds by how they begin, pictures that open to more than they seem, PDFs with something inside. */
import { crc32, deflateSync } from 'node:zlib'
import { utf8Encode } from '@onetrip/codec'
import { handwrittenPdf, SAMPLE_LETTER_PDF } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { inspectUpload } from './inspect-upload.ts'
import { MAX_UPLOAD_BYTES, type UploadFinding, type UploadType } from './upload-limits.ts'
import { checkUpload } from './uploads.ts'

const PDF = 'application/pdf'
const PNG = 'image/png'
const JPEG = 'image/jpeg'

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}

function png(
  of: { width?: number; height?: number; rows?: Buffer; tail?: Buffer } = {},
): Uint8Array {
  const { width = 4, height = 3, rows, tail = Buffer.alloc(0) } = of
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = rows ?? Buffer.alloc((1 + width * 3) * height)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
    tail,
  ])
}

function jpeg(width: number, height: number, tail: readonly number[] = [0xff, 0xd9]): Uint8Array {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]),
    Buffer.from([0xff, 0xc0, 0, 11, 8, ...size, 1, 1, 0x11, 0]),
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34]),
    Buffer.from(tail),
  ])
}

/** A PDF of these objects behind its catalogue, which may have more members. */
function pdf(catalogue: string, ...objects: readonly string[]): Uint8Array {
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>',
    ...objects,
  ]
  let text = '%PDF-1.7\n'
  const places = all.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  const lines = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${lines}`
  text += `trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A PDF whose catalogue has these members, with a script in a stream of objects that says `type`. */
function packed(members: string, type = ''): Uint8Array {
  const script = '<< /S /JavaScript /JS (x) >>'
  const heads = '5 0 '
  const stream = `${type} /N 1 /First ${heads.length} /Length ${heads.length + script.length}`
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${members} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>',
    `<< ${stream} >>\nstream\n${heads}${script}\nendstream`,
  ]
  let text = '%PDF-1.7\n'
  const rows: number[][] = [[0, 0, 0, 0]]
  for (const [index, object] of all.entries()) {
    rows.push([1, text.length >> 8, text.length & 255, 0])
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  rows.push([2, 0, 4, 0], [1, text.length >> 8, text.length & 255, 0])
  const list = String.fromCharCode(...rows.flat())
  const start = text.length
  text += `6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length ${list.length} >>\n`
  text += `stream\n${list}\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

const check = (bytes: Uint8Array, mediaType: string): Promise<unknown> =>
  checkUpload({ bytes, mediaType, name: 'x' }).catch((error: { code: string }) => error.code)

describe('a file that may be laid in', () => {
  test.for<[string, Uint8Array, UploadType]>([
    ['a plain PDF', handwrittenPdf(['BT (x) Tj ET']), PDF],
    ['a letter', SAMPLE_LETTER_PDF, PDF],
    ['a PDF made here', pdf(''), PDF],
    ['a PNG', png(), PNG],
    ['a JPEG', jpeg(800, 600), JPEG],
  ])('%s', async ([, bytes, mediaType]) => {
    expect(await inspectUpload(bytes, mediaType)).toBe('clean')
  })
})

describe('a file that is refused', () => {
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
  const file = '<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream'
  test.for<[string, Uint8Array, UploadType, UploadFinding]>([
    ['a script when it opens', pdf('/OpenAction 4 0 R', script), PDF, 'active-content'],
    [
      'a script under an escaped name',
      pdf('/OpenAction 4 0 R', '<< /S /J#61vaScript /J#53 (x) >>'),
      PDF,
      'active-content',
    ],
    ['a script in a stream', packed('/Names 5 0 R', '/Type /ObjStm'), PDF, 'active-content'],
    ['a script that nothing names', pdf('', script), PDF, 'active-content'],
    ['a program to launch', pdf('', '<< /S /Launch /F (x.exe) >>'), PDF, 'active-content'],
    ['a form that sends', pdf('', '<< /S /SubmitForm /F (x) >>'), PDF, 'active-content'],
    [
      'a program to launch, which another object says',
      pdf('', '<< /S 5 0 R /F (x.exe) >>', '/Launch'),
      PDF,
      'active-content',
    ],
    [
      'a script in a stream that does not say what it holds',
      packed('/Hidden 5 0 R'),
      PDF,
      'unreadable',
    ],
    ['a file inside', pdf('', file), PDF, 'active-content'],
    ['a form of XFA', pdf('/AcroForm << /XFA [] >>'), PDF, 'active-content'],
    ['a film', pdf('', '<< /Type /Annot /Subtype /RichMedia >>'), PDF, 'active-content'],
    ['no PDF behind its beginning', utf8Encode('%PDF-1.7\nnothing'), PDF, 'unreadable'],
    ['a PDF cut off', pdf('').subarray(0, 200), PDF, 'unreadable'],
    ['a PNG that opens to more', png({ rows: Buffer.alloc(30_000_000) }), PNG, 'unreadable'],
    [
      'a PNG of too many pixels',
      png({ width: 29_000, height: 29_000, rows: Buffer.alloc(9) }),
      PNG,
      'unreadable',
    ],
    ['a PNG with a page behind it', png({ tail: Buffer.from('<script>') }), PNG, 'unreadable'],
    ['a PNG cut off', png().subarray(0, 40), PNG, 'unreadable'],
    ['a PNG with a wrong sum', flipped(png(), 20), PNG, 'unreadable'],
    ['a JPEG of too many pixels', jpeg(29_000, 29_000), JPEG, 'unreadable'],
    ['a JPEG without its end', jpeg(8, 8, [0, 0]), JPEG, 'unreadable'],
    ['a JPEG of no size', jpeg(0, 8), JPEG, 'unreadable'],
    [
      'a JPEG that is no more than its start',
      Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
      JPEG,
      'unreadable',
    ],
  ])('%s', async ([, bytes, mediaType, found]) => {
    expect(await inspectUpload(bytes, mediaType)).toBe(found)
  })

  test.for<[string, Uint8Array, string]>([
    ['an image called a PDF', png(), PDF],
    ['a PDF called an image', pdf(''), PNG],
    ['a page', utf8Encode('<script>1</script>'), 'text/html'],
    ['a picture of SVG', utf8Encode('<svg/>'), 'image/svg+xml'],
    ['nothing', new Uint8Array(), PDF],
  ])('%s, by how it begins', async ([, bytes, mediaType]) => {
    expect(await check(bytes, mediaType)).toBe('upload/media-type')
  })

  test('in its process, with its code', { timeout: 60_000 }, async () => {
    expect(await check(pdf(''), PDF)).toBe(PDF)
    expect(await check(pdf('', script), PDF)).toBe('upload/active-content')
    expect(await check(png().subarray(0, 40), PNG)).toBe('upload/unreadable')
  })

  test('more than 20 MiB', async () => {
    const bytes = new Uint8Array(MAX_UPLOAD_BYTES + 1)
    bytes.set(utf8Encode('%PDF-'))
    expect(await check(bytes, PDF)).toBe('upload/too-large')
  })
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
