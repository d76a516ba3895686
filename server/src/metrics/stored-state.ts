/** What the database says of the whole installation, read when somebody asks for metrics. */
import type { ErrorCode } from '@onetrip/codec'
import { dayAt } from '../cases/working-days.ts'
import { recordLength } from '../record/append.ts'
import { newestCheckpoint } from '../record/integrate.ts'
import type { Services } from '../services.ts'
import { type ClockDoubt, clockDoubt } from '../trust-data/clock-doubt.ts'

/** Counts and ages; no ids. */
export interface StoredState {
  /** By status. */
  readonly licences: Readonly<Record<string, number>>
  readonly statusChanges: number
  /** By what waits. */
  readonly waiting: Readonly<
    Record<
      | 'credentials'
      | 'seal_uses'
      | 'seal_files'
      | 'counters'
      | 'deferred'
      | 'offers'
      | 'batch_rows'
      | 'ratings'
      | 'reports',
      number
    >
  >
  /** By state. */
  readonly cases: Readonly<Record<string, number>>
  /** Departments' parts of cases that are not decided and past their day. */
  readonly overdueParts: number
  /** By state. */
  readonly batches: Readonly<Record<string, number>>
  readonly publicationFaults: readonly ErrorCode[]
  /** How the clock contradicts what is published; absent where it does not. */
  readonly clockDoubt?: ClockDoubt
  readonly entries: number
  /** Entries under the newest checkpoint. */
  readonly checkpointSize: number
  /** 0 where there is none. */
  readonly checkpointAgeSeconds: number
  /** 0 where none was served. */
  readonly statusListAgeSeconds: number
}

/** Reads it. Rejects where the database does not answer. */
export async function readStoredState(services: Services): Promise<StoredState> {
  const { storage, now } = services
  const count = { n: storage.fn.countAll().as('n') }
  const checkpoint = await newestCheckpoint(services)
  const licences = await storage
    .selectFrom('licence')
    .select(['status', count.n])
    .groupBy('status')
    .execute()
  const cases = await storage
    .selectFrom('case_file')
    .select(['state', count.n])
    .groupBy('state')
    .execute()
  const batches = await storage
    .selectFrom('batch')
    .select(['state', count.n])
    .groupBy('state')
    .execute()
  const rows = {
    statusChanges: storage.selectFrom('status_change').select(count.n),
    credentials: storage.selectFrom('credential').select(count.n).where('state', '=', 'pending'),
    sealUses: storage.selectFrom('seal_use').select(count.n).where('state', '=', 'requested'),
    sealFiles: storage.selectFrom('seal_use_file').select(count.n).where('state', '=', 'waiting'),
    counters: storage.selectFrom('counter').select(count.n).where('state', '=', 'asked'),
    deferred: storage.selectFrom('deferred').select(count.n),
    offers: storage
      .selectFrom('offer')
      .select(count.n)
      .where('state', '=', 'open')
      .where('expires_at', '>', now()),
    batchRows: storage
      .selectFrom('batch_row')
      .innerJoin('batch', 'batch.id', 'batch_id')
      .select(count.n)
      .where('state', '=', 'approved')
      .where('facts', 'is not', null),
    ratings: storage.selectFrom('case_feedback').select(count.n).where('state', '=', 'open'),
    reports: storage.selectFrom('licence_report').select(count.n).where('state', '=', 'open'),
    overdueParts: storage
      .selectFrom('case_part')
      .innerJoin('case_file', 'case_file.id', 'case_id')
      .select(count.n)
      .where('case_file.state', '=', 'accepted')
      .where('case_part.state', '!=', 'withdrawn')
      .where('ended_day', 'is', null)
      .where('due_day', '<', dayAt(now())),
  }
  const oldest = await storage
    .selectFrom('published_status')
    .select(({ fn }) => fn.min('issued_at').as('at'))
    .executeTakeFirst()
  const doubt = await clockDoubt(services)
  return {
    licences: Object.fromEntries(licences.map(({ status, n }) => [status, Number(n)])),
    statusChanges: await one(rows.statusChanges),
    waiting: {
      credentials: await one(rows.credentials),
      seal_uses: await one(rows.sealUses),
      seal_files: await one(rows.sealFiles),
      counters: await one(rows.counters),
      deferred: await one(rows.deferred),
      offers: await one(rows.offers),
      batch_rows: await one(rows.batchRows),
      ratings: await one(rows.ratings),
      reports: await one(rows.reports),
    },
    cases: Object.fromEntries(cases.map(({ state, n }) => [state, Number(n)])),
    overdueParts: await one(rows.overdueParts),
    batches: Object.fromEntries(batches.map(({ state, n }) => [state, Number(n)])),
    publicationFaults: services.publicationFaults.all().map(({ code }) => code),
    ...(doubt === undefined ? {} : { clockDoubt: doubt }),
    entries: await recordLength(storage),
    checkpointSize: checkpoint?.size ?? 0,
    checkpointAgeSeconds: checkpoint === undefined ? 0 : now() - checkpoint.at,
    // PostgreSQL answers null where there is no row.
    statusListAgeSeconds: oldest?.at ? now() - Number(oldest.at) : 0,
  }
}

async function one(query: {
  readonly executeTakeFirst: () => Promise<{ readonly n: string | number | bigint } | undefined>
}): Promise<number> {
  return Number((await query.executeTakeFirst())?.n ?? 0)
}
