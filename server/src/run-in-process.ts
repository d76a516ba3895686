/**
 * Work in a process of its own: whoever waits too long ends the process, and with it all that hostile input does there. A few run at once, and
 * some wait for their turn, so that many files that are sent together take no more memory than a few.
 */
import type { ChildProcess } from 'node:child_process'
import { fault } from '@onetrip/codec'
import { askProcess, holdOn, letGo, type ProcessAnswer, startProcess } from './start-process.ts'

const MAX_MILLISECONDS = 20_000
/** Processes at once of this one. */
export const MAX_PROCESSES = 3
/** Orders that wait for one of them. */
export const MAX_WAITING = 32
/** A process that nobody wants for so long ends. */
const IDLE_MILLISECONDS = 10_000

/** How long a process lives. */
interface ProcessLife {
  /**
   * It stays for the next order of its module, if it answered: starting one takes most of a second. For readers that are done with a file when
   * they answer, and keep nothing of it.
   */
  readonly staysOn?: boolean
}

interface IdleProcess {
  readonly module: string
  readonly child: ChildProcess
  readonly timer: NodeJS.Timeout
  readonly leave: () => void
}

let free = MAX_PROCESSES
const waiting: (() => void)[] = []
/** The longest first. */
const idle: IdleProcess[] = []

/**
 * Runs a module with `order` (`answer-orders.ts`) and gives its answer, as `message`. Nothing when it fails, takes 20 seconds or 512 MB.
 * Throws `http/rate-limited` where too many wait already.
 */
export async function runInProcess(
  module: URL,
  order: unknown,
  { staysOn = false }: ProcessLife = {},
): Promise<ProcessAnswer | undefined> {
  await turn()
  try {
    // As between threads: what is a Buffer here is plain bytes there, and what cannot be sent starts nothing.
    const plain: unknown = structuredClone(order)
    const child = takeIdle(module.href) ?? start(module)
    const answer = await ask(child, plain)
    if (staysOn && answer !== undefined) keepIdle(module.href, child)
    else child.kill('SIGKILL')
    return answer
  } finally {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
}

async function turn(): Promise<void> {
  if (free > 0) {
    free -= 1
    return
  }
  if (waiting.length >= MAX_WAITING) throw fault('http/rate-limited')
  await new Promise<void>((done) => {
    waiting.push(done)
  })
}

function start(module: URL): ChildProcess {
  const running = MAX_PROCESSES - free
  if (idle.length + running > MAX_PROCESSES) idle.shift()?.child.kill('SIGKILL')
  return startProcess(module)
}

async function ask(child: ChildProcess, order: unknown): Promise<ProcessAnswer | undefined> {
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_MILLISECONDS)
  try {
    return await askProcess(child, order)
  } finally {
    clearTimeout(timer)
  }
}

function keepIdle(module: string, child: ChildProcess): void {
  const leave = (): void => {
    const place = idle.findIndex((one) => one.child === child)
    if (place >= 0) idle.splice(place, 1)
    child.kill('SIGKILL')
  }
  const timer = setTimeout(leave, IDLE_MILLISECONDS)
  timer.unref()
  child.once('exit', leave)
  letGo(child)
  idle.push({ module, child, timer, leave })
}

function takeIdle(module: string): ChildProcess | undefined {
  const place = idle.findIndex((one) => one.module === module)
  const [taken] = idle.splice(place, place < 0 ? 0 : 1)
  if (taken === undefined) return undefined
  const { child, timer, leave } = taken
  clearTimeout(timer)
  child.off('exit', leave)
  holdOn(child)
  return child
}
