/**
 * The process that lays licences out: started with the first, one licence at a time, eight with those that wait. It keeps the font of 26 MB,
 * and is ended when a licence takes longer than a minute, its signature included; the next one starts it again.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ERROR_CODES, Fault, fault } from '@onetrip/codec'
import * as v from 'valibot'
import { askProcess, holdOn, letGo, startProcess } from '../start-process.ts'
import {
  PRINT_ANSWER,
  type PrintAnswer,
  type PrintOrder,
  type PrintRequest,
} from './print-order.ts'

type PrintSuccess = Exclude<PrintAnswer, { readonly kind: 'refused' }>

const MODULE = new URL('./print-worker.ts', import.meta.url)
const MAX_MILLISECONDS = 60_000
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

/** Makes a printer; no process runs before the first licence. */
export function createPrinter(): Printer {
  let printing: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function print(order: PrintOrder, makeCode: () => Promise<string>): Promise<Uint8Array> {
    printing ??= startPrinting()
    const own = printing
    const { promise: tooLate, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => reject(new Error('a licence took longer than a minute')),
      MAX_MILLISECONDS,
    )
    try {
      // Whoever signs may hang as well as the process may.
      return await Promise.race([layOutWith(own, order, makeCode), tooLate])
    } catch (error) {
      // One that waits for a code that does not come takes the next order; one that failed is started again.
      if (!(error instanceof Fault)) end(own)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** The next licence starts another. */
  function end(child: ChildProcess): void {
    if (printing === child) printing = undefined
    child.kill('SIGKILL')
  }

  function startPrinting(): ChildProcess {
    const child = startProcess(MODULE)
    letGo(child)
    return child.once('exit', () => end(child))
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
      if (printing === undefined) return
      holdOn(printing)
      const ended = once(printing, 'exit')
      end(printing)
      await ended
    },
  }
}

async function layOutWith(
  child: ChildProcess,
  order: PrintOrder,
  makeCode: () => Promise<string>,
): Promise<Uint8Array> {
  const first = await ask(child, { kind: 'order', order })
  if (first.kind !== 'fits') throw new TypeError('a licence is laid out with its code')
  const answer = await ask(child, { kind: 'code', code: await makeCode() })
  if (answer.kind !== 'file') throw new TypeError('a code is asked for once')
  return answer.pdf
}

async function ask(child: ChildProcess, request: PrintRequest): Promise<PrintSuccess> {
  const answered = await askProcess(child, request)
  if (answered === undefined) throw new Error('the printing process ended')
  const answer = v.parse(PRINT_ANSWER, answered.message)
  if (answer.kind !== 'refused') return answer
  throw fault(ERROR_CODES.find((code) => code === answer.code) ?? 'http/internal')
}
