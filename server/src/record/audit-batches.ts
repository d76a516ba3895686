/** The part of the record's audit that is about batches: each step is an act, and what a row issued is what an act issued from it. */
import type { Services } from '../services.ts'
import type { BatchState, BatchTable } from '../storage/batch-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import type { RecordFault } from './audit.ts'
import {
  type ActAbout,
  type AuditedRow,
  isHeld,
  isTimeOf,
  type RowRule,
  rowFault,
} from './audit-rows.ts'
import { heldText } from './row-hold.ts'

type AuditedBatch = AuditedRow &
  Readonly<BatchTable> & {
    readonly rows: RowCounts
    /** Licences that acts issued from it; and of these, how many of its rows name theirs. */
    readonly issuedByActs: number
    readonly namedByRows: number
  }

interface RowCounts {
  readonly all: number
  readonly waiting: number
  readonly issued: number
}

const NO_ROWS: RowCounts = { all: 0, waiting: 0, issued: 0 }

/** What each act leaves a batch as. */
const LEFT: Readonly<Record<string, BatchState>> = {
  'batch/request': 'requested',
  'batch/withdraw': 'withdrawn',
  'batch/refuse': 'refused',
  'batch/approve': 'approved',
  'batch/stop': 'stopped',
  'batch/resume': 'approved',
  'batch/done': 'done',
}
const DECISIONS: readonly string[] = ['batch/approve', 'batch/refuse']
/** Of these nothing is issued any more, and no row is kept. */
const FORGOTTEN: readonly BatchState[] = ['withdrawn', 'refused']

/** The first batch that is not as acts left it. */
export function batchFault(services: Services): Promise<RecordFault | undefined> {
  return rowFault(services, batchRule(services))
}

function batchRule(services: Services): RowRule<AuditedBatch> {
  return {
    table: 'batch',
    name: 'batch',
    begins: ['batch/request'],
    acts: [{ word: ({ id }) => id, kinds: Object.keys(LEFT) }],
    load: loadBatches,
    fault: (row, acts) => {
      const isFit = isStep(row, acts) && isHeld(services, acts, [heldText('batch', row)])
      if (!isFit) return 'batch'
      return areRows(row) ? undefined : 'batch_row'
    },
  }
}

async function loadBatches(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedBatch[]> {
  const rows = await reader.selectFrom('batch').selectAll().where('id', 'in', ids).execute()
  const counted = await reader
    .selectFrom('batch_row')
    .select(['batch_id', ({ fn }) => fn.countAll<number>().as('total')])
    .select(({ fn }) => [
      fn.count<number>('facts').as('waiting'),
      fn.count<number>('licence_id').as('issued'),
    ])
    .where('batch_id', 'in', ids)
    .groupBy('batch_id')
    .execute()
  const counts = new Map(
    counted.map(({ batch_id: id, total, waiting, issued }) => [
      id,
      { all: Number(total), waiting: Number(waiting), issued: Number(issued) },
    ]),
  )
  const byActs = await issuedByActs(reader, ids)
  const byRows = await namedByRows(reader, ids)
  return rows.map((row) => ({
    ...row,
    // No batch is older than the record.
    bornAt: Infinity,
    rows: counts.get(row.id) ?? NO_ROWS,
    issuedByActs: byActs.get(row.id) ?? 0,
    namedByRows: byRows.get(row.id) ?? 0,
  }))
}

async function issuedByActs(
  reader: StorageReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('log_word as batch')
    .innerJoin('log_word as act', 'act.idx', 'batch.idx')
    .select(['batch.word as id', ({ fn }) => fn.countAll<number>().as('total')])
    .where('batch.word', 'in', ids)
    .where('act.word', '=', 'licence/issue')
    .groupBy('batch.word')
    .execute()
  return new Map(rows.map(({ id, total }) => [id, Number(total)]))
}

/** How many rows of each batch name a licence that an act issued from this batch. */
async function namedByRows(
  reader: StorageReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('batch_row')
    .innerJoin('log_word as licence', 'licence.word', 'batch_row.licence_id')
    .innerJoin('log_word as act', 'act.idx', 'licence.idx')
    .innerJoin('log_word as batch', 'batch.idx', 'licence.idx')
    .select(['batch_row.batch_id as id', ({ fn }) => fn.countAll<number>().as('total')])
    .where('batch_row.batch_id', 'in', ids)
    .where('act.word', '=', 'licence/issue')
    .whereRef('batch.word', '=', 'batch_row.batch_id')
    .groupBy('batch_row.batch_id')
    .execute()
  return new Map(rows.map(({ id, total }) => [id, Number(total)]))
}

function isStep(row: AuditedBatch, acts: readonly ActAbout[]): boolean {
  const last = acts.at(-1)
  if (last === undefined || row.state !== LEFT[last.act]) return false
  const decision = acts.find(({ act }) => DECISIONS.includes(act))
  const done = acts.find(({ act }) => act === 'batch/done')
  return (
    row.reason === (last.facts.get('reason') ?? null) &&
    row.approver_id === (decision?.facts.get('actor') ?? null) &&
    isTimeOf(row.decided_at, decision) &&
    isTimeOf(row.finished_at, done)
  )
}

/** All rows are there, each licence of one came from it by an act, and none waits where nothing may come any more. */
function areRows(batch: AuditedBatch): boolean {
  const { state, row_count: due, rows, issuedByActs: issued } = batch
  if (FORGOTTEN.includes(state)) return rows.all === 0
  if (rows.all !== due || rows.issued !== issued || batch.namedByRows !== issued) return false
  if (state === 'requested') return rows.waiting === due
  return state !== 'done' || rows.waiting === 0
}
