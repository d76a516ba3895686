/** Checking sealed files: an entry of its own, loaded when it is first wanted. */

export { readLoneSeal } from './document-files.ts'
export { DocumentIntake, type DocumentIntakeProps } from './document-intake.tsx'
export {
  createDocumentSession,
  type DocumentSession,
  type DocumentState,
  type DocumentTrouble,
  type SessionOptions,
  type ShownDocument,
} from './document-session.ts'
export { DocumentView, type DocumentViewProps } from './document-view.tsx'
export { type DocumentMessage, td } from './document-words.ts'
export {
  openPreviews,
  type PagePreview,
  type PdfPreviews,
  type PreviewTrouble,
} from './pdf-previews.ts'
