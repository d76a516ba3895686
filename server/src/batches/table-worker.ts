/** Reads the table of a file, in a thread of its own: posts its rows, or the code of what is wrong. */
import { parentPort, workerData } from 'node:worker_threads'
import { Fault } from '@onetrip/codec'
import * as v from 'valibot'
import { readCsv } from './csv-table.ts'
import type { TableAnswer } from './read-table.ts'
import { readXlsx } from './xlsx-table.ts'
import { isZip } from './zip-parts.ts'

parentPort?.postMessage(read(v.parse(v.instance(Uint8Array), workerData)))

function read(bytes: Uint8Array): TableAnswer {
  try {
    return { table: isZip(bytes) ? readXlsx(bytes) : readCsv(bytes) }
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, message: error.message }
    throw error
  }
}
