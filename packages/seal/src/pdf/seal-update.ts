/**
 * Seals a PDF by one incremental update (ISO 32000-2 §7.5.6, §12.8.1): what is appended holds the seal's appearance, our
 * `.seal` and a place for a PAdES signature over everything else. The same base and the same parameters give the same
 * bytes, nothing is compressed, and so a verifier makes the update again and compares.
 */
import { fault, toHex, utf8Encode } from '@onetrip/codec'
import { isPlainText } from '@onetrip/credential'
import type { SealAppearance } from './appearance.ts'
import { ByteWriter } from './byte-writer.ts'
import { isSpace } from './lexer.ts'
import { lastRevision, type Pdf } from './open-pdf.ts'
import { findPage, type PdfPage, type PdfRect } from './page-tree.ts'
import { MAX_OBJECTS, MAX_PDF_BYTES } from './pdf-limits.ts'
import { type PdfRef, refOf } from './pdf-value.ts'
import { signatureMembers, updateNumbers, updateObjects } from './update-objects.ts'
import { writeUpdateXref } from './update-xref.ts'
import { writeValue } from './write-value.ts'

/** What a seal is set with. */
export interface SealUpdateInput {
  /** The file as it is sealed; all of its bytes are covered. */
  readonly pdf: Pdf
  /** From 0. */
  readonly page: number
  /** Left lower corner of the seal in points of the page's own space, before it is turned; to three decimals. */
  readonly place: { readonly left: number; readonly bottom: number }
  readonly appearance: SealAppearance
  /** The `.seal` of the file. */
  readonly attachment: Uint8Array
  /** 1 to 200 characters of plain text without `/` and `\`. */
  readonly attachmentName: string
  /** Unix seconds. */
  readonly signedAt: number
  /** Who seals: 1 to 200 characters of plain text, as `reason` and `location`. */
  readonly signerName: string
  /** What for. */
  readonly reason: string
  readonly location?: string
  /** Bytes kept for the CMS signature, 1 to 32,768; default 4,096. */
  readonly contentsBytes?: number
}

/** An update whose signature is to come. */
export interface SealUpdate {
  /** Length of what was sealed, behind which `bytes` are to stand. */
  readonly baseLength: number
  readonly bytes: Uint8Array
  /** Where the seal stands on its page. */
  readonly rect: PdfRect
  /** Offset and length, twice, in the whole file. */
  readonly byteRange: readonly [number, number, number, number]
  /** What is signed: views of the base and of `bytes`, to be hashed one after the other. */
  readonly toBeDigested: readonly Uint8Array[]
  /** Where the digits of the signature stand in `bytes`. */
  readonly contents: { readonly start: number; readonly end: number }
}

/** Default of `contentsBytes`: two certificates and a signature take about 1,600. */
export const DEFAULT_CONTENTS_BYTES = 4096

const MAX_CONTENTS_BYTES = 32_768
const MAX_TEXT_CHARACTERS = 200
const OFFSET_DIGITS = 10
const RANGE_TEXT = `[0 ${' '.repeat(3 * OFFSET_DIGITS + 2)}]`

/**
 * Makes the update up to its signature. `TypeError` for parameters that no seal is set with ({@link isSealUpdateInput}).
 * Throws `pdf/page` (no such page), `pdf/place` (not within what the page shows), `pdf/trailing-bytes` (something behind
 * the end of the base), `pdf/too-large`, `pdf/format`, `pdf/xref`, `pdf/limit`.
 */
export function buildSealUpdate(input: SealUpdateInput): SealUpdate {
  if (!isSealUpdateInput(input)) throw new TypeError('no seal is set like that')
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

/** The update with its signature, in a fresh array. `TypeError` for a signature that has no room. */
export function withSignature({ bytes, contents }: SealUpdate, cms: Uint8Array): Uint8Array {
  const digits = utf8Encode(toHex(cms).toUpperCase())
  if (digits.length > contents.end - contents.start)
    throw new TypeError('no room for the signature')
  const signed = bytes.slice()
  signed.set(digits, contents.start)
  return signed
}

/** Whether a seal may be set with these parameters, whatever the base is. */
export function isSealUpdateInput(input: SealUpdateInput): boolean {
  const { place, appearance, attachmentName, signedAt, signerName, reason, location } = input
  const contentsBytes = input.contentsBytes ?? DEFAULT_CONTENTS_BYTES
  const lengths = [place.left, place.bottom, appearance.width, appearance.height]
  return (
    isText(attachmentName) &&
    !/[/\\]/.test(attachmentName) &&
    isText(signerName) &&
    isText(reason) &&
    (location === undefined || isText(location)) &&
    Number.isSafeInteger(input.page) &&
    input.page >= 0 &&
    Number.isSafeInteger(signedAt) &&
    signedAt >= 0 &&
    lengths.every((length) => Number.isFinite(length) && Math.abs(length) < 1e6) &&
    appearance.width > 0 &&
    appearance.height > 0 &&
    Number.isSafeInteger(contentsBytes) &&
    contentsBytes > 0 &&
    contentsBytes <= MAX_CONTENTS_BYTES
  )
}

/** One more than the largest object number, by all sections of a file. Throws `pdf/limit` when none is left. */
export function sizeOf({ revisions }: Pdf): number {
  const size = Math.max(
    ...revisions.flatMap(({ sections }) => sections.map((section) => section.size)),
  )
  // Seven objects and a cross-reference stream.
  if (size + 8 > MAX_OBJECTS) throw fault('pdf/limit')
  return size
}

function isText(text: string): boolean {
  const length = Array.from(text).length
  return length > 0 && length <= MAX_TEXT_CHARACTERS && isPlainText(text)
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

function writeSignature(writer: ByteWriter, input: SealUpdateInput): SignaturePlaces {
  const members = writeValue(signatureMembers(input))
  writer.text(`${members.slice(0, -'>>'.length)}/ByteRange `)
  const range = writer.length
  writer.text(`${RANGE_TEXT} /Contents <`)
  const digits = writer.length
  const digitCount = 2 * (input.contentsBytes ?? DEFAULT_CONTENTS_BYTES)
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
