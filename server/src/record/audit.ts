/**
 * The audit of the record's own rows, for whoever has the database: every entry with its opening and its words, every kept hash and
 * every checkpoint, in order. The first place that does not fit is named. That rows were taken back to an older state shows only
 * against a checkpoint that somebody kept elsewhere.
 */
import { equalBytes, Fault, fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'
import { checkpointText, openCheckpoint, RunningRoot, signatureLines } from '@onetrip/log'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { batchFault } from './audit-batches.ts'
import { caseFault } from './audit-cases.ts'
import { cosignatureFault } from './audit-cosignatures.ts'
import { counterFault } from './audit-counters.ts'
import { credentialFault } from './audit-credentials.ts'
import { entryAuditor, type StoredEntry } from './audit-entry.ts'
import { feedbackFault } from './audit-feedback.ts'
import { hashFault } from './audit-hashes.ts'
import { keptFault } from './audit-kept.ts'
import { keyFault } from './audit-keys.ts'
import { licenceFault } from './audit-licences.ts'
import { orderFault } from './audit-orders.ts'
import { missingFault, whileNobodyWrites } from './audit-rows.ts'
import { sealFault } from './audit-seals.ts'
import { staffFault } from './audit-staff.ts'
import { chainLink } from './checkpoint-chain.ts'
import { newestCheckpoint, recordKey } from './integrate.ts'
import { olderFault } from './older-rows.ts'
import { replayedRanges } from './replayed-entries.ts'

const ROWS = 512
/** What stands beside an entry under its index. */
const BESIDE = ['log_fact', 'log_word'] as const

/** The first place of the record that is not as it was written. */
export interface RecordFault {
  readonly table:
    | 'log_entry'
    | 'log_fact'
    | 'log_word'
    | 'log_hash'
    | 'log_checkpoint'
    | 'log_cosignature'
    | 'licence'
    | 'status_change'
    | 'licence_replacement'
    | 'offer'
    | 'credential'
    | 'seal'
    | 'seal_event'
    | 'seal_use'
    | 'seal_use_file'
    | 'signing_key'
    | 'office_key'
    | 'seal_maker_key'
    | 'api_key'
    | 'counter'
    | 'denied'
    | 'staff'
    | 'staff_grant'
    | 'staff_person'
    | 'staff_session'
    | 'batch'
    | 'batch_row'
    | 'case_file'
    | 'case_feedback'
    | 'licence_report'
    | 'licence_order'
    | 'kept_status'
  /**
   * Index of the entry or hash, size of the checkpoint; of a row that acts are about, index of the last of them, absent where there is
   * none.
   */
  readonly place?: number
  /** Of the row that acts are about, or of the one that what is at fault belongs to; a thumbprint of what is denied. */
  readonly id?: string
}

/** A checkpoint that somebody kept elsewhere. */
export interface KeptCheckpoint {
  readonly size: number
  readonly root: Uint8Array
}

/** Audits the record; undefined where all of it fits. */
export async function auditRecord(
  services: Services,
  options: {
    readonly kept?: KeptCheckpoint
    readonly onProgress?: (done: number, total: number) => void
  } = {},
): Promise<RecordFault | undefined> {
  const { storage } = services
  const entryFault = entryAuditor(await replayedRanges(storage))
  const covered = (await newestCheckpoint(services))?.size ?? 0
  let due = await checkpointsOf(services, { from: 0, to: 0 })
  const running = new RunningRoot()
  let before: CheckpointsBefore = { size: 0, latestAt: 0 }
  const checkpointFault = async (): Promise<RecordFault | undefined> => {
    const checkpoint = due.get(running.size)
    if (checkpoint === undefined) return undefined
    const isGood = await isCheckpoint(services, checkpoint, { root: running.root(), before })
    before = { size: checkpoint.size, latestAt: Math.max(before.latestAt, checkpoint.at) }
    return isGood ? undefined : { table: 'log_checkpoint', place: checkpoint.size }
  }
  const { count: total } = await storage
    .selectFrom('log_entry')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const badBegin = (await beginFault(services)) ?? (await checkpointFault())
  if (badBegin !== undefined) return badBegin
  // What is added meanwhile is for the next audit: a server that is busy is not run after for ever.
  while (running.size < total) {
    const rows = await entriesFrom(services, running.size)
    if (rows.length === 0) break
    due = await checkpointsOf(services, { from: running.size + 1, to: running.size + rows.length })
    for (const row of rows) {
      const badEntry = entryFault(row, running.size)
      if (badEntry !== undefined) return badEntry
      running.add(fromBase64url(row.leaf))
      const badCheckpoint = await checkpointFault()
      if (badCheckpoint !== undefined) return badCheckpoint
      if (options.kept?.size === running.size && !equalBytes(options.kept.root, running.root())) {
        return { table: 'log_entry', place: running.size }
      }
    }
    options.onProgress?.(running.size, total)
  }
  return (
    endFault(running, Math.max(covered, options.kept?.size ?? 0)) ??
    (await hashFault(services)) ??
    (await strayFault(services)) ??
    (await cosignatureFault(services)) ??
    (await rowsFault(services))
  )
}

/** Acts that bring rows which nobody removes, the fact that names the row, and where it is. */
const BROUGHT = [
  { act: 'licence/issue', name: 'licence', tables: ['licence'] },
  { act: 'offer/make', name: 'offer', tables: ['offer'] },
  { act: 'credential/issue', name: 'credential', tables: ['credential'] },
  { act: 'credential/void', name: 'credential', tables: ['credential'] },
  { act: 'seal/apply', name: 'seal', tables: ['seal'] },
  { act: 'seal-use/request', name: 'use', tables: ['seal_use'] },
  { act: 'counter/confirm', name: 'counter', tables: ['counter'] },
  { act: 'key/announce', name: 'key', tables: ['signing_key', 'office_key', 'seal_maker_key'] },
  { act: 'api-key/create', name: 'key', tables: ['api_key'] },
  { act: 'staff/register', name: 'member', tables: ['staff'] },
  { act: 'staff/grant', name: 'grant', tables: ['staff_grant'] },
  { act: 'staff/person', name: 'member', tables: ['staff_person'] },
  { act: 'batch/request', name: 'batch', tables: ['batch'] },
  { act: 'case/begin', name: 'case', tables: ['case_file'] },
  { act: 'case/rate', name: 'rating', tables: ['case_feedback'] },
  { act: 'report/file', name: 'report', tables: ['licence_report'] },
  { act: 'order/request', name: 'order', tables: ['licence_order'] },
] as const

/** The first row that acts are about and that is not as they left it; the record's own rows have been audited. */
async function rowsFault(services: Services): Promise<RecordFault | undefined> {
  for (const brought of BROUGHT) {
    const missing = await missingFault(services, brought)
    if (missing !== undefined) return missing
  }
  return (
    (await licenceFault(services)) ??
    (await credentialFault(services)) ??
    (await sealFault(services)) ??
    (await keyFault(services)) ??
    (await counterFault(services)) ??
    (await staffFault(services)) ??
    (await batchFault(services)) ??
    (await caseFault(services)) ??
    (await feedbackFault(services)) ??
    (await orderFault(services)) ??
    (await keptFault(services)) ??
    (await olderTableFault(services))
  )
}

/** Rows that came before the record are only known together: which of them was changed, removed or added is not. */
async function olderTableFault(services: Services): Promise<RecordFault | undefined> {
  const read = (reader: StorageReader) => olderFault(services, reader)
  const table = (await read(services.storage)) && (await whileNobodyWrites(services, read))
  return table && { table, place: 0 }
}

async function entriesFrom({ storage }: Services, first: number): Promise<readonly StoredEntry[]> {
  const rows = await storage
    .selectFrom('log_entry')
    .leftJoin('log_fact', 'log_fact.idx', 'log_entry.idx')
    .select(['log_entry.idx as idx', 'entry', 'leaf', 'at', 'opening'])
    .where('log_entry.idx', '>=', first)
    .orderBy('log_entry.idx')
    .limit(ROWS)
    .execute()
  const found = await storage
    .selectFrom('log_word')
    .select(['idx', 'word'])
    .where('idx', '>=', first)
    .where('idx', '<', first + ROWS)
    .orderBy('idx')
    .orderBy('word')
    .execute()
  const words = Map.groupBy(found, ({ idx }) => idx)
  return rows.map((row) => ({
    ...row,
    words: (words.get(row.idx) ?? []).map(({ word }) => word),
  }))
}

/** The first row that stands before all others: entries begin at 0, and so do sizes. */
async function beginFault({ storage }: Services): Promise<RecordFault | undefined> {
  const { idx } = await storage
    .selectFrom('log_entry')
    .select((row) => row.fn.min('idx').as('idx'))
    .executeTakeFirstOrThrow()
  if (Number(idx ?? 0) < 0) return { table: 'log_entry', place: Number(idx) }
  const { size } = await storage
    .selectFrom('log_checkpoint')
    .select((row) => row.fn.min('size').as('size'))
    .executeTakeFirstOrThrow()
  return Number(size ?? 0) < 0 ? { table: 'log_checkpoint', place: Number(size) } : undefined
}

/** What stands before a checkpoint: the size of the last one, and the latest time of any. */
interface CheckpointsBefore {
  readonly size: number
  readonly latestAt: number
}

async function isCheckpoint(
  services: Services,
  { link, latest_at: latestAt, ...checkpoint }: LogCheckpointTable,
  due: { readonly root: Uint8Array; readonly before: CheckpointsBefore },
): Promise<boolean> {
  const { note, size, root } = checkpoint
  try {
    const log = recordKey(services)
    const bytes = utf8Encode(note)
    const opened = await openCheckpoint(bytes, { log, witnesses: [], threshold: 0 })
    // Of the log's own signature alone: whose else stands there, nobody verified.
    const [signature = ''] = signatureLines(bytes, [log])
    const isWhole = note === `${checkpointText(opened)}\n${signature}`
    const isSame = isWhole && opened.size === size && root === toBase64url(due.root)
    const isLinked = link === chainLink(services, checkpoint, due.before.size)
    const isLatest = latestAt === Math.max(due.before.latestAt, checkpoint.at)
    return isSame && isLinked && isLatest && equalBytes(opened.root, due.root)
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** Nothing may be missing behind the last entry that a checkpoint covers. */
function endFault({ size }: RunningRoot, covered: number): RecordFault | undefined {
  return covered > size ? { table: 'log_entry', place: size } : undefined
}

/** The checkpoints of these sizes, by size. */
async function checkpointsOf(
  { storage }: Services,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, LogCheckpointTable>> {
  const rows = await storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .where('size', '>=', from)
    .where('size', '<=', to)
    .execute()
  return new Map(rows.map((row) => [row.size, row]))
}

/** The first of what stands beside no entry. */
async function strayFault({ storage }: Services): Promise<RecordFault | undefined> {
  for (const table of BESIDE) {
    const stray = await storage
      .selectFrom(table)
      .select('idx')
      .where(({ eb, or }) =>
        or([
          eb('idx', '>', (row) =>
            row
              .selectFrom('log_entry')
              .select(({ fn, lit }) => fn.coalesce(fn.max('log_entry.idx'), lit(-1)).as('last')),
          ),
          eb('idx', '<', 0),
        ]),
      )
      .orderBy('idx')
      .executeTakeFirst()
    if (stray !== undefined) return { table, place: stray.idx }
  }
  return undefined
}
