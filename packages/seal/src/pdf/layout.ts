/**
 * Accounts for every byte of a PDF: each belongs to an object that a cross-reference lists, to a cross-reference section, to
 * white space or to a comment. What is prepared for an attack on a signed file (objects that only a later update brings to
 * light: "Shadow Attacks", NDSS 2021) stands where nothing lists it, or is referred to before it is there.
 */
import { fault } from '@onetrip/codec'
import { isActiveContent } from './active-content.ts'
import type { PdfFinding, PdfFindingCode } from './findings.ts'
import { isSpace, latin1 } from './lexer.ts'
import { isObjectStream } from './object-stream.ts'
import { packedObjects, readPlain, sizeOf } from './objects.ts'
import { olderPdf, type Pdf, type Revision } from './open-pdf.ts'
import { MAX_COMMENT_BYTES } from './pdf-limits.ts'
import { isDict, isList, isRef, isStream, type PdfObject } from './pdf-value.ts'

/** Findings of one file: more would say no more. */
const MAX_FINDINGS = 16
const PERCENT = 0x25
const OBJECT = /\d\s+obj/
const END_OF_LINE: ReadonlySet<number | undefined> = new Set([10, 13, undefined])

interface Range {
  readonly start: number
  readonly end: number
  readonly number?: number
}

interface Survey {
  readonly ranges: Map<number, Range>
  readonly findings: PdfFinding[]
}

/**
 * Reads all objects of all revisions. Throws `pdf/xref` for objects that overlap, and `pdf/format` or `pdf/limit` for one that
 * cannot be read; gives `pdf/shadow-object`, `pdf/dangling-reference` and `pdf/active-content`, at most sixteen in all.
 */
export function surveyLayout(pdf: Pdf): readonly PdfFinding[] {
  const survey: Survey = { ranges: new Map(), findings: [] }
  pdf.revisions.forEach((revision, index) => {
    surveyRevision(survey, olderPdf(pdf, index + 1, revision.end), revision)
  })
  surveyGaps(survey, pdf)
  return survey.findings
}

function surveyRevision(survey: Survey, pdf: Pdf, revision: Revision): void {
  const size = sizeOf(pdf)
  const places = revision.sections.flatMap((section) =>
    section.hidden === undefined ? section : [section, section.hidden],
  )
  const starts = new Set(places.map(({ start }) => start))
  for (const { start, end } of places) addRange(survey, { start, end })
  for (const { entries } of revision.sections) {
    for (const [number, entry] of entries) {
      if (entry.kind !== 'plain') continue
      const { start, end, object } = readPlain(pdf, { ...entry, number })
      // A cross-reference stream lists itself, or is listed by its table.
      if (!starts.has(start)) addRange(survey, { start, end, number })
      surveyObject({ survey, size, start }, object)
      if (isStream(object) && isObjectStream(object)) {
        surveyPacked({ survey, size, start, pdf, revision, container: number }, object)
      }
    }
  }
}

interface Place {
  readonly survey: Survey
  readonly size: number
  readonly start: number
}

function surveyPacked(
  place: Place & { readonly pdf: Pdf; readonly revision: Revision; readonly container: number },
  stream: PdfObject,
): void {
  const { survey, start, pdf, revision, container } = place
  packedObjects(pdf, start, stream).forEach(({ number, value }, index) => {
    const isListed = revision.sections.some(({ entries }) => {
      const entry = entries.get(number)
      return entry?.kind === 'packed' && entry.container === container && entry.index === index
    })
    if (!isListed) report(survey, 'pdf/shadow-object', start)
    surveyObject(place, value)
  })
}

function surveyObject(place: Place, object: PdfObject): void {
  const { survey, size, start } = place
  if (isRef(object)) {
    if (object.number >= size) report(survey, 'pdf/dangling-reference', start)
    return
  }
  if (isActiveContent(object)) report(survey, 'pdf/active-content', start)
  const dict = isStream(object) ? object.dict : object
  if (isDict(dict)) for (const value of dict.values()) surveyObject(place, value)
  else if (isList(dict)) for (const value of dict) surveyObject(place, value)
}

function addRange({ ranges }: Survey, range: Range): void {
  const known = ranges.get(range.start)
  if (known !== undefined && known.number !== range.number) throw fault('pdf/xref')
  ranges.set(range.start, range)
}

function surveyGaps(survey: Survey, { bytes, revisions }: Pdf): void {
  const end = revisions.at(-1)?.end ?? 0
  const ranges = [...survey.ranges.values()].sort((a, b) => a.start - b.start)
  let at = 0
  for (const range of [...ranges, { start: end, end }]) {
    if (range.start < at) throw fault('pdf/xref')
    const found = firstForeignByte(bytes, at, range.start)
    if (found !== undefined) report(survey, 'pdf/shadow-object', found)
    at = range.end
  }
}

/** Where in a gap something else stands than white space and short comments that hold no object. */
function firstForeignByte(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at < end; at += 1) {
    if (isSpace(bytes[at])) continue
    if (bytes[at] !== PERCENT) return at
    const comment = at
    while (at < end && !END_OF_LINE.has(bytes[at])) at += 1
    if (at - comment > MAX_COMMENT_BYTES) return comment
    if (OBJECT.test(latin1(bytes.subarray(comment, at)))) return comment
  }
  return undefined
}

function report({ findings }: Survey, code: PdfFindingCode, at: number): void {
  if (findings.length < MAX_FINDINGS) findings.push({ code, at })
}
