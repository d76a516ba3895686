/** The page's end of the PDF worker: pages are drawn and read one after the other until one has a code. */

import { MAX_PDF_BYTES, MAX_PDF_PAGES, type PdfTrouble } from './pdf-protocol.ts'
import { type PdfWorker, startPdfWorker, troubleOf } from './pdf-worker-client.ts'
import { type PickCode, readBitmap } from './scanner-client.ts'

/** How far the reading of a file is. */
export interface PdfProgress {
  /** The page being read, from 1. */
  readonly page: number
  /** How many will be read at most. */
  readonly pages: number
}

/** How to read a PDF. */
export interface PdfOptions {
  /** Chooses among the codes of a page; undefined goes on to the next page. */
  readonly pick: PickCode
  readonly onPage?: ((progress: PdfProgress) => void) | undefined
  /** Ends the reading, which then rejects. */
  readonly signal?: AbortSignal | undefined
}

/** The text of a code, or why there is none. */
export type PdfReading =
  | { readonly text: string }
  | { readonly trouble: PdfTrouble | 'pdf-too-large' | 'pdf-too-many-pages' | 'no-code' }

/**
 * Reads the first code of ours in a PDF of at most 20 MiB and 50 pages. Without one the first other
 * code is given, so that it can be said what it is. Rejects when cancelled or when the code reader
 * cannot start.
 */
export async function readPdf(file: Blob, options: PdfOptions): Promise<PdfReading> {
  if (file.size > MAX_PDF_BYTES) return { trouble: 'pdf-too-large' }
  const { ask, end } = startPdfWorker(options.signal)
  try {
    const opened = await ask({ kind: 'open', file })
    if (opened.kind !== 'opened') return { trouble: troubleOf(opened) }
    return await readPages({ ...options, ask, total: opened.pages })
  } finally {
    end()
  }
}

interface Pages extends PdfOptions, Pick<PdfWorker, 'ask'> {
  readonly total: number
}

async function readPages({ ask, total, pick, onPage, signal }: Pages): Promise<PdfReading> {
  const pages = Math.min(total, MAX_PDF_PAGES)
  let foreign: string | undefined
  let unread: PdfReading | undefined
  for (let page = 1; page <= pages; page++) {
    onPage?.({ page, pages })
    const drawn = await ask({ kind: 'page', page })
    if (drawn.kind === 'too-slow') return { trouble: 'pdf-too-large' }
    if (drawn.kind !== 'drawn') {
      // One page in disorder does not spoil the others.
      unread ??= { trouble: troubleOf(drawn) }
      continue
    }
    const texts = await readBitmap(drawn.bitmap)
    signal?.throwIfAborted()
    const text = pick(texts)
    if (text !== undefined) return { text }
    foreign ??= texts[0]
  }
  if (foreign !== undefined) return { text: foreign }
  return unread ?? { trouble: total > pages ? 'pdf-too-many-pages' : 'no-code' }
}
