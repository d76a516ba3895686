/**
 * The whole database as one file, as of one moment, while servers go on writing: of SQLite a database of its own (VACUUM INTO), of PostgreSQL what
 * its own `pg_dump` writes. Put into a new place only.
 */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, copyFile, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { fault } from '@onetrip/codec'
import type { PostgresPlace } from './postgres-place.ts'
import { postgresPool } from './postgres-pool.ts'

/** Where a database is: the path of a file, or PostgreSQL. */
export type DatabasePlace = string | PostgresPlace

const VERSIONS = '/usr/lib/postgresql'
const OWNER_ONLY = 0o600
const MAX_MESSAGE_BYTES = 1_048_576
const ANY_TABLE = `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() limit 1`
const KEEP_SETTING = `insert into setting (name, value) values ($1, $2)
  on conflict (name) do update set value = excluded.value`
const run = promisify(execFile)

/** Writes the database into a file that is not there yet, for the owner only. Throws `restore/tools` where PostgreSQL's programs are missing or fail. */
export async function copyDatabase(place: DatabasePlace, file: string): Promise<void> {
  if (typeof place === 'string') {
    const database = new DatabaseSync(place, { timeout: 30_000 })
    try {
      database.prepare('vacuum into ?').run(file)
    } finally {
      database.close()
    }
  } else {
    const [url, environment] = addressOf(place)
    await runTool(
      'pg_dump',
      ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`, url],
      environment,
    )
  }
  await chmod(file, OWNER_ONLY)
  await syncFile(file)
}

/** Whether there is nothing at a place yet. */
export async function isNewDatabase(place: DatabasePlace): Promise<boolean> {
  if (typeof place === 'string') return !existsSync(place)
  return (await askOwner(place, ANY_TABLE)).length === 0
}

/**
 * Puts a file of {@link copyDatabase} into a new place, and a setting with it, before anything can be opened there. Throws
 * `restore/tools`, `restore/format` where it is of the other kind.
 */
export async function placeDatabase(
  place: DatabasePlace,
  of: {
    readonly file: string
    readonly setting: { readonly name: string; readonly value: string }
  },
): Promise<void> {
  const { file, setting } = of
  if (typeof place === 'string') {
    const draft = `${place}.draft`
    await rm(draft, { force: true })
    await copyFile(file, draft)
    const database = openCopy(draft)
    try {
      database.exec('pragma journal_mode = delete')
      database
        .prepare('insert or replace into setting (name, value) values (?, ?)')
        .run(setting.name, setting.value)
    } catch {
      throw fault('restore/format')
    } finally {
      database.close()
    }
    await syncFile(draft)
    await rename(draft, place)
    return
  }
  const [url, environment] = addressOf(place)
  await runTool(
    'pg_restore',
    [
      '--exit-on-error',
      '--single-transaction',
      '--no-owner',
      '--no-privileges',
      `--dbname=${url}`,
      file,
    ],
    environment,
  )
  await askOwner(place, KEEP_SETTING, [setting.name, setting.value])
}

async function askOwner(
  place: PostgresPlace,
  sql: string,
  parameters: readonly string[] = [],
): Promise<readonly unknown[]> {
  const pool = postgresPool(place.ownerUrl ?? place.url, { size: 1, hasLimits: false })
  try {
    const client = await pool.connect()
    const { rows } = await client.query(sql, parameters)
    client.release(false)
    return rows
  } catch {
    throw fault('storage/unavailable')
  } finally {
    await pool.end()
  }
}

function openCopy(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file)
  } catch {
    throw fault('restore/format')
  }
}

/** An address without its password, and the password where other users of the machine do not see it. */
function addressOf({
  url,
  ownerUrl,
}: PostgresPlace): readonly [string, Readonly<Record<string, string>>] {
  const address = new URL(ownerUrl ?? url)
  const password = decodeURIComponent(address.password)
  address.password = ''
  return [address.href, password === '' ? {} : { PGPASSWORD: password }]
}

async function runTool(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    await run(toolPath(name), args, {
      env: { ...process.env, ...environment },
      maxBuffer: MAX_MESSAGE_BYTES,
    })
  } catch {
    // What it says may hold rows.
    throw fault('restore/tools', `${name} failed or is not installed`)
  }
}

/** Of several versions the newest: it reads and writes what older servers have. */
function toolPath(name: string): string {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : []
  const newest = versions.sort((one, other) => Number(other) - Number(one))
  const found = newest.map((version) => join(VERSIONS, version, 'bin', name)).find(existsSync)
  return found ?? name
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
