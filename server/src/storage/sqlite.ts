/**
 * SQLite through `node:sqlite`. An acknowledged commit survives power loss: WAL with `synchronous` FULL, checked at every open.
 * Any number of processes may share the file: writing transactions begin IMMEDIATE and wait for each other without blocking the
 * event loop.
 */
import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type Dialect, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'
import type { StorageFault } from './storage-fault.ts'

const SYNCHRONOUS_FULL = 2
const OWNER_ONLY = 0o600
const OPEN_BUSY_MILLISECONDS = 5000
const MAX_CACHED_STATEMENTS = 200
const PRIMARY_CODE_MASK = 0xff
const BUSY = 5
/** READONLY, IOERR, FULL, CANTOPEN: the medium is at fault, not the request. */
const MEDIUM_CODES: readonly number[] = [8, 10, 13, 14]
const UNIQUE_CODES: readonly number[] = [1555, 2067]

/** An open file, before its tables are brought up to date. */
export interface OpenedFile {
  readonly dialect: Dialect
  /** To be done once they are. */
  readonly afterMigration: () => void
}

/** Opens the file, made for the owner only (mode 0600); throws when `synchronous` is not FULL. */
export function openSqlite(file: string): OpenedFile {
  // SQLite gives its journals the permissions of the database, and would make that one by the umask.
  const opened = openSync(file, 'a', OWNER_ONLY)
  const { dev, ino } = fstatSync(opened)
  closeSync(opened)
  const isInPlace = (): boolean => {
    const found = statSync(file, { throwIfNoEntry: false })
    return found?.ino === ino && found.dev === dev
  }
  const database = new DatabaseSync(file, { timeout: OPEN_BUSY_MILLISECONDS })
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  assertDurable(database)
  database.exec('pragma busy_timeout = 0')
  // A table that is made anew is dropped first (lang_altertable.html §7); what then refers to nothing is found by the migration.
  database.exec('pragma foreign_keys = off')
  return {
    dialect: new SqliteDialect({ database: kyselyDatabase(database, isInPlace) }),
    afterMigration: () => {
      database.exec('pragma foreign_keys = on')
      // Else `insert or replace` removes a row without its delete trigger (lang_conflict.html).
      database.exec('pragma recursive_triggers = on')
    },
  }
}

/** Another file has the name of the one that is open, or none: what is written there is gone with the last process that has it. */
class SqliteGone extends Error {
  constructor() {
    super('storage: the file of the database is not in its place')
    this.name = 'SqliteGone'
  }
}

/** What SQLite's error codes say; undefined for an error that is not its own. */
export function sqliteFault(error: unknown): StorageFault | undefined {
  if (error instanceof SqliteGone) return 'medium'
  const code = errorCode(error)
  if (code === undefined) return undefined
  if (UNIQUE_CODES.includes(code)) return 'unique'
  const primary = code & PRIMARY_CODE_MASK
  if (MEDIUM_CODES.includes(primary)) return 'medium'
  return primary === BUSY ? 'busy' : undefined
}

/** Throws unless a commit is on the medium before it is acknowledged. */
export function assertDurable(database: Pick<DatabaseSync, 'prepare'>): void {
  const synchronous = Object.values(database.prepare('pragma synchronous').get() ?? {})[0]
  const journal = Object.values(database.prepare('pragma journal_mode').get() ?? {})[0]
  if (synchronous !== SYNCHRONOUS_FULL || journal !== 'wal') {
    throw new Error('storage: SQLite must run with synchronous=FULL and journal_mode=WAL')
  }
}

/** What Kysely's dialect expects of a driver, over `node:sqlite`; statements are prepared once. */
function kyselyDatabase(database: DatabaseSync, isInPlace: () => boolean): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = cache.get(sql)
      if (known !== undefined) return known
      // A deferred transaction that reads before it writes cannot wait: its snapshot is stale.
      const statement = kyselyStatement(database.prepare(sql === 'begin' ? 'begin immediate' : sql))
      const prepared = guarded(sql, statement, { database, isInPlace })
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

/** What has to hold when a transaction ends. */
function guarded(
  sql: string,
  statement: SqliteStatement,
  { database, isInPlace }: { readonly database: DatabaseSync; readonly isInPlace: () => boolean },
): SqliteStatement {
  if (sql === 'rollback') return onlyInside(database, statement)
  return sql === 'commit' ? onlyInPlace(statement, isInPlace) : statement
}

/** A file that was removed or moved away takes what is written without a word. */
function onlyInPlace(commit: SqliteStatement, isInPlace: () => boolean): SqliteStatement {
  return {
    ...commit,
    run: (parameters) => {
      if (!isInPlace()) throw new SqliteGone()
      return commit.run(parameters)
    },
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

function errorCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}
