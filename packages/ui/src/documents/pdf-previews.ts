/** Pictures of the pages of a sealed PDF, drawn one after the other by the PDF worker, which is ended with the view. */

import { type DrawnRect, MAX_PDF_BYTES, type PageRect } from '../pdf-protocol.ts'
import { type PdfWorker, startPdfWorker } from '../pdf-worker-client.ts'

/** A drawn page. */
export interface PagePreview {
  readonly bitmap: ImageBitmap
  /** Where the rectangles that were asked for stand on it. */
  readonly rects: readonly DrawnRect[]
}

/** The pages of one file. */
export interface PdfPreviews {
  readonly pages: number
  /** Draws a page, from 0; nothing when it cannot be drawn. */
  draw(page: number, rects: readonly PageRect[]): Promise<PagePreview | undefined>
  end(): void
}

/** Longest side in pixels: sharp at the size at which it is shown, and 6 MB. */
const SIDE = 1400

/** Opens a file; nothing when it is larger than 20 MiB or the worker cannot read it. */
export async function openPreviews(file: Blob): Promise<PdfPreviews | undefined> {
  if (file.size > MAX_PDF_BYTES) return undefined
  const bytes = new Uint8Array(await file.arrayBuffer())
  const worker = startPdfWorker()
  const opened = await worker.ask({ kind: 'open', bytes }, [bytes.buffer]).catch(() => undefined)
  if (opened?.kind !== 'opened') {
    worker.end()
    return undefined
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    pages: opened.pages,
    draw(page, rects) {
      const drawn = last.then(() => drawPage(worker, page, rects))
      last = drawn
      return drawn
    },
    end: worker.end,
  }
}

async function drawPage(
  worker: PdfWorker,
  page: number,
  rects: readonly PageRect[],
): Promise<PagePreview | undefined> {
  const request = { kind: 'preview', page: page + 1, side: SIDE, rects } as const
  const answer = await worker.ask(request).catch(() => undefined)
  if (answer?.kind === 'too-slow') worker.end()
  return answer?.kind === 'previewed' ? answer : undefined
}
