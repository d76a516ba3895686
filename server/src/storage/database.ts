/**
 * The database: SQLite, or PostgreSQL where the configuration has its address; the same tables on both. One transaction writes at a
 * time, whichever database it is and however many processes use it: what a transaction reads stays so until it ends.
 */
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fault } from '@onetrip/codec'
import { Kysely, type Transaction } from 'kysely'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { postgresFault } from './postgres-faults.ts'
import type { PostgresPlace } from './postgres-place.ts'
import type { Schema } from './schema.ts'
import { openSqlite, sqliteFault } from './sqlite.ts'
import type { StorageFault } from './storage-fault.ts'

const WRITE_WAIT_MILLISECONDS = 30_000

/** The open database; reads may be done on it directly, writes go through {@link transact}. */
export type Storage = Kysely<Schema>
/** A writing transaction, or the database where only reading is done. */
export type StorageTransaction = Transaction<Schema>
/** Where a query that only reads may run. */
export type StorageReader = Storage | StorageTransaction

/**
 * Opens an SQLite file or a PostgreSQL database, checks that a commit is durable, and brings its tables up to date. Throws
 * for a database that does not keep what it acknowledges, or that a later version wrote.
 */
export async function openStorage(place: string | PostgresPlace): Promise<Storage> {
  if (typeof place !== 'string') return openPostgres(place)
  const opened = openSqlite(place)
  const storage = new Kysely<Schema>({ dialect: opened.dialect })
  await transact(storage, (transaction) => migrate(transaction, 'sqlite'))
  opened.afterMigration()
  return storage
}

/**
 * Runs `work` in one writing transaction. When another process is writing, waits and begins again
 * before any of `work` has run; other faults roll back. Throws `storage/unavailable` when the
 * medium fails or the wait is too long.
 */
export async function transact<Result>(
  storage: Storage,
  work: (transaction: StorageTransaction) => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + WRITE_WAIT_MILLISECONDS
  for (;;) {
    try {
      return await storage.transaction().execute(work)
    } catch (error) {
      const known = storageFault(error)
      if (known === 'medium') throw fault('storage/unavailable')
      if (known !== 'busy') throw error
      if (performance.now() > deadline) throw fault('storage/unavailable')
      await sleep(randomInt(1, 12))
    }
  }
}

/** Whether `error` says that a unique column already has the value. */
export function isUniqueViolation(error: unknown): boolean {
  return storageFault(error) === 'unique'
}

/** Whether `error` says that the medium refuses (full, read-only, input/output), or that the database is not there or another's alone. */
export function isMediumFault(error: unknown): boolean {
  const known = storageFault(error)
  return known === 'medium' || known === 'busy'
}

function storageFault(error: unknown): StorageFault | undefined {
  return sqliteFault(error) ?? postgresFault(error)
}
