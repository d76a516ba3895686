/** The text of the pages of a PDF, for whoever compares it with what the file states. */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { runInProcess } from '../run-in-process.ts'

const WORKER = new URL('./page-text-worker.ts', import.meta.url)

/** The text of each page, in the order in which it was written; throws `pdf/limit` when the file is too much to read. */
export async function readPageText(bytes: Uint8Array): Promise<readonly string[]> {
  const answer = await runInProcess(WORKER, bytes)
  const read = v.safeParse(v.array(v.string()), answer?.message)
  if (!read.success) throw fault('pdf/limit')
  return read.output
}
