/**
 * Seals a PDF by one incremental update (ISO 32000-2 §7.5.6, §12.8.1): what is appended holds the seal's appearance, our
 * `.seal` and a place for a PAdES signature over everything else. The same base and the same parameters give the same
 * bytes, nothing is compressed, and so a verifier makes the update again and compares; the writer's version is one of the
 * parameters.
 */
import { toHex, utf8Encode } from '@onetrip/codec'
import { isPlainText } from '@onetrip/credential'
import type { SealAppearance } from './appearance.ts'
import type { Pdf } from './open-pdf.ts'
import type { PdfRect } from './page-tree.ts'
import { writeVersionOne } from './writer-one.ts'

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
  /** Version of the writer; default {@link NEWEST_WRITER}. */
  readonly writer?: number
}

/** Parameters with every choice made. */
export type WholeSealUpdateInput = SealUpdateInput &
  Required<Pick<SealUpdateInput, 'contentsBytes' | 'writer'>>

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

/** The version of the writer that seals are set by. */
export const NEWEST_WRITER = 1

/** Default of `contentsBytes`: two certificates and a signature take about 1,600. */
export const DEFAULT_CONTENTS_BYTES = 4096

const MAX_CONTENTS_BYTES = 32_768
const MAX_TEXT_CHARACTERS = 200
/** Each version that ever sealed a file, for ever. */
const WRITERS: ReadonlyMap<number, (input: WholeSealUpdateInput) => SealUpdate> = new Map([
  [1, writeVersionOne],
])

/**
 * Makes the update up to its signature. `TypeError` for parameters that no seal is set with ({@link isSealUpdateInput}).
 * Throws `pdf/page` (no such page), `pdf/place` (not within what the page shows), `pdf/trailing-bytes` (something behind
 * the end of the base), `pdf/too-large`, `pdf/format`, `pdf/xref`, `pdf/limit`.
 */
export function buildSealUpdate(input: SealUpdateInput): SealUpdate {
  if (!isSealUpdateInput(input)) throw new TypeError('no seal is set like that')
  const { writer = NEWEST_WRITER, contentsBytes = DEFAULT_CONTENTS_BYTES } = input
  const write = WRITERS.get(writer)
  if (write === undefined) throw new TypeError('no writer has this version')
  return write({ ...input, writer, contentsBytes })
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
    contentsBytes <= MAX_CONTENTS_BYTES &&
    WRITERS.has(input.writer ?? NEWEST_WRITER)
  )
}

function isText(text: string): boolean {
  const length = Array.from(text).length
  return length > 0 && length <= MAX_TEXT_CHARACTERS && isPlainText(text)
}
