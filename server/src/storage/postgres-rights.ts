/**
 * What the role that works with the tables may do where another one owns them: everything but changing or removing what is only ever
 * added. A role that owns its tables is held by their triggers alone, which it could drop.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { ConfigError } from '../config.ts'
import type { Schema } from './schema.ts'

/** Tables whose triggers refuse every change. */
const APPEND_ONLY = sql`select distinct tgrelid from pg_trigger where tgfoid = to_regproc('refuse_change')`
const CHANGES = ['update', 'delete', 'truncate'] as const

/** The role that a connection works as. */
export async function roleOf(storage: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(storage)
  return rows[0]?.role ?? ''
}

/**
 * Gives `role` its rights; in the transaction of the tables' owner. Throws {@link ConfigError} for the owner itself and for who can act
 * as the owner, and then changes nothing.
 */
export async function grantRights(transaction: Transaction<Schema>, role: string): Promise<void> {
  const owner = await sql<{
    is: boolean
  }>`select pg_has_role(${role}::name, current_user, 'MEMBER') as is`.execute(transaction)
  if (owner.rows[0]?.is !== false) throw mayChange()
  const { rows } = await sql<{
    schema: string
  }>`select current_schema()::text as schema`.execute(transaction)
  const schema = sql.id(rows[0]?.schema ?? 'public')
  const whom = sql.id(role)
  const tables = sql`all tables in schema ${schema}`
  await sql`grant usage on schema ${schema} to ${whom}`.execute(transaction)
  await sql`revoke all on ${tables} from ${whom}`.execute(transaction)
  await sql`grant select, insert, update, delete on ${tables} to ${whom}`.execute(transaction)
  for (const { name } of await appendOnlyTables(transaction)) {
    await sql`revoke update, delete on ${sql.id(name)} from ${whom}`.execute(transaction)
  }
  const versions = sql.id('schema_version')
  await sql`revoke insert, update, delete on ${versions} from ${whom}`.execute(transaction)
}

/** Throws {@link ConfigError} where the role of this connection can change what is only ever added, by whatever right. */
export async function assertRecordStays(storage: Kysely<Schema>): Promise<void> {
  const may = sql.join(
    CHANGES.map((change) => sql`has_table_privilege(tgrelid, ${change}::text)`),
    sql` or `,
  )
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from (${APPEND_ONLY}) as found where ${may}`.execute(storage)
  if (rows[0]?.count !== 0) throw mayChange()
}

function mayChange(): ConfigError {
  return new ConfigError([
    'ONETRIP_DATABASE_URL: its role may change the record; it must be another than the owner, and not in it',
  ])
}

async function appendOnlyTables(
  transaction: Transaction<Schema>,
): Promise<readonly { readonly name: string }[]> {
  const { rows } = await sql<{
    name: string
  }>`select relname::text as name from pg_class where oid in (${APPEND_ONLY})`.execute(transaction)
  return rows
}
