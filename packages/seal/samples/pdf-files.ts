/** PDF files for tests, and seals on them. */
import { createHash } from 'node:crypto'
import { concatBytes, Fault, utf8Encode } from '@onetrip/codec'
import { appearanceOf, type DrawnSeal } from '../src/pdf/appearance.ts'
import { openPdf } from '../src/pdf/open-pdf.ts'
import { readSealedPdf } from '../src/pdf/read-sealed-pdf.ts'
import {
  buildSealUpdate,
  type SealUpdate,
  type SealUpdateInput,
  withSignature,
} from '../src/pdf/seal-update.ts'
import { parsePadesSignature, verifyPadesSignature } from '../src/x509/pades-signature.ts'
import { sampleCertificates, signDigest, YEAR_2026 } from './certificates.ts'

/** A ring of 42 mm with a square in it: simple, and with every command. */
export const ringSeal: DrawnSeal = {
  width: 42,
  height: 42,
  parts: [
    { fill: '#c8102e', commands: [...circle(21, 21, 20.5, 1), ...circle(21, 21, 19.5, -1)] },
    {
      fill: '#c8102e',
      commands: [
        { kind: 'M', points: [{ x: 14, y: 12 }] },
        { kind: 'L', points: [{ x: 28, y: 12 }] },
        {
          kind: 'Q',
          points: [
            { x: 21, y: 40 },
            { x: 14, y: 12 },
          ],
        },
        { kind: 'Z', points: [] },
      ],
    },
  ],
}

/** Parameters of a seal on a page of A4 or larger. */
export const sampleSeal: Omit<SealUpdateInput, 'pdf'> = {
  page: 0,
  place: { left: 380, bottom: 120 },
  appearance: appearanceOf(ringSeal),
  attachment: utf8Encode('样例 .seal: any bytes \0 endstream endobj'),
  attachmentName: '通知.pdf.seal',
  signedAt: YEAR_2026 + 86_400,
  signerName: '虚构市云栖区市场监督管理局电子证照专用章',
  reason: '发文用印',
}

/** A file with one more seal, signed by the sample seal's key. */
export async function sealFile(
  bytes: Uint8Array,
  changes: Partial<Omit<SealUpdateInput, 'pdf'>> = {},
): Promise<Uint8Array> {
  const update = buildSealUpdate({ pdf: openPdf(bytes), ...sampleSeal, ...changes })
  return concatBytes(bytes, await signUpdate(update))
}

/** The bytes of an update with its signature. */
export async function signUpdate(update: SealUpdate): Promise<Uint8Array> {
  return withSignature(update, await signDigest(digestOf(update.toBeDigested)))
}

/** SHA-256 over parts, one after the other. */
export function digestOf(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** What a handwritten file is made of. */
export interface HandwrittenPdf {
  /** The bodies of objects 1, 2, 3 …; 1 is the catalog, 2 the page tree, 3 the first page. */
  readonly objects?: readonly string[]
  readonly trailer?: string
  /** Put before the cross-reference table. */
  readonly unlisted?: string
  readonly newline?: string
}

export const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>'
export const PAGES = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>'
export const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>'
export const CONTENT: string = streamOf('0.9 g 40 40 515 762 re f 0 g 60 700 300 20 re f')

/** A stream of Latin-1 text. */
export function streamOf(text: string, members = ''): string {
  return `<< /Length ${text.length}${members} >>\nstream\n${text}\nendstream`
}

/** A file of one page, or of the objects given, with a table of cross-references. */
export function writePdf(options: HandwrittenPdf = {}): Uint8Array {
  const objects = options.objects ?? [CATALOG, PAGES, PAGE, CONTENT]
  const newline = options.newline ?? '\n'
  let text = `%PDF-1.7\n%\xe6\xa0\xb7\xe4\n`
  const rows = objects.map((object, index) => {
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return row
  })
  text += options.unlisted ?? ''
  const start = text.length
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`
  text += `trailer\n<< /Size ${size} /Root 1 0 R${options.trailer ?? ''} >>\n`
  return fromLatin1(`${text}startxref\n${start}\n%%EOF${newline}`)
}

/** A file of one page that carries files, each of a name and Latin-1 text. */
export function writePdfWithFiles(files: readonly (readonly [string, string])[]): Uint8Array {
  const specifications = files.map(([name], index) => {
    const file = `${6 + 2 * index} 0 R`
    return `<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F ${file} >> >>`
  })
  const streams = files.map(([, text]) => streamOf(text, ' /Type /EmbeddedFile'))
  const names = files.map((_, index) => `(${index}) ${5 + 2 * index} 0 R`).join(' ')
  const catalog = CATALOG.replace('>>', `/Names << /EmbeddedFiles << /Names [${names}] >> >> >>`)
  const attached = specifications.flatMap((file, index) => [file, streams[index] ?? 'null'])
  return writePdf({ objects: [catalog, PAGES, PAGE, CONTENT, ...attached] })
}

/** A further revision with these objects, by number. */
export function appendRevision(
  base: Uint8Array,
  objects: Readonly<Record<number, string>>,
  trailer = '',
): Uint8Array {
  const [, previous = ''] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(toLatin1(base.subarray(-64))) ?? []
  const [, size = '0'] = [...toLatin1(base).matchAll(/\/Size (\d+)/g)].at(-1) ?? []
  let text = ''
  let rows = ''
  let most = Number(size)
  for (const [number, object] of Object.entries(objects)) {
    rows += `${number} 1\n${String(base.length + text.length).padStart(10, '0')} 00000 n \n`
    text += `${number} 0 obj\n${object}\nendobj\n`
    most = Math.max(most, Number(number) + 1)
  }
  const start = base.length + text.length
  text += `xref\n${rows}trailer\n<< /Size ${most} /Root 1 0 R /Prev ${previous}${trailer} >>\n`
  return concatBytes(base, fromLatin1(`${text}startxref\n${start}\n%%EOF\n`))
}

export function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

function circle(
  x: number,
  y: number,
  r: number,
  direction: 1 | -1,
): DrawnSeal['parts'][number]['commands'] {
  const k = 0.552_284_75 * r
  const corner = (dx: number, dy: number) => ({ x: x + dx, y: y + direction * dy })
  const quarter = (a: readonly [number, number], b: readonly [number, number]) => ({
    kind: 'C' as const,
    points: [
      corner(a[0] * r + b[0] * k, a[1] * r + b[1] * k),
      corner(b[0] * r + a[0] * k, b[1] * r + a[1] * k),
      corner(b[0] * r, b[1] * r),
    ],
  })
  return [
    { kind: 'M', points: [corner(r, 0)] },
    quarter([1, 0], [0, 1]),
    quarter([0, 1], [-1, 0]),
    quarter([-1, 0], [0, -1]),
    quarter([0, -1], [1, 0]),
    { kind: 'Z', points: [] },
  ]
}

/**
 * What a verifier would say of the seals of a file: `accepted`, or the first code of reading, of a finding, or of a
 * signature.
 */
export async function verdictOf(bytes: Uint8Array): Promise<string> {
  try {
    const { updates, findings } = readSealedPdf(bytes)
    const [finding] = findings
    if (finding !== undefined) return finding.code
    const { ca } = await sampleCertificates()
    for (const update of updates) {
      if (update.kind === 'other') throw new TypeError('another update has a finding')
      const pades = parsePadesSignature(update.cms)
      const digest = digestOf(update.toBeDigested)
      await verifyPadesSignature(pades, { digest, ca, at: update.signedAt })
    }
    return updates.length === 0 ? 'no seal' : 'accepted'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/**
 * A file whose objects, none of them streams, stand in one stream of objects; `free` are the numbers that its stream of
 * cross-references lists as free.
 */
export function writePackedPdf(
  objects: readonly string[],
  free: readonly number[] = [],
): Uint8Array {
  const container = objects.length + 1
  let body = ''
  const heads = objects.map((object, index) => {
    const head = `${index + 1} ${body.length}`
    body += `${object} `
    return head
  })
  const first = `${heads.join(' ')} `
  const members = ` /Type /ObjStm /N ${objects.length} /First ${first.length}`
  const start = '%PDF-1.7\n'
  const packed = `${container} 0 obj\n${streamOf(first + body, members)}\nendobj\n`
  const row = (type: number, second: number, third: number): string =>
    String.fromCharCode(type, second >> 8, second & 0xff, third)
  const rows = [
    row(0, 0, 0),
    ...objects.map((_, index) =>
      free.includes(index + 1) ? row(0, 0, 0) : row(2, container, index),
    ),
    row(1, start.length, 0),
    row(1, start.length + packed.length, 0),
  ].join('')
  const size = container + 2
  const xref = streamOf(rows, ` /Type /XRef /W [1 2 1] /Size ${size} /Root 1 0 R`)
  const text = `${start}${packed}${container + 1} 0 obj\n${xref}\nendobj\n`
  return fromLatin1(`${text}startxref\n${start.length + packed.length}\n%%EOF\n`)
}
