/**
 * Hybrid PDFs (ISO 32000-2 §7.5.8.4), for tests: the page's list of contents, object 6, stands in a stream of objects, and
 * only a stream of cross-references that `XRefStm` names leads to it. Who does not follow it sees an empty page.
 */
import { CATALOG, CONTENT, fromLatin1, PAGE, PAGES, streamOf } from './pdf-files.ts'

/**
 * `word`: as word processors save, an empty table behind a whole file, whose stream lists all; `free`, `unlisted`: one
 * table, which marks the hidden object free, or does not list it, and a stream with the hidden object alone.
 */
export type HybridForm = 'word' | 'free' | 'unlisted'

/** What is to be otherwise. */
export interface HybridChanges {
  /** Rows of the stream, replacing those of these numbers, or added: type, second and third field. */
  readonly rows?: Readonly<Record<number, readonly [number, number, number]>>
  /** Members added to the stream's dictionary. */
  readonly members?: string
  /** In place of the offset of the stream, which is given. */
  readonly target?: (offset: number) => number
  /** Members added to the trailer that names the stream. */
  readonly trailer?: string
  /** Stands between the two sections of `word`. */
  readonly between?: string
}

const HIDDEN = 6
const LISTED_SIZE = 8

/** Writes a file of one page. */
export function writeHybridPdf(form: HybridForm, changes: HybridChanges = {}): Uint8Array {
  const head = `${HIDDEN} 0 `
  const packed = streamOf(`${head}[4 0 R]`, ` /Type /ObjStm /N 1 /First ${head.length}`)
  const page = PAGE.replace('4 0 R', `${HIDDEN} 0 R`)
  let text = '%PDF-1.5\n%\xe6\xa0\xb7\xe4\n'
  const offsets = new Map<number, number>()
  const add = (number: number, object: string): void => {
    offsets.set(number, text.length)
    text += `${number} 0 obj\n${object}\nendobj\n`
  }
  for (const [index, object] of [CATALOG, PAGES, page, CONTENT, packed].entries()) {
    add(index + 1, object)
  }
  const own = new Map<number, readonly [number, number, number]>([[HIDDEN, [2, 5, 0]]])
  if (form === 'word') {
    own.set(0, [0, 0, 255])
    for (const [number, offset] of offsets) own.set(number, [1, offset, 0])
  }
  for (const [number, row] of Object.entries(changes.rows ?? {})) own.set(Number(number), row)
  const stream = text.length
  add(7, xrefStream(own, changes.members ?? ''))
  const xrefStm = changes.target?.(stream) ?? stream
  const named = ` /XRefStm ${xrefStm}${changes.trailer ?? ''}`
  const first = text.length
  text += tableOf(form, offsets)
  if (form !== 'word') return fromLatin1(`${text}${trailerOf(named)}startxref\n${first}\n%%EOF\n`)
  text += `${trailerOf('')}startxref\n${first}\n%%EOF\n${changes.between ?? ''}`
  const second = text.length
  text += `xref\n0 0\n${trailerOf(` /Prev ${first}${named}`)}`
  return fromLatin1(`${text}startxref\n${second}\n%%EOF\n`)
}

function tableOf(form: HybridForm, offsets: ReadonlyMap<number, number>): string {
  const row = (number: number): string => {
    const offset = offsets.get(number)
    if (offset === undefined) return '0000000000 65535 f \n'
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  const rows = (first: number, count: number): string =>
    Array.from({ length: count }, (_, index) => row(first + index)).join('')
  if (form !== 'unlisted') return `xref\n0 ${LISTED_SIZE}\n${rows(0, LISTED_SIZE)}`
  return `xref\n0 ${HIDDEN}\n${rows(0, HIDDEN)}7 1\n${rows(7, 1)}`
}

function trailerOf(members: string): string {
  return `trailer\n<< /Size ${LISTED_SIZE} /Root 1 0 R${members} >>\n`
}

function xrefStream(
  entries: ReadonlyMap<number, readonly [number, number, number]>,
  members: string,
): string {
  const numbers = [...entries.keys()].sort((a, b) => a - b)
  const index = numbers.map((number) => `${number} 1`).join(' ')
  const rows = numbers.map((number) => {
    const [type, second, third] = entries.get(number) ?? [0, 0, 0]
    return String.fromCharCode(type, second >> 8, second & 0xff, third)
  })
  const own = ` /Type /XRef /Size ${LISTED_SIZE} /W [1 2 1] /Index [${index}] /Root 1 0 R${members}`
  return streamOf(rows.join(''), own)
}
