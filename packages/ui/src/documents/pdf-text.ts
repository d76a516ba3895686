/** The text of the pages of a PDF that carries a licence, read by the PDF worker, which is ended when it takes too long. */

import { MAX_PDF_BYTES, MAX_PDF_PAGES } from '../pdf-protocol.ts'
import { type PdfWorker, startPdfWorker, troubleOf } from '../pdf-worker-client.ts'

/** For the whole file. */
const MAX_MS = 20_000

/** Gives the text of each page. Rejects for a file that is too large, too long, too slow, or that the worker cannot read. */
export async function readPdfText(pdf: Uint8Array): Promise<readonly string[]> {
  if (pdf.length > MAX_PDF_BYTES) throw new Error('pdf-too-large')
  const worker = startPdfWorker(AbortSignal.timeout(MAX_MS))
  try {
    const opened = await worker.ask({ kind: 'open', file: new Blob([new Uint8Array(pdf)]) })
    if (opened.kind !== 'opened') throw new Error(troubleOf(opened))
    if (opened.pages > MAX_PDF_PAGES) throw new Error('pdf-too-many-pages')
    return await readPages(worker, opened.pages)
  } finally {
    worker.end()
  }
}

async function readPages({ ask }: PdfWorker, count: number): Promise<readonly string[]> {
  const pages: string[] = []
  for (let page = 1; page <= count; page += 1) {
    const read = await ask({ kind: 'text', page })
    if (read.kind !== 'text') throw new Error(troubleOf(read))
    pages.push(read.text)
  }
  return pages
}
