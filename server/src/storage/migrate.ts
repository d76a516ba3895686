/** Brings the tables up to date, whole or not at all: a process that is killed in between leaves what was there before. */
import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
import { MIGRATIONS } from './migrations.ts'
import type { Schema } from './schema.ts'
import { type DialectName, statementsFor } from './statements.ts'

const FIND_VERSION_TABLE: Readonly<Record<DialectName, string>> = {
  sqlite: "select name from sqlite_master where type = 'table' and name = 'schema_version'",
  postgres: "select 1 from pg_class where oid = to_regclass('schema_version')",
}

/** Whether nothing is missing: reads only, and waits for nobody who writes. */
export async function isUpToDate(reader: Kysely<Schema>, dialect: DialectName): Promise<boolean> {
  return (await versionOf(reader, dialect)) === MIGRATIONS.length
}

/** Applies what is missing in `transaction`. Throws for a database that a later version of OneTrip wrote. */
export async function migrate(
  transaction: Transaction<Schema>,
  dialect: DialectName,
): Promise<void> {
  const run = (statement: string) => transaction.executeQuery(CompiledQuery.raw(statement))
  const found = await versionOf(transaction, dialect)
  // Whoever may only use the tables makes none, and need not where they are up to date.
  if (found === undefined) await run('create table schema_version (version integer primary key)')
  const current = found ?? 0
  if (current > MIGRATIONS.length) {
    throw new Error('storage: the database was written by a later version of OneTrip')
  }
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < current) continue
    for (const statement of statementsFor(dialect, statements)) await run(statement)
    await run(`insert into schema_version (version) values (${index + 1})`)
  }
  if (current === MIGRATIONS.length || dialect === 'postgres') return
  const dangling = await run('pragma foreign_key_check')
  if (dangling.rows.length > 0) throw new Error('storage: a row refers to one that is not there')
}

/** The version of the tables; undefined where there are none. */
async function versionOf(
  reader: Kysely<Schema>,
  dialect: DialectName,
): Promise<number | undefined> {
  const table = await reader.executeQuery(CompiledQuery.raw(FIND_VERSION_TABLE[dialect]))
  if (table.rows.length === 0) return undefined
  const { rows } = await reader.executeQuery<{ version: number | null }>(
    CompiledQuery.raw('select max(version) as version from schema_version'),
  )
  return rows[0]?.version ?? 0
}
