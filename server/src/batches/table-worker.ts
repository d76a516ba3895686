/** Reads the tables of files, in a process of its own: answers their rows, or the code of what is wrong. */
import { Fault } from '@onetrip/codec'
import * as v from 'valibot'
import { answerOrders } from '../answer-orders.ts'
import { readCsv } from './csv-table.ts'
import type { TableAnswer } from './read-table.ts'
import { readXlsx } from './xlsx-table.ts'
import { isZip } from './zip-parts.ts'

answerOrders((order) => read(v.parse(v.instance(Uint8Array), order)))

function read(bytes: Uint8Array): TableAnswer {
  try {
    return { table: isZip(bytes) ? readXlsx(bytes) : readCsv(bytes) }
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, message: error.message }
    throw error
  }
}
