/** Reading PDF, for the faces that do: an entry of its own, so that others do not carry its worker. */

export { readPdf } from './pdf-reader.ts'
export { PDF_WORKER_URL } from './pdf-worker-url.ts'
