/** Work in a thread of its own: whoever waits too long ends the thread, and with it all that hostile input does there. */
import { Worker } from 'node:worker_threads'

const MAX_MILLISECONDS = 20_000
const MAX_HEAP_MEGABYTES = 512

/**
 * Runs a module with `order` as its `workerData`; what it posts first is the answer, as `message`. Nothing when it fails,
 * takes 20 seconds or 512 MB.
 */
export async function runInThread(
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
