/** Opens a PDF for its text, in a process. The only user of pdfjs-dist on the server: nothing is drawn, run or fetched. */
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Opens a file; rejects for one that cannot be read. */
export function openPages(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({
    data: bytes,
    disableFontFace: true,
    enableXfa: false,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  }).promise
}
