/**
 * For tests: the database of a data folder. Where `ONETRIP_TEST_POSTGRES` has the address of a PostgreSQL, each folder has a database
 * of its own there, named after it, so that another process finds it by the folder alone; else it is the SQLite file in the folder.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openStorage, type Storage } from '../src/storage/database.ts'

const DUPLICATE_DATABASE = '42P04'
/** All tables and no row; made once for all processes of a run ({@link makeEmptyTemplate}). */
const EMPTY = 'onetrip_empty'

/** What the Vitest project of PostgreSQL says in place of an address, for the one that was started for it. */
const STARTED = 'started'
const NAMED: string | undefined = process.env['ONETRIP_TEST_POSTGRES']

/** The address of the tests' PostgreSQL; absent where they run on SQLite. */
export const TEST_POSTGRES: string | undefined =
  NAMED === STARTED ? process.env['ONETRIP_TEST_POSTGRES_STARTED'] : NAMED

/** Databases that this process made, by name. */
const made = new Map<string, Promise<void>>()

/** A connection costs more than most tests' statements: this process has one for what is done outside any test's database. */
const outside: pg.Pool = new pg.Pool({
  connectionString: TEST_POSTGRES === undefined ? '' : new URL('postgres', TEST_POSTGRES).href,
  max: 1,
  idleTimeoutMillis: 0,
  allowExitOnIdle: true,
})
// One that ends between two statements is made anew.
outside.on('error', () => undefined)

/** The variables of a server with this data folder; its database is there, a copy of that of the folder `like`, else with empty tables. */
export async function testEnvironment(
  folder: string,
  like?: string,
): Promise<Readonly<Record<string, string>>> {
  if (TEST_POSTGRES === undefined) return { ONETRIP_DATA_DIR: folder }
  const name = databaseName(folder)
  const template = like === undefined ? EMPTY : databaseName(like)
  await once(name, () => createDatabase(name, template))
  return { ONETRIP_DATA_DIR: folder, ONETRIP_DATABASE_URL: databaseUrl(folder) }
}

/** Makes the database of a folder without any tables; of SQLite, the first who opens it does. */
export async function createEmptyDatabase(folder: string): Promise<void> {
  const name = databaseName(folder)
  if (TEST_POSTGRES !== undefined) await once(name, () => createDatabase(name, 'template0'))
}

/** Opens the database of a folder by itself. */
export async function openTestStorage(folder: string): Promise<Storage> {
  await testEnvironment(folder)
  return openStorage(
    TEST_POSTGRES === undefined ? join(folder, 'onetrip.sqlite') : { url: databaseUrl(folder) },
  )
}

/** Removes the database of a folder, whoever uses it; the folder itself stays. */
export async function dropTestDatabase(folder: string): Promise<void> {
  if (TEST_POSTGRES === undefined) return
  const name = databaseName(folder)
  made.delete(name)
  await administer(`drop database if exists ${name} with (force)`)
}

/** All that the database of a folder holds, as text. */
export async function databaseText(folder: string): Promise<string> {
  if (TEST_POSTGRES === undefined) {
    const files = ['onetrip.sqlite', 'onetrip.sqlite-wal']
    return files.map((name) => readFileSync(join(folder, name), 'latin1')).join('')
  }
  const client = new pg.Client({ connectionString: databaseUrl(folder) })
  await client.connect()
  const tables = await client.query(`select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await client.query(`select t::text as row from ${name} t`)
    texts.push(...rows.map(({ row }) => row))
  }
  await client.end()
  return texts.join('\n')
}

/** Its address on the tests' PostgreSQL. */
export function databaseUrl(folder: string): string {
  return new URL(databaseName(folder), TEST_POSTGRES).href
}

/** Runs a statement outside any test's database. */
export async function administer(statement: string): Promise<void> {
  await outside.query(statement)
}

/** Makes what every other database is a copy of, on the PostgreSQL with this address: migrations take seconds there. */
export async function makeEmptyTemplate(address: string): Promise<void> {
  const url = new URL(EMPTY, address).href
  const client = new pg.Client({ connectionString: new URL('postgres', address).href })
  await client.connect()
  // One from an earlier run on the same server may have the tables of another version.
  await client.query(`drop database if exists ${EMPTY} with (force)`)
  await client.query(`create database ${EMPTY} template template0`)
  await client.end()
  const storage = await openStorage({ url })
  await storage.destroy()
}

function once(name: string, make: () => Promise<void>): Promise<void> {
  const making = made.get(name) ?? make()
  made.set(name, making)
  return making
}

async function createDatabase(name: string, template: string): Promise<void> {
  try {
    // Its files are copied as they are: page by page through the log takes four times as long.
    await administer(`create database ${name} template ${template} strategy file_copy`)
  } catch (error) {
    const isThere = error instanceof pg.DatabaseError && error.code === DUPLICATE_DATABASE
    if (!isThere) throw error
  }
}

function databaseName(folder: string): string {
  return `onetrip_${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`
}
