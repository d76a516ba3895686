/** What a PDF from outside must not bring along: scripts, actions that run or send something, and files inside (ISO 32000-2 §7.11.4, §12.6.4). */
import { isActiveContent } from './active-content.ts'
import { isObjectStream } from './object-stream.ts'
import { packedObjects, readPlain } from './objects.ts'
import { olderPdf, type Pdf } from './open-pdf.ts'
import { isDict, isList, isName, isStream, type PdfDict, type PdfObject } from './pdf-value.ts'

/** Actions that send what was filled in, and annotations that hold or play something. */
const SENDING_ACTIONS: ReadonlySet<string> = new Set(['SubmitForm', 'GoTo3DView', 'Movie', 'Sound'])
const HOLDING_SUBTYPES: ReadonlySet<string> = new Set([
  '3D',
  'FileAttachment',
  'Movie',
  'RichMedia',
  'Screen',
  'Sound',
])

/**
 * Whether any object of any revision is active or holds a file. Throws `pdf/format`, `pdf/limit`, `pdf/xref` for one that cannot be
 * read.
 */
export function hasUnsafeContent(pdf: Pdf): boolean {
  return pdf.revisions.some((revision, index) => {
    const then = olderPdf(pdf, index + 1, revision.end)
    return revision.sections.some(({ entries }) =>
      [...entries].some(([number, entry]) => {
        if (entry.kind !== 'plain') return false
        const { start, object } = readPlain(then, { ...entry, number })
        if (isUnsafe(object)) return true
        if (!isStream(object) || !isObjectStream(object)) return false
        return packedObjects(then, start, object).some(({ value }) => isUnsafe(value))
      }),
    )
  })
}

function isUnsafe(object: PdfObject): boolean {
  if (isActiveContent(object)) return true
  const dict = isStream(object) ? object.dict : object
  if (isList(dict)) return dict.some(isUnsafe)
  if (!isDict(dict)) return false
  return holdsFile(dict) || [...dict.values()].some(isUnsafe)
}

function holdsFile(dict: PdfDict): boolean {
  const [type, subtype, action] = [dict.get('Type'), dict.get('Subtype'), dict.get('S')]
  return (
    dict.has('EF') ||
    dict.has('EmbeddedFiles') ||
    (isName(type) && type.text === 'EmbeddedFile') ||
    (isName(subtype) && HOLDING_SUBTYPES.has(subtype.text)) ||
    (isName(action) && SENDING_ACTIONS.has(action.text))
  )
}
