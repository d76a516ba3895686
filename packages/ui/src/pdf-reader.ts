/** The page's end of the PDF worker: pages are drawn and read one after the other until one has a code. */

import {
  isPdfAnswer,
  MAX_PDF_BYTES,
  MAX_PDF_PAGES,
  type PdfAnswer,
  type PdfRequest,
  type PdfTrouble,
} from './pdf-protocol.ts'
import { PDF_WORKER_URL } from './pdf-worker-url.ts'
import { type PickCode, readBitmap } from './scanner-client.ts'
import { trustedScriptUrl } from './trusted-urls.ts'

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

/** Opening or drawing that takes longer is taken for hostile, and the worker is ended. */
const STEP_MS = 30_000

/**
 * Reads the first code of ours in a PDF of at most 20 MiB and 50 pages. Without one the first other
 * code is given, so that it can be said what it is. Rejects when cancelled or when the code reader
 * cannot start.
 */
export async function readPdf(file: Blob, options: PdfOptions): Promise<PdfReading> {
  if (file.size > MAX_PDF_BYTES) return { trouble: 'pdf-too-large' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  options.signal?.throwIfAborted()
  const worker = new Worker(trustedScriptUrl(PDF_WORKER_URL), { type: 'module' })
  const ask: Ask = (request, transfer) => askWorker({ worker, request, transfer, ...options })
  try {
    const opened = await ask({ kind: 'open', bytes }, [bytes.buffer])
    if (opened.kind !== 'opened') return { trouble: troubleOf(opened) }
    return await readPages({ ...options, ask, total: opened.pages })
  } finally {
    worker.terminate()
  }
}

type Ask = (request: PdfRequest, transfer?: Transferable[]) => Promise<PdfAnswer | TooSlow>

interface TooSlow {
  readonly kind: 'too-slow'
}

interface Pages extends PdfOptions {
  readonly ask: Ask
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

function troubleOf(answer: PdfAnswer | TooSlow): PdfTrouble | 'pdf-too-large' {
  if (answer.kind === 'too-slow') return 'pdf-too-large'
  return answer.kind === 'trouble' ? answer.trouble : 'pdf-broken'
}

interface Question {
  readonly worker: Worker
  readonly request: PdfRequest
  readonly transfer?: Transferable[] | undefined
  readonly signal?: AbortSignal | undefined
}

function askWorker({ worker, request, transfer, signal }: Question): Promise<PdfAnswer | TooSlow> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const timer = setTimeout(() => end(() => resolve({ kind: 'too-slow' })), STEP_MS)
    const until = { signal: ended.signal }
    function end(then: () => void): void {
      clearTimeout(timer)
      ended.abort()
      then()
    }
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => {
        if (isPdfAnswer(data)) end(() => resolve(data))
      },
      until,
    )
    // A worker that cannot start and one that ran out of memory look the same from here.
    worker.addEventListener(
      'error',
      () => end(() => reject(new Error('the PDF reader failed'))),
      until,
    )
    signal?.addEventListener('abort', () => end(() => reject(signal.reason)), until)
    worker.postMessage(request, transfer ?? [])
  })
}
