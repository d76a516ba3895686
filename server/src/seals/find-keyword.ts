/** Where a word stands in a PDF, so that a seal can be set on it. */
import { Worker } from 'node:worker_threads'
import { fault } from '@onetrip/codec'
import * as v from 'valibot'

const WORKER = new URL('./keyword-worker.ts', import.meta.url)
const MAX_MILLISECONDS = 20_000
const MAX_HEAP_MEGABYTES = 512

/** The middle of a word. */
export interface KeywordPlace {
  /** From 1. */
  readonly page: number
  /** Points of the page's own space. */
  readonly x: number
  readonly y: number
}

const FOUND: v.GenericSchema<unknown, KeywordPlace> = v.object({
  page: v.number(),
  x: v.number(),
  y: v.number(),
})

/**
 * Finds the first place of a word, on one page or on all; white space and compatible forms of characters do not matter.
 * Throws `pdf/place` when it is not there, and `pdf/limit` when the file is too much to read.
 */
export async function findKeyword(options: {
  readonly bytes: Uint8Array
  readonly keyword: string
  readonly page?: number | undefined
}): Promise<KeywordPlace> {
  const worker = new Worker(WORKER, {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    env: {},
    // pdf.js complains of canvases that nobody draws on.
    stdout: true,
    stderr: true,
  })
  const timer = setTimeout(() => void worker.terminate(), MAX_MILLISECONDS)
  try {
    const answer = await new Promise<unknown>((done) => {
      worker.once('message', (message) => done({ message }))
      worker.once('error', () => done(undefined))
      worker.once('exit', () => done(undefined))
    })
    const read = v.safeParse(v.object({ message: v.optional(FOUND) }), answer)
    if (!read.success) throw fault('pdf/limit')
    if (read.output.message === undefined) throw fault('pdf/place')
    return read.output.message
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
