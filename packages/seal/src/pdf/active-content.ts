/** What makes a PDF show something else than its bytes say: scripts, actions, forms of XFA, and foreign files (ISO 32000-2 §12.6.4). */
import { isDict, isName, isStream, type PdfObject } from './pdf-value.ts'

/** Actions that run something, or change what is shown. */
const ACTIVE_ACTIONS: ReadonlySet<string> = new Set([
  'GoToE',
  'Hide',
  'ImportData',
  'JavaScript',
  'Launch',
  'Rendition',
  'RichMediaExecute',
  'SetOCGState',
])

/** Whether an object itself, what is inside aside, is active. */
export function isActiveContent(object: PdfObject): boolean {
  if (isStream(object)) {
    // A reference XObject shows a page of another file (§8.10.4).
    return isName(object.dict.get('Subtype'), 'Form') && object.dict.has('Ref')
  }
  if (!isDict(object)) return false
  if (object.has('JS') || object.has('XFA')) return true
  const action = object.get('S')
  return isName(action) && ACTIVE_ACTIONS.has(action.text)
}
