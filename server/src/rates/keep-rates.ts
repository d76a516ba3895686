/**
 * Counts of limits in the database, so that they outlast a restart and hold over all servers: each second what this one counted is
 * added, and the sums are read back, in one statement. What a server that is killed counted in its last second is lost, and over several
 * servers a limit is exceeded by what came within a second; neither helps somebody who guesses.
 */
import { repeatEachSecond } from '../repeat-each-second.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { RateRow } from './rate-book.ts'

/** In a second; of more, those that were done most often. */
const MAX_ROWS = 500
/** Most that a start brings into memory. */
const MAX_LOADED = 20_000
/** Rows are kept so long after their end, for clocks differ. */
const KEPT_SECONDS = 600
const FORGET_EVERY_SECONDS = 60
/** A window that begins later than this is of a clock that was wrong. */
const FUTURE_SECONDS = 86_400

type RateServices = Pick<Services, 'storage' | 'rates' | 'now' | 'log'>

/** Brings what is known of windows that have not ended. */
export async function loadRates({
  storage,
  rates,
  now,
}: Pick<Services, 'storage' | 'rates' | 'now'>): Promise<void> {
  const rows = await storage
    .selectFrom('rate_window')
    .selectAll()
    .where('ends_at', '>', now())
    .where('window_start', '<=', now())
    .orderBy('count', 'desc')
    .limit(MAX_LOADED)
    .execute()
  rates.merge([], rows)
}

/** Adds what is counted each second until it is closed, and once more then. */
export function keepRates(services: RateServices): { readonly close: () => Promise<void> } {
  let forgotAt = 0
  const work = async (): Promise<void> => {
    try {
      await saveRates(services)
      if (Math.abs(services.now() - forgotAt) < FORGET_EVERY_SECONDS) return
      forgotAt = services.now()
      await forgetRates(services)
    } catch {
      // It goes on in memory; that the database does not answer others say.
    }
  }
  const stop = repeatEachSecond(work)
  return {
    close: async () => {
      await stop()
      await work()
    },
  }
}

/** Adds what this process counted, and takes over what all of them did. */
export async function saveRates({
  storage,
  rates,
}: Pick<Services, 'storage' | 'rates'>): Promise<void> {
  const rows = rates.unsaved(MAX_ROWS)
  if (rows.length === 0) return
  const totals = await transact(storage, (transaction) => add(transaction, rows))
  rates.merge(rows, totals)
}

/** Deletes windows that ended some time ago. */
export async function forgetRates({
  storage,
  now,
}: Pick<Services, 'storage' | 'now'>): Promise<void> {
  const old = storage
    .selectFrom('rate_window')
    .select('name')
    .where((where) =>
      where.or([
        where('ends_at', '<', now() - KEPT_SECONDS),
        where('window_start', '>', now() + FUTURE_SECONDS),
      ]),
    )
    .limit(1)
  if ((await old.executeTakeFirst()) === undefined) return
  await transact(storage, async (transaction) => {
    await transaction
      .deleteFrom('rate_window')
      .where('ends_at', '<', now() - KEPT_SECONDS)
      .execute()
    await transaction
      .deleteFrom('rate_window')
      .where('window_start', '>', now() + FUTURE_SECONDS)
      .execute()
  })
}

function add(
  transaction: StorageTransaction,
  rows: readonly RateRow[],
): Promise<readonly RateRow[]> {
  return transaction
    .insertInto('rate_window')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['name', 'window_start']).doUpdateSet((columns) => ({
        count: columns('rate_window.count', '+', columns.ref('excluded.count')),
      })),
    )
    .returningAll()
    .execute()
}
