/** Reads out of a seal's update the parameters that it was made with. */
import { fault } from '@onetrip/codec'
import { SAMPLES_NAME, type SealAppearance, type SealSamples } from './appearance.ts'
import { loadObject, resolve, sizeOf } from './objects.ts'
import { lastRevision, newestSection, type Pdf } from './open-pdf.ts'
import { findPage, parseRect } from './page-tree.ts'
import {
  dictIn,
  isDict,
  isList,
  isName,
  isRef,
  isStream,
  isString,
  naturalIn,
  type PdfDict,
  type PdfObject,
  type PdfStream,
  refOf,
} from './pdf-value.ts'
import { NEWEST_WRITER, type SealUpdateInput } from './seal-update.ts'
import { parseDateString, parseTextString } from './text-string.ts'
import { SUB_FILTER, type UpdateNumbers, updateNumbers, WRITER } from './update-objects.ts'

/** Where an update begins when our writer made it: one byte before its first object; nothing when no object stands in it. */
export function updateStart(pdf: Pdf): number | undefined {
  const { sections } = lastRevision(pdf)
  let first = Number.POSITIVE_INFINITY
  for (const { entries } of sections) {
    for (const entry of entries.values()) {
      if (entry.kind === 'plain') first = Math.min(first, entry.offset)
    }
  }
  return Number.isFinite(first) && first > 0 ? first - 1 : undefined
}

/** Whether the last revision has a signature where our writer puts one, and one of our kind. */
export function looksSealed(pdf: Pdf, base: Pdf): boolean {
  const { entries } = newestSection(lastRevision(pdf))
  const { field, signature } = updateNumbers(sizeOf(base))
  if (!entries.has(field) || !entries.has(signature)) return false
  const dict = loadObject(pdf, refOf(signature))
  return isDict(dict) && isName(dict.get('SubFilter'), SUB_FILTER)
}

/**
 * The parameters of the last revision's seal; `base` is the file before it. Throws `pdf/newer-writer` for a version of the
 * writer that is not here yet, `pdf/*` for what is not made like a seal.
 */
export function readSealParameters(pdf: Pdf, base: Pdf): SealUpdateInput {
  const numbers = updateNumbers(sizeOf(base))
  const load = (number: number): PdfObject => loadObject(pdf, refOf(number))
  const signature = dictIn(load(numbers.signature))
  const writer = readWriter(signature)
  const field = dictIn(load(numbers.field))
  const rect = parseRect(pdf, field.get('Rect') ?? null)
  const pageRef = field.get('P')
  const contents = signature.get('Contents')
  if (rect === undefined || !isRef(pageRef) || !isString(contents)) throw fault('pdf/format')
  const location = signature.get('Location')
  return {
    pdf: base,
    page: findPage(base, pageRef).index,
    place: { left: rect.left, bottom: rect.bottom },
    appearance: readAppearance(load, numbers),
    attachment: streamIn(load(numbers.file)).bytes,
    attachmentName: parseTextString(dictIn(load(numbers.fileSpecification)).get('UF')),
    signedAt: parseDateString(signature.get('M')),
    signerName: parseTextString(signature.get('Name')),
    reason: parseTextString(signature.get('Reason')),
    ...(location === undefined ? {} : { location: parseTextString(location) }),
    contentsBytes: contents.bytes.length,
    writer,
  }
}

/** The `ByteRange` of the last revision's seal. Throws `pdf/format`. */
export function readByteRange(pdf: Pdf, base: Pdf): readonly number[] {
  const { signature } = updateNumbers(sizeOf(base))
  const range = resolve(pdf, dictIn(loadObject(pdf, refOf(signature))).get('ByteRange'))
  if (!isList(range)) throw fault('pdf/format')
  return range.map(naturalIn)
}

/** The digits of the last revision's signature as bytes. Throws `pdf/format`. */
export function readContents(pdf: Pdf, base: Pdf): Uint8Array {
  const { signature } = updateNumbers(sizeOf(base))
  const contents = dictIn(loadObject(pdf, refOf(signature))).get('Contents')
  if (!isString(contents)) throw fault('pdf/format')
  return contents.bytes
}

function readWriter(signature: PdfDict): number {
  const properties = dictIn(signature.get(WRITER.properties))
  const version = naturalIn(dictIn(properties.get(WRITER.part)).get(WRITER.version))
  if (version > NEWEST_WRITER) throw fault('pdf/newer-writer')
  return version
}

function readAppearance(
  load: (number: number) => PdfObject,
  numbers: UpdateNumbers,
): SealAppearance {
  const { dict, bytes: content } = streamIn(load(numbers.appearance))
  const box = dict.get('BBox')
  const [, , width, height] = isList(box) ? box : []
  if (typeof width !== 'number' || typeof height !== 'number') throw fault('pdf/format')
  const size = { width, height, content }
  const pictures = dictIn(dict.get('Resources')).get('XObject')
  if (!isDict(pictures) || !pictures.has(SAMPLES_NAME)) return size
  return { ...size, samples: readSamples(load, numbers) }
}

function readSamples(load: (number: number) => PdfObject, numbers: UpdateNumbers): SealSamples {
  const { dict, bytes: rgb } = streamIn(load(numbers.samples))
  const number = (source: PdfDict, key: string): number => naturalIn(source.get(key))
  return {
    columns: number(dict, 'Width'),
    rows: number(dict, 'Height'),
    rgb,
    alpha: streamIn(load(numbers.softMask)).bytes,
  }
}

function streamIn(object: PdfObject): PdfStream {
  if (!isStream(object)) throw fault('pdf/format')
  return object
}
