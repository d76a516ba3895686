/**
 * The thread that lays licences out: started with the first, one licence at a time, eight with those that wait. It keeps the font of 26 MB,
 * and is ended when a licence takes longer than a minute; the next one starts it again.
 */
import { Worker } from 'node:worker_threads'
import { ERROR_CODES, Fault, fault } from '@onetrip/codec'
import type { PrintAnswer, PrintOrder, PrintRequest } from './print-order.ts'

const MODULE = new URL('./print-worker.ts', import.meta.url)
const MAX_MILLISECONDS = 60_000
const MAX_HEAP_MEGABYTES = 512
/** The one being laid out among them. */
const MAX_WAITING = 8

/** Lays licences out. */
export interface Printer {
  /**
   * The file of a licence; `makeCode` is called once everything else has its place. Throws `paper/busy` when eight wait,
   * `paper/font-missing`, and what `layOutLicencePdf` and `makeCode` throw.
   */
  readonly layOut: (order: PrintOrder, makeCode: () => Promise<string>) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

/** Makes a printer; no thread runs before the first licence. */
export function createPrinter(): Printer {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function print(order: PrintOrder, makeCode: () => Promise<string>): Promise<Uint8Array> {
    worker ??= startWorker()
    const own = worker
    const timer = setTimeout(() => void own.terminate(), MAX_MILLISECONDS)
    try {
      const first = await ask(own, { kind: 'order', order })
      if (first.kind !== 'fits') throw new TypeError('a licence is laid out with its code')
      const answer = await ask(own, { kind: 'code', code: await makeCode() })
      if (answer.kind !== 'file') throw new TypeError('a code is asked for once')
      return answer.pdf
    } catch (error) {
      // One that waits for a code that does not come takes the next order; one that failed is started again.
      if (!(error instanceof Fault)) {
        worker = undefined
        await own.terminate()
      }
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    layOut(order, makeCode) {
      if (waiting >= MAX_WAITING) return Promise.reject(fault('paper/busy'))
      waiting += 1
      const printed = last.then(() => print(order, makeCode))
      const settle = (): void => {
        waiting -= 1
      }
      last = printed.then(settle, settle)
      return printed
    },
    async close() {
      await worker?.terminate()
    },
  }
}

/** It keeps no process alive. */
function startWorker(): Worker {
  const worker = new Worker(MODULE, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    env: {},
  })
  worker.unref()
  return worker
}

async function ask(
  worker: Worker,
  request: PrintRequest,
): Promise<Exclude<PrintAnswer, { readonly kind: 'refused' }>> {
  const answer = await new Promise<PrintAnswer>((resolve, reject) => {
    const ended = new AbortController()
    const settle = (then: () => void): void => {
      ended.abort()
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      then()
    }
    const onMessage = (message: PrintAnswer): void => settle(() => resolve(message))
    const onError = (error: Error): void => settle(() => reject(error))
    const onExit = (): void => settle(() => reject(new Error('the printing thread ended')))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(request)
  })
  if (answer.kind !== 'refused') return answer
  throw fault(ERROR_CODES.find((code) => code === answer.code) ?? 'http/internal')
}
