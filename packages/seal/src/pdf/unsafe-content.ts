/** What a PDF from outside must not bring along: scripts, actions that run or send something, and files inside (ISO 32000-2 §7.11.4, §12.6.4). */
import { fault } from '@onetrip/codec'
import { isActiveContent } from './active-content.ts'
import { isObjectStream } from './object-stream.ts'
import { loadObject, packedObjects, readPlain, resolve } from './objects.ts'
import { olderPdf, type Pdf } from './open-pdf.ts'
import {
  isDict,
  isList,
  isName,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  refOf,
} from './pdf-value.ts'

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

/** By these a dictionary says what it is; readers follow a reference there. */
const SAYING_KEYS = ['Type', 'Subtype', 'S'] as const

/**
 * Whether any object of any revision is active or holds a file. Throws `pdf/format`, `pdf/limit`, `pdf/xref` for one that cannot be
 * read, as is one in a stream that does not say that it holds objects: readers open it all the same.
 */
export function hasUnsafeContent(pdf: Pdf): boolean {
  return pdf.revisions.some((revision, index) => {
    const then = olderPdf(pdf, index + 1, revision.end)
    return revision.sections.some(({ entries }) =>
      [...entries].some(([number, entry]) => {
        if (entry.kind === 'free') return false
        if (entry.kind === 'packed') return assertSaid(loadObject(then, refOf(entry.container)))
        const { start, object } = readPlain(then, { ...entry, number })
        if (isUnsafe(then, object)) return true
        if (!isStream(object) || !isObjectStream(object)) return false
        return packedObjects(then, start, object).some(({ value }) => isUnsafe(then, value))
      }),
    )
  })
}

/** What is in it was looked at with the stream; in one that does not say so it was not. */
function assertSaid(container: PdfObject): false {
  if (isStream(container) && !isObjectStream(container)) throw fault('pdf/xref')
  return false
}

function isUnsafe(pdf: Pdf, object: PdfObject): boolean {
  const said = withSaid(pdf, object)
  if (isActiveContent(said)) return true
  const dict = isStream(said) ? said.dict : said
  if (isList(dict)) return dict.some((item) => isUnsafe(pdf, item))
  if (!isDict(dict)) return false
  return holdsFile(dict) || [...dict.values()].some((value) => isUnsafe(pdf, value))
}

/** The object with what stands directly where it says what it is. */
function withSaid(pdf: Pdf, object: PdfObject): PdfObject {
  const dict = isStream(object) ? object.dict : object
  if (!isDict(dict)) return object
  const referred = SAYING_KEYS.filter((key) => isRef(dict.get(key)))
  if (referred.length === 0) return object
  const said = new Map(dict)
  for (const key of referred) {
    const value = resolve(pdf, dict.get(key))
    if (!isStream(value)) said.set(key, value)
  }
  return isStream(object) ? { ...object, dict: said } : said
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
