/**
 * SQLite through `node:sqlite` and Kysely. An acknowledged commit survives power loss: WAL with
 * `synchronous` FULL, checked at every open. Any number of processes may share the file: writing
 * transactions begin IMMEDIATE and wait for each other without blocking the event loop.
 */
import { randomInt } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fault } from '@onetrip/codec'
import {
  CompiledQuery,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  type Transaction,
} from 'kysely'
import { MIGRATIONS } from './migrations.ts'
import type { Schema } from './schema.ts'

const SYNCHRONOUS_FULL = 2
const OWNER_ONLY = 0o600
const OPEN_BUSY_MILLISECONDS = 5000
const WRITE_WAIT_MILLISECONDS = 30_000
const MAX_CACHED_STATEMENTS = 200
const SQLITE_PRIMARY_CODE_MASK = 0xff
const SQLITE_BUSY = 5
/** READONLY, IOERR, FULL, CANTOPEN: the medium is at fault, not the request. */
const SQLITE_MEDIUM_CODES: readonly number[] = [8, 10, 13, 14]
const SQLITE_UNIQUE_CODES: readonly number[] = [1555, 2067]

/** The open database; reads may be done on it directly, writes go through {@link transact}. */
export type Storage = Kysely<Schema>
/** A writing transaction, or the database where only reading is done. */
export type StorageTransaction = Transaction<Schema>
/** Where a query that only reads may run. */
export type StorageReader = Storage | StorageTransaction

/**
 * Opens the database file, made for the owner only (mode 0600), checks durability and applies migrations;
 * throws when `synchronous` is not FULL.
 */
export async function openStorage(file: string): Promise<Storage> {
  // SQLite gives its journals the permissions of the database, and would make that one by the umask.
  closeSync(openSync(file, 'a', OWNER_ONLY))
  const database = new DatabaseSync(file, { timeout: OPEN_BUSY_MILLISECONDS })
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  assertDurable(database)
  database.exec('pragma busy_timeout = 0')
  // A table that is made anew is dropped first (lang_altertable.html §7); what then refers to nothing is found below.
  database.exec('pragma foreign_keys = off')
  const storage = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: kyselyDatabase(database) }),
  })
  await migrate(storage)
  database.exec('pragma foreign_keys = on')
  // Else `insert or replace` removes a row without its delete trigger (lang_conflict.html).
  database.exec('pragma recursive_triggers = on')
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
      const code = sqliteCode(error)
      if (code === undefined) throw error
      if (SQLITE_MEDIUM_CODES.includes(code & SQLITE_PRIMARY_CODE_MASK)) {
        throw fault('storage/unavailable')
      }
      if ((code & SQLITE_PRIMARY_CODE_MASK) !== SQLITE_BUSY) throw error
      if (performance.now() > deadline) throw fault('storage/unavailable')
      await sleep(randomInt(1, 12))
    }
  }
}

/** Whether `error` says that a unique column already has the value. */
export function isUniqueViolation(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== undefined && SQLITE_UNIQUE_CODES.includes(code)
}

/** Whether `error` says that the medium refuses (full, read-only, input/output). */
export function isMediumFault(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== undefined && SQLITE_MEDIUM_CODES.includes(code & SQLITE_PRIMARY_CODE_MASK)
}

/** Throws unless a commit is on the medium before it is acknowledged. */
export function assertDurable(database: Pick<DatabaseSync, 'prepare'>): void {
  const synchronous = Object.values(database.prepare('pragma synchronous').get() ?? {})[0]
  const journal = Object.values(database.prepare('pragma journal_mode').get() ?? {})[0]
  if (synchronous !== SYNCHRONOUS_FULL || journal !== 'wal') {
    throw new Error('storage: SQLite must run with synchronous=FULL and journal_mode=WAL')
  }
}

async function migrate(storage: Storage): Promise<void> {
  await transact(storage, async (transaction) => {
    const run = (statement: string) => transaction.executeQuery(CompiledQuery.raw(statement))
    await run('create table if not exists schema_version (version integer primary key)')
    const result = await transaction.executeQuery<{ version: number | null }>(
      CompiledQuery.raw('select max(version) as version from schema_version'),
    )
    const current = result.rows[0]?.version ?? 0
    if (current > MIGRATIONS.length) {
      throw new Error('storage: the data directory was written by a later version of OneTrip')
    }
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < current) continue
      for (const statement of statements) await run(statement)
      await run(`insert into schema_version (version) values (${index + 1})`)
    }
    if (current === MIGRATIONS.length) return
    const dangling = await transaction.executeQuery(CompiledQuery.raw('pragma foreign_key_check'))
    if (dangling.rows.length > 0) throw new Error('storage: a row refers to one that is not there')
  })
}

/** What Kysely's dialect expects of a driver, over `node:sqlite`; statements are prepared once. */
function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = cache.get(sql)
      if (known !== undefined) return known
      // A deferred transaction that reads before it writes cannot wait: its snapshot is stale.
      const statement = kyselyStatement(database.prepare(sql === 'begin' ? 'begin immediate' : sql))
      const prepared = sql === 'rollback' ? onlyInside(database, statement) : statement
      if (cache.size < MAX_CACHED_STATEMENTS) cache.set(sql, prepared)
      return prepared
    },
  }
}

function kyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...inputs(parameters)),
    run: (parameters) => statement.run(...inputs(parameters)),
    iterate: (parameters) => statement.iterate(...inputs(parameters)),
  }
}

/**
 * A full or failing medium makes SQLite roll back by itself (lang_transaction.html §3). Rolling back once more
 * would fail, and that fault would hide the first one.
 */
function onlyInside(database: DatabaseSync, rollback: SqliteStatement): SqliteStatement {
  return {
    ...rollback,
    run: (parameters) =>
      database.isTransaction ? rollback.run(parameters) : { changes: 0, lastInsertRowid: 0 },
  }
}

function inputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw new TypeError('storage: only text, numbers and null are stored')
  })
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}
