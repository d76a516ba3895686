/**
 * Work in a thread of its own: whoever waits too long ends the thread, and with it all that hostile input does there. A few run at once, and some
 * wait for their turn, so that many files that are sent together take no more memory than a few.
 */
import { Worker } from 'node:worker_threads'
import { fault } from '@onetrip/codec'

const MAX_MILLISECONDS = 20_000
const MAX_HEAP_MEGABYTES = 512
/** Threads at once in this process. */
export const MAX_THREADS = 3
/** Orders that wait for one of them. */
export const MAX_WAITING = 32
/** A thread that nobody wants for so long ends. */
const IDLE_MILLISECONDS = 10_000

/** How long a thread lives. */
interface ThreadLife {
  /**
   * It stays for the next order of its module, if it answered: starting one takes most of a second. For readers that are done with a file when
   * they answer, and keep nothing of it.
   */
  readonly staysOn?: boolean
}

interface IdleThread {
  readonly module: string
  readonly worker: Worker
  readonly timer: NodeJS.Timeout
}

let free = MAX_THREADS
const waiting: (() => void)[] = []
/** The longest first. */
const idle: IdleThread[] = []

/**
 * Runs a module with `order` (`answer-orders.ts`) and gives its answer, as `message`. Nothing when it fails, takes 20 seconds or 512 MB.
 * Throws `http/rate-limited` where too many wait already.
 */
export async function runInThread(
  module: URL,
  order: unknown,
  { staysOn = false }: ThreadLife = {},
): Promise<{ readonly message: unknown } | undefined> {
  await turn()
  try {
    const worker = takeIdle(module.href) ?? startThread(module)
    const answer = await ask(worker, order)
    if (staysOn && answer !== undefined) keepIdle(module.href, worker)
    else await worker.terminate()
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

function startThread(module: URL): Worker {
  const running = MAX_THREADS - free
  if (idle.length + running > MAX_THREADS) void idle.shift()?.worker.terminate()
  return new Worker(module, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    env: {},
    // Libraries complain of what is not there and not needed.
    stdout: true,
    stderr: true,
  })
}

async function ask(
  worker: Worker,
  order: unknown,
): Promise<{ readonly message: unknown } | undefined> {
  const timer = setTimeout(() => void worker.terminate(), MAX_MILLISECONDS)
  try {
    return await new Promise((done) => {
      worker.once('message', (message) => done({ message }))
      worker.once('error', () => done(undefined))
      worker.once('exit', () => done(undefined))
      worker.postMessage(order)
    })
  } finally {
    clearTimeout(timer)
    forget(worker)
  }
}

/** It keeps no process alive. */
function keepIdle(module: string, worker: Worker): void {
  const leave = (): void => {
    const place = idle.findIndex((thread) => thread.worker === worker)
    if (place >= 0) idle.splice(place, 1)
    void worker.terminate()
  }
  const timer = setTimeout(leave, IDLE_MILLISECONDS)
  timer.unref()
  worker.once('error', leave).once('exit', leave)
  worker.unref()
  idle.push({ module, worker, timer })
}

function takeIdle(module: string): Worker | undefined {
  const place = idle.findIndex((thread) => thread.module === module)
  const [thread] = idle.splice(place, place < 0 ? 0 : 1)
  if (thread === undefined) return undefined
  const { worker, timer } = thread
  clearTimeout(timer)
  forget(worker)
  worker.ref()
  return worker
}

/** Node listens too, to what is listened to: its own are left. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}
