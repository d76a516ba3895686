/**
 * Reads what was appended to a PDF, and says of each update whether it is a seal's: one that our writer makes, byte for
 * byte, of the file before it and the parameters that stand in it. Signatures are not verified here.
 */
import { equalBytes, Fault, fault } from '@onetrip/codec'
import { derLength } from './der-length.ts'
import type { PdfFinding, PdfFindingCode } from './findings.ts'
import { surveyLayout } from './layout.ts'
import { isSpace } from './lexer.ts'
import { sizeOf } from './objects.ts'
import { olderPdf, openPdf, type Pdf } from './open-pdf.ts'
import type { PdfRect } from './page-tree.ts'
import { MAX_SEALS } from './pdf-limits.ts'
import {
  looksSealed,
  readByteRange,
  readContents,
  readSealParameters,
  updateStart,
} from './seal-parameters.ts'
import {
  buildSealUpdate,
  isSealUpdateInput,
  type SealUpdateInput,
  withSignature,
} from './seal-update.ts'
import { countOtherSignatures } from './signature-fields.ts'
import { updateNumbers } from './update-objects.ts'

/** An update that our writer makes. */
export interface SealedUpdate extends Omit<SealUpdateInput, 'pdf' | 'contentsBytes' | 'writer'> {
  readonly kind: 'seal'
  /** Length of what was sealed: the impression covers the bytes before. */
  readonly start: number
  /** Behind its last byte: the signature covers everything before, but its own digits. */
  readonly end: number
  /** Where the seal stands on its page, in points of the page's own space. */
  readonly rect: PdfRect
  readonly byteRange: readonly [number, number, number, number]
  /** What the signature covers, to be hashed one after the other: views of the file. */
  readonly toBeDigested: readonly Uint8Array[]
  /** The signature as it stands, not parsed. */
  readonly cms: Uint8Array
}

/** Another update. */
export interface OtherUpdate {
  readonly kind: 'other'
  readonly start: number
  readonly end: number
  readonly code: Extract<
    PdfFindingCode,
    'pdf/other-revision' | 'pdf/update-differs' | 'pdf/byte-range' | 'pdf/newer-writer'
  >
}

/** A PDF, as it was saved again and again. */
export interface SealedPdf {
  /** The file, opened. */
  readonly file: Pdf
  /** Length of the first revision. */
  readonly firstRevisionBytes: number
  /** What was appended to it, oldest first. */
  readonly updates: readonly (SealedUpdate | OtherUpdate)[]
  /** Those of updates first, then what stands behind them, in the file, and in its form. */
  readonly findings: readonly PdfFinding[]
}

/**
 * Reads a file. Throws `pdf/too-large`, `pdf/format`, `pdf/encrypted`, `pdf/xref`, `pdf/limit` for one that is not read at
 * all; what is only unusual is a finding.
 */
export function readSealedPdf(bytes: Uint8Array): SealedPdf {
  return inspect(openPdf(bytes))
}

/**
 * Opens a file that is about to be sealed. Throws what {@link readSealedPdf} throws, and the code of its first finding, as
 * nobody should put a seal on what a verifier would complain about; `pdf/limit` when it has sixteen seals.
 */
export function openForSealing(bytes: Uint8Array): Pdf {
  const pdf = openPdf(bytes)
  const { findings, updates } = inspect(pdf)
  const [finding] = findings
  if (finding !== undefined) throw fault(finding.code)
  if (updates.length >= MAX_SEALS) throw fault('pdf/limit')
  return pdf
}

function inspect(pdf: Pdf): SealedPdf {
  const layout = surveyLayout(pdf)
  const updates: (SealedUpdate | OtherUpdate)[] = []
  while (updates.length < pdf.revisions.length - 1) updates.push(readUpdate(pdf, updates))
  const others = updates.flatMap((update) =>
    update.kind === 'other' ? [{ code: update.code, at: update.start }] : [],
  )
  const findings = [
    ...others,
    ...trailingBytes(pdf, updates),
    ...layout,
    ...otherSignatures(pdf, updates),
  ]
  return {
    file: pdf,
    firstRevisionBytes: pdf.revisions[0]?.end ?? 0,
    updates,
    findings,
  }
}

/** The update that follows these. */
function readUpdate(pdf: Pdf, earlier: SealedPdf['updates']): SealedUpdate | OtherUpdate {
  const revisionCount = earlier.length + 2
  const [before, revision] = pdf.revisions.slice(revisionCount - 2, revisionCount)
  if (before === undefined || revision === undefined) throw new TypeError('no such update')
  // Ours ends with a line feed.
  const end = Math.min(revision.end + 1, pdf.bytes.length)
  const whole = olderPdf(pdf, revisionCount, end)
  const start = updateStart(whole) ?? 0
  const other = { kind: 'other', start: earlier.at(-1)?.end ?? before.end, end } as const
  if (start < before.end || start >= end) return { ...other, code: 'pdf/other-revision' }
  const base = olderPdf(pdf, revisionCount - 1, start)
  try {
    if (!looksSealed(whole, base)) return { ...other, code: 'pdf/other-revision' }
    if (earlier.filter(isLikeSeal).length >= MAX_SEALS) throw fault('pdf/limit')
    return rebuild(whole, base) ?? { ...other, code: codeOfDifference(whole, base) }
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'pdf/limit') throw error
    return { ...other, code: error.code === 'pdf/newer-writer' ? error.code : 'pdf/update-differs' }
  }
}

function isLikeSeal(update: SealedUpdate | OtherUpdate): boolean {
  return update.kind === 'seal' || update.code !== 'pdf/other-revision'
}

/** The update, when making it again gives the same bytes. */
function rebuild(whole: Pdf, base: Pdf): SealedUpdate | undefined {
  const input = readSealParameters(whole, base)
  if (!isSealUpdateInput(input)) return undefined
  const built = buildSealUpdate(input)
  const contents = readContents(whole, base)
  const cms = contents.subarray(0, derLength(contents))
  const { bytes } = whole
  const [start, end] = [built.baseLength, bytes.length]
  // The room behind the signature has to be empty, and its digits written in the one way.
  if (!equalBytes(withSignature(built, cms), bytes.subarray(start))) return undefined
  const { pdf: _base, contentsBytes: _room, writer: _version, ...parameters } = input
  const { byteRange, rect } = built
  const toBeDigested = [
    bytes.subarray(0, byteRange[1]),
    bytes.subarray(byteRange[2], byteRange[2] + byteRange[3]),
  ]
  return { kind: 'seal', ...parameters, start, end, rect, byteRange, toBeDigested, cms }
}

function codeOfDifference(whole: Pdf, base: Pdf): OtherUpdate['code'] {
  const [, first = 0, second = 0, length = 0] = readByteRange(whole, base)
  const isWhole = second + length === whole.bytes.length && first < second
  return isWhole ? 'pdf/update-differs' : 'pdf/byte-range'
}

/** Every seal ends where the next update begins, or the file; behind another revision only white space may stand. */
function trailingBytes(pdf: Pdf, updates: SealedPdf['updates']): readonly PdfFinding[] {
  const { bytes, revisions } = pdf
  const ends = revisions.map((revision, index) => {
    const update = updates[index - 1]
    const next = updates[index]?.start ?? bytes.length
    if (update?.kind === 'seal') return next === update.end ? undefined : update.end
    return bytes.subarray(revision.end, next).every(isSpace) ? undefined : revision.end
  })
  return ends.flatMap((at) => (at === undefined ? [] : [{ code: 'pdf/trailing-bytes', at }]))
}

function otherSignatures(pdf: Pdf, updates: SealedPdf['updates']): readonly PdfFinding[] {
  const own = updates.flatMap((update, index) => {
    if (update.kind !== 'seal') return []
    return [updateNumbers(sizeOf(olderPdf(pdf, index + 1, update.start))).field]
  })
  const count = countOtherSignatures(pdf, new Set(own))
  return count === 0 ? [] : [{ code: 'pdf/foreign-signature', at: 0 }]
}
