/** The trial of a batch: every row under the rules that issuing holds it to, and what is wrong with which; nothing is kept. */
import { setImmediate as breathe } from 'node:timers/promises'
import { type ErrorCode, Fault, fault } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import { factsOf } from '../licences/licence-request.ts'
import type { StorageReader } from '../storage/database.ts'
import { assertAgencyMayIssue, loadType } from '../trust-data/agencies.ts'
import { columnsOf } from './batch-columns.ts'
import { batchDigest, encodeFacts, requestOfRow } from './batch-facts.ts'
import { readTable } from './read-table.ts'
import type { Table } from './table.ts'

/** Rows after which others get a turn, and serials that are looked up by one statement. */
const AT_ONCE = 500
/** In place of a serial that the server will give. */
const ANY_SERIAL = '1'

/** What is wrong with a row. */
export interface RowFault {
  /** As a spreadsheet counts it: the headings are row 1. */
  readonly row: number
  readonly code: ErrorCode
  /** What of it, by names of the type, never what was received. */
  readonly detail?: string
}

/** A batch that was tried. */
export interface CheckedBatch {
  readonly typeCode: string
  /** Each row's request as one text, in order; those at fault are left out. */
  readonly rows: readonly string[]
  readonly faults: readonly RowFault[]
  /** Of `rows`. */
  readonly digest: string
}

/** A file with licences of one type. */
export interface BatchFile {
  readonly agencyId: string
  readonly typeCode: string
  readonly bytes: Uint8Array
}

/**
 * Tries a file. Throws `batch/format` and `batch/limit` for one that cannot be read or has no row, `type/unknown`,
 * `issuer/type-not-allowed`.
 */
export async function checkBatch(reader: StorageReader, file: BatchFile): Promise<CheckedBatch> {
  const { agencyId, typeCode } = file
  const type = await loadType(reader, typeCode)
  await assertAgencyMayIssue(reader, agencyId, typeCode)
  const { wanted, faults } = await checkRows(type, await readTable(file.bytes))
  const taken = await takenRows(reader, file, wanted)
  const texts = [...wanted].flatMap(([row, { text }]) => (taken.has(row) ? [] : text))
  const all = [...faults, ...[...taken].map((row) => ({ row, code: 'licence/exists' as const }))]
  return {
    typeCode,
    rows: texts,
    faults: all.sort((one, other) => one.row - other.row),
    digest: batchDigest({ agencyId, typeCode, rows: texts }),
  }
}

/** A row that is right by itself. */
interface WantedRow {
  readonly serial: string | undefined
  readonly version: number
  readonly text: string
}

async function checkRows(
  type: TypeDefinition,
  [headings = [], ...table]: Table,
): Promise<{
  readonly wanted: ReadonlyMap<number, WantedRow>
  readonly faults: readonly RowFault[]
}> {
  const columns = columnsOf(type, headings)
  const wanted = new Map<number, WantedRow>()
  const faults: RowFault[] = []
  for (const [at, cells] of table.entries()) {
    if (at % AT_ONCE === 0) await breathe()
    // Spreadsheets leave empty lines behind.
    if (cells.every((cell) => cell.trim() === '')) continue
    const row = at + 2
    try {
      const request = requestOfRow(type, columns, cells)
      const { serial, version = 1 } = request
      factsOf(type, request, serial ?? ANY_SERIAL)
      wanted.set(row, { serial, version, text: encodeFacts(request) })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const { code, message } = error
      faults.push({ row, code, ...(message === code ? {} : { detail: message }) })
    }
  }
  if (wanted.size + faults.length === 0) throw fault('batch/format', 'no row')
  return { wanted, faults }
}

/** Rows whose serial and version another row or a licence has. */
async function takenRows(
  reader: StorageReader,
  { agencyId, typeCode }: BatchFile,
  wanted: ReadonlyMap<number, WantedRow>,
): Promise<ReadonlySet<number>> {
  const rows = new Map<string, number>()
  const taken = new Set<number>()
  for (const [row, { serial, version }] of wanted) {
    if (serial === undefined) continue
    const name = `${serial}/${version}`
    if (rows.has(name)) taken.add(row)
    else rows.set(name, row)
  }
  const serials = [...rows.keys()].map((name) => name.split('/')[0] ?? '')
  for (let from = 0; from < serials.length; from += AT_ONCE) {
    const found = await reader
      .selectFrom('licence')
      .select(['serial', 'version'])
      .where('agency_id', '=', agencyId)
      .where('type_code', '=', typeCode)
      .where('serial', 'in', serials.slice(from, from + AT_ONCE))
      .execute()
    for (const { serial, version } of found) {
      const row = rows.get(`${serial}/${version}`)
      if (row !== undefined) taken.add(row)
    }
  }
  return taken
}
