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

let free = MAX_THREADS
const waiting: (() => void)[] = []

/**
 * Runs a module with `order` as its `workerData`; what it posts first is the answer, as `message`. Nothing when it fails,
 * takes 20 seconds or 512 MB. Throws `http/rate-limited` where too many wait already.
 */
export async function runInThread(
  module: URL,
  order: unknown,
): Promise<{ readonly message: unknown } | undefined> {
  await turn()
  try {
    return await run(module, order)
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

async function run(
  module: URL,
  order: unknown,
): Promise<{ readonly message: unknown } | undefined> {
  const worker = new Worker(module, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    env: {},
    // Libraries complain of what is not there and not needed.
    stdout: true,
    stderr: true,
  })
  const timer = setTimeout(() => void worker.terminate(), MAX_MILLISECONDS)
  try {
    return await new Promise((done) => {
      worker.once('message', (message) => done({ message }))
      worker.once('error', () => done(undefined))
      worker.once('exit', () => done(undefined))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
