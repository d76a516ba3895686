/** The table of a file that somebody sent: read in a process that ends when a file is too much for it. */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { runInProcess } from '../run-in-process.ts'
import { MAX_FILE_BYTES, type Table } from './table.ts'

const WORKER = new URL('./table-worker.ts', import.meta.url)
const ANSWER = v.union([
  v.object({ table: v.array(v.array(v.string())) }),
  v.object({ code: v.picklist(['batch/format', 'batch/limit']), message: v.string() }),
])

/** What the process posts. */
export type TableAnswer =
  | { readonly table: Table }
  | { readonly code: string; readonly message: string }

/** Reads a file's table. Throws `batch/format`, `batch/limit`. */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length > MAX_FILE_BYTES) throw fault('batch/limit', 'the file is too large')
  const answer = v.safeParse(
    ANSWER,
    (await runInProcess(WORKER, bytes, { staysOn: true }))?.message,
  )
  if (!answer.success) throw fault('batch/limit', 'the file takes too long to read')
  if ('code' in answer.output) throw fault(answer.output.code, answer.output.message)
  return answer.output.table
}
