/** Pictures of the pages of a sealed PDF, drawn one after the other by the PDF worker, which is ended with the view. */

import { MAX_PDF_BYTES } from '@onetrip/seal'
import type { DrawnRect, PageRect } from '../pdf-protocol.ts'
import { type PdfWorker, startPdfWorker, troubleOf } from '../pdf-worker-client.ts'

/** A drawn page. */
export interface PagePreview {
  readonly bitmap: ImageBitmap
  /** Where the rectangles that were asked for stand on it. */
  readonly rects: readonly DrawnRect[]
  /** Whether some text of the pages drawn so far is not on them. */
  readonly isTextMissing: boolean
}

/** The pages of one file. */
export interface PdfPreviews {
  readonly pages: number
  /** Draws a page, from 0; nothing when it cannot be drawn. */
  draw(page: number, rects: readonly PageRect[]): Promise<PagePreview | undefined>
  end(): void
}

/** Why there are no pictures: too large or too slow, under a password, in disorder, or no worker to draw them. */
export type PreviewTrouble = 'too-large' | 'encrypted' | 'broken' | 'unloaded'

/** Longest side in pixels: sharp at the size at which it is shown, and 6 MB. */
const SIDE = 1400

const TROUBLES: Readonly<Record<ReturnType<typeof troubleOf>, PreviewTrouble>> = {
  'pdf-too-large': 'too-large',
  'pdf-encrypted': 'encrypted',
  'pdf-broken': 'broken',
}

/** Opens a file that the verifier takes too; the worker reads what its pages need, and no whole copy. */
export async function openPreviews(file: Blob): Promise<PdfPreviews | PreviewTrouble> {
  if (file.size > MAX_PDF_BYTES) return 'too-large'
  const worker = startPdfWorker()
  const opened = await worker.ask({ kind: 'open', file }).catch(() => undefined)
  if (opened?.kind !== 'opened') {
    worker.end()
    return opened === undefined ? 'unloaded' : TROUBLES[troubleOf(opened)]
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
