/** What page and PDF worker say to each other, and how much a PDF may ask of them. */

/** Larger files are not looked through for a code; a scanned page of A4 in colour has about 1 MB. */
export const MAX_PDF_BYTES = 20_971_520
/** Pages looked at; of a longer file the first ones. */
export const MAX_PDF_PAGES = 50
/** Characters of a page's text: more than a licence has, and as many as the verifier compares. */
export const MAX_PAGE_CHARACTERS: number = 2 ** 18
/** Longest side of a drawn page in pixels: A4 at 300 dots per inch. */
export const MAX_PAGE_SIDE = 3508

/** Why a PDF, or a page of it, could not be read. */
export type PdfTrouble = 'pdf-encrypted' | 'pdf-broken'

/** A rectangle on a page, in points of the page's own space. */
export interface PageRect {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** The same rectangle on the drawn page, in shares of its width and height from its upper left corner. */
export interface DrawnRect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Page to worker: first the file, then the number of a page, from 1. */
export type PdfRequest =
  | { readonly kind: 'open'; readonly file: Blob }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'text'; readonly page: number }
  /** A page as a person sees it, what stands on it by annotations included; `side` is its longest in pixels. */
  | {
      readonly kind: 'preview'
      readonly page: number
      readonly side: number
      readonly rects: readonly PageRect[]
    }

/** Worker to page: one answer to each request. A drawn page is transferred. */
export type PdfAnswer =
  | { readonly kind: 'opened'; readonly pages: number }
  | { readonly kind: 'drawn'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'previewed'
      readonly bitmap: ImageBitmap
      readonly rects: readonly DrawnRect[]
      /** Whether some text of the pages drawn so far could not be: its encoding is not one of ours. */
      readonly isTextMissing: boolean
    }
  | { readonly kind: 'trouble'; readonly trouble: PdfTrouble }

/** Tells our answers from what pdf.js sends over the same channel. */
export function isPdfAnswer(data: unknown): data is PdfAnswer {
  return typeof data === 'object' && data !== null && 'kind' in data
}
