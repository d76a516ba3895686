/** Where the PDF worker is; a face that reads PDF names it to the Trusted Types policy at its start. */

import pdfWorkerUrl from './pdf-worker.ts?worker&url'

/** The module worker that draws the pages of a PDF. */
export const PDF_WORKER_URL: string = pdfWorkerUrl
