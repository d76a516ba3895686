/** Where a word stands in a PDF, so that a seal can be set on it. */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { runInProcess } from '../run-in-process.ts'

const WORKER = new URL('./keyword-worker.ts', import.meta.url)

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
  const answer = await runInProcess(WORKER, options)
  const read = v.safeParse(v.object({ message: v.optional(FOUND) }), answer)
  if (!read.success) throw fault('pdf/limit')
  if (read.output.message === undefined) throw fault('pdf/place')
  return read.output.message
}
