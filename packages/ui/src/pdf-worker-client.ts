/** The page's end of the PDF worker: one question, one answer, and an end to whatever takes too long. */

import { isPdfAnswer, type PdfAnswer, type PdfRequest, type PdfTrouble } from './pdf-protocol.ts'
import { PDF_WORKER_URL } from './pdf-worker-url.ts'
import { trustedScriptUrl } from './trusted-urls.ts'

/** What is said in place of an answer that does not come. */
export interface TooSlow {
  readonly kind: 'too-slow'
}

/** A worker of one file. */
export interface PdfWorker {
  /** Asks; one question at a time. Rejects when cancelled, or when the worker fails. */
  ask(request: PdfRequest): Promise<PdfAnswer | TooSlow>
  /** Ends the worker, and all that a hostile file does in it. */
  end(): void
}

/** Opening or drawing that takes longer is taken for hostile. */
const STEP_MS = 30_000

/** Starts a worker; `signal` ends the question that is asked. */
export function startPdfWorker(signal?: AbortSignal): PdfWorker {
  const worker = new Worker(trustedScriptUrl(PDF_WORKER_URL), { type: 'module' })
  return {
    ask: (request) => askWorker({ worker, request, signal }),
    end: () => worker.terminate(),
  }
}

/** Why there is no such answer as was asked for. */
export function troubleOf(answer: PdfAnswer | TooSlow): PdfTrouble | 'pdf-too-large' {
  if (answer.kind === 'too-slow') return 'pdf-too-large'
  return answer.kind === 'trouble' ? answer.trouble : 'pdf-broken'
}

interface Question {
  readonly worker: Worker
  readonly request: PdfRequest
  readonly signal?: AbortSignal | undefined
}

function askWorker({ worker, request, signal }: Question): Promise<PdfAnswer | TooSlow> {
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
    worker.postMessage(request)
  })
}
