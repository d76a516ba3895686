/**
 * Version 1 of the writer of seals' updates. Updates that it made are verified by making them again, so what it and the files
 * it leans on write is never changed, not by a byte; another writer has another version.
 */
import { fault, utf8Encode } from '@onetrip/codec'
import { ByteWriter } from './byte-writer.ts'
import { isSpace } from './lexer.ts'
import { sizeOf } from './objects.ts'
import { lastRevision, type Pdf } from './open-pdf.ts'
import { findPage, type PdfPage, type PdfRect } from './page-tree.ts'
import { MAX_PDF_BYTES } from './pdf-limits.ts'
import { type PdfRef, refOf } from './pdf-value.ts'
import type { SealUpdate, SealUpdateInput, WholeSealUpdateInput } from './seal-update.ts'
import { signatureMembers, updateNumbers, updateObjects } from './update-objects.ts'
import { writeUpdateXref } from './update-xref.ts'
import { writeValue } from './write-value.ts'

const OFFSET_DIGITS = 10
const RANGE_TEXT = `[0 ${' '.repeat(3 * OFFSET_DIGITS + 2)}]`

/** Writes the update up to its signature. Throws as `buildSealUpdate`. */
export function writeVersionOne(input: WholeSealUpdateInput): SealUpdate {
  const { pdf } = input
  const size = sizeOf(pdf)
  assertEnd(pdf)
  const page = findPage(pdf, input.page)
  const rect = rectOf(page, input)
  const numbers = updateNumbers(size)
  const writer = new ByteWriter()
  const baseLength = pdf.bytes.length
  const offsets = new Map<PdfRef, number>()
  const begin = (ref: PdfRef): void => {
    offsets.set(ref, baseLength + writer.length)
    writer.text(`${ref.number} ${ref.generation} obj\n`)
  }
  writer.text('\n')
  for (const { ref, dict, bytes } of updateObjects({ input, page, rect, numbers })) {
    begin(ref)
    writer.text(writeValue(dict))
    if (bytes !== undefined) {
      writer.text('\nstream\n')
      writer.bytes(bytes)
      writer.text('\nendstream')
    }
    writer.text('\nendobj\n')
  }
  begin(refOf(numbers.signature))
  const places = writeSignature(writer, input)
  writeUpdateXref({ writer, pdf, offsets, size, attachment: input.attachment })
  if (baseLength + writer.length > MAX_PDF_BYTES) throw fault('pdf/too-large')
  return { rect, ...finish(writer, pdf.bytes, places) }
}

/** Only white space may stand behind the last `%%EOF`. */
function assertEnd(pdf: Pdf): void {
  const { end } = lastRevision(pdf)
  if (!pdf.bytes.subarray(end).every(isSpace)) throw fault('pdf/trailing-bytes')
}

function rectOf(page: PdfPage, { place, appearance }: SealUpdateInput): PdfRect {
  const isOnSide = page.rotate === 90 || page.rotate === 270
  const { width, height } = appearance
  const rect = {
    left: rounded(place.left),
    bottom: rounded(place.bottom),
    right: rounded(rounded(place.left) + (isOnSide ? height : width)),
    top: rounded(rounded(place.bottom) + (isOnSide ? width : height)),
  }
  const { box } = page
  const isWithin =
    rect.left >= box.left &&
    rect.bottom >= box.bottom &&
    rect.right <= box.right &&
    rect.top <= box.top
  if (!isWithin) throw fault('pdf/place')
  return rect
}

function rounded(points: number): number {
  return Math.round(points * 1000) / 1000 + 0
}

interface SignaturePlaces {
  /** Of the text in square brackets. */
  readonly range: number
  /** Of the first digit. */
  readonly digits: number
  readonly digitsEnd: number
}

function writeSignature(writer: ByteWriter, input: WholeSealUpdateInput): SignaturePlaces {
  const members = writeValue(signatureMembers(input))
  writer.text(`${members.slice(0, -'>>'.length)}/ByteRange `)
  const range = writer.length
  writer.text(`${RANGE_TEXT} /Contents <`)
  const digits = writer.length
  const digitCount = 2 * input.contentsBytes
  writer.text('0'.repeat(digitCount))
  writer.text('> >>\nendobj\n')
  return { range, digits, digitsEnd: digits + digitCount }
}

function finish(
  writer: ByteWriter,
  base: Uint8Array,
  places: SignaturePlaces,
): Omit<SealUpdate, 'rect'> {
  const { range, digits, digitsEnd } = places
  const bytes = writer.finish()
  const baseLength = base.length
  // What is not signed are the digits and their angle brackets (§12.8.1).
  const [first, second] = [digits - 1, digitsEnd + 1]
  const byteRange = [0, baseLength + first, baseLength + second, bytes.length - second] as const
  const text = byteRange.join(' ').padEnd(RANGE_TEXT.length - 2)
  bytes.set(utf8Encode(text), range + 1)
  return {
    baseLength,
    bytes,
    byteRange,
    toBeDigested: [base, bytes.subarray(0, first), bytes.subarray(second)],
    contents: { start: digits, end: digitsEnd },
  }
}
