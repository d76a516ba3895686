/** For tests: what an administrator of the database can do to rows that are only ever added. */
import { sql } from 'kysely'
import type { StorageReader, StorageTransaction } from '../src/storage/database.ts'
import { TEST_POSTGRES } from './test-database.ts'

/** Takes away the trigger that keeps a table's rows from an event. */
export async function dropGuard(
  storage: StorageReader,
  table: string,
  event: 'update' | 'delete',
): Promise<void> {
  const place = TEST_POSTGRES === undefined ? '' : `on ${table}`
  await sql.raw(`drop trigger ${table}_no_${event} ${place}`).execute(storage)
}

/** Takes all of that away from some tables until the transaction ends, and what refers to other rows is not held against them. */
export async function dropGuards(
  transaction: StorageTransaction,
  tables: readonly string[],
): Promise<void> {
  if (TEST_POSTGRES !== undefined) {
    await sql`set local session_replication_role = replica`.execute(transaction)
    return
  }
  await sql`pragma defer_foreign_keys = on`.execute(transaction)
  for (const table of tables) {
    for (const event of ['update', 'delete'] as const) await dropGuard(transaction, table, event)
  }
}

/** Adds a row of a table once more in its own place. */
export async function replaceRow(
  storage: StorageReader,
  { table, column }: { readonly table: string; readonly column: string },
): Promise<void> {
  const again =
    TEST_POSTGRES === undefined
      ? `insert or replace into ${table} select * from ${table} limit 1`
      : `insert into ${table} select * from ${table} limit 1
          on conflict on constraint ${table}_pkey do update set ${column} = excluded.${column}`
  await sql.raw(again).execute(storage)
}
