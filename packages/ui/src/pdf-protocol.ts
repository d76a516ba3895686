/** What page and PDF worker say to each other, and how much a PDF may ask of them. */

/** Larger files are not opened; a scanned page of A4 in colour has about 1 MB. */
export const MAX_PDF_BYTES = 20_971_520
/** Pages looked at; of a longer file the first ones. */
export const MAX_PDF_PAGES = 50
/** Longest side of a drawn page in pixels: A4 at 300 dots per inch. */
export const MAX_PAGE_SIDE = 3508

/** Why a PDF, or a page of it, could not be read. */
export type PdfTrouble = 'pdf-encrypted' | 'pdf-broken'

/** Page to worker: first the file's bytes (transferred), then the number of a page, from 1. */
export type PdfRequest =
  | { readonly kind: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'page'; readonly page: number }

/** Worker to page: one answer to each request. A drawn page is transferred. */
export type PdfAnswer =
  | { readonly kind: 'opened'; readonly pages: number }
  | { readonly kind: 'drawn'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'trouble'; readonly trouble: PdfTrouble }

/** Tells our answers from what pdf.js sends over the same channel. */
export function isPdfAnswer(data: unknown): data is PdfAnswer {
  return typeof data === 'object' && data !== null && 'kind' in data
}
