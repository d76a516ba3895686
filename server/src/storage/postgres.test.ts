/** What only PostgreSQL has: a way to it that breaks, roles, and servers that are not fit. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  administer,
  createEmptyDatabase,
  databaseUrl,
  dropTestDatabase,
  TEST_POSTGRES,
} from '../../testing/test-database.ts'
import { openStorage, type Storage, transact } from './database.ts'
import { serverFaults } from './postgres-pool.ts'

const ROLE = `onetrip_app_${process.pid}`
let folder: string
let url: string

/** The same address for another role or place. */
function changed(change: (address: URL) => void): string {
  const address = new URL(url)
  change(address)
  return address.href
}

function add(storage: Storage, name: string): Promise<unknown> {
  return transact(storage, (transaction) =>
    transaction.insertInto('setting').values({ name, value: '1' }).execute(),
  )
}

async function names(storage: Storage): Promise<readonly string[]> {
  const rows = await storage.selectFrom('setting').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name)
}

const others = sql`pid != pg_backend_pid() and datname = current_database()`

describe('a server', () => {
  const fit = { version: 150_000, encoding: 'UTF8', fsync: 'on', standby: 0 }

  test('is fit, or says all that is wrong with it', () => {
    expect(serverFaults(fit)).toEqual([])
    expect(serverFaults({ ...fit, version: 149_999 })).toEqual(['needs PostgreSQL 15 or later'])
    expect(serverFaults({ ...fit, fsync: 'off' })).toEqual(['needs fsync=on'])
    expect(serverFaults({ version: 90_600, encoding: 'LATIN1', fsync: 'off', standby: 1 })).toEqual(
      [
        'needs PostgreSQL 15 or later',
        'needs a database in the encoding UTF8',
        'needs fsync=on',
        'names a standby, to which nothing can be written',
      ],
    )
  })
})

describe.skipIf(TEST_POSTGRES === undefined)('PostgreSQL', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onetrip-postgres-'))
    await createEmptyDatabase(folder)
    url = databaseUrl(folder)
  })
  afterEach(async () => {
    await dropTestDatabase(folder)
    await administer(`drop role if exists ${ROLE}`)
    rmSync(folder, { recursive: true })
  })

  test('a connection that breaks takes its transaction with it, and the next one is made anew', async () => {
    const [storage, admin] = [await openStorage({ url }), await openStorage({ url })]
    await add(storage, 'before')
    const broken = transact(storage, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'lost', value: '1' }).execute()
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`.execute(
        admin,
      )
      await transaction.insertInto('setting').values({ name: 'later', value: '1' }).execute()
    })
    await expect(broken).rejects.toMatchObject({ code: 'storage/unavailable' })
    await add(storage, 'healed')
    expect(await names(storage)).toEqual(['before', 'healed'])
    await storage.destroy()
    await admin.destroy()
  })

  test('one that breaks while nobody uses it is not noticed', async () => {
    const [storage, admin] = [await openStorage({ url }), await openStorage({ url })]
    await Promise.all([names(storage), names(storage), names(storage)])
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`.execute(admin)
    await expect.poll(() => names(storage).catch(() => 'not yet')).toEqual([])
    await storage.destroy()
    await admin.destroy()
  })

  test('what has failed is not committed by who goes on', async () => {
    const storage = await openStorage({ url })
    const swallowed = transact(storage, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      await transaction
        .insertInto('setting')
        .values({ name: 'a', value: '2' })
        .execute()
        .catch(() => undefined)
    })
    await expect(swallowed).rejects.toThrow('had failed')
    expect(await names(storage)).toEqual([])
    await storage.destroy()
  })

  test('a commit is on the medium whatever the default of the database is', async () => {
    await administer(
      `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`,
    )
    const storage = await openStorage({ url })
    const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(
      storage,
    )
    expect(rows).toEqual([{ synchronous_commit: 'on' }])
    await storage.destroy()
  })

  test('what cannot be opened is said without anything of the address', async () => {
    await administer(`create role ${ROLE} login password 'hidden'`)
    const wrong = [
      changed((address) => {
        address.port = '1'
        address.password = 'hidden'
      }),
      changed((address) => {
        address.pathname = '/hidden'
      }),
      changed((address) => {
        address.username = 'hidden'
      }),
      // May not make tables.
      changed((address) => {
        address.username = ROLE
        address.password = 'hidden'
      }),
    ]
    for (const place of wrong) {
      const error: unknown = await openStorage({ url: place }).catch((thrown: unknown) => thrown)
      expect(String(error)).toMatch(/^ConfigError: configuration: ONETRIP_DATABASE_URL/)
      expect(String(error)).not.toContain('hidden')
    }
  })

  test('a database in another encoding is refused', async () => {
    await dropTestDatabase(folder)
    const name = new URL(url).pathname.slice(1)
    await administer(`create database ${name} template template0 encoding 'SQL_ASCII' locale 'C'`)
    await expect(openStorage({ url })).rejects.toThrow('needs a database in the encoding UTF8')
  })

  test('where the tables have an owner, who works with them neither changes nor removes the record', async () => {
    await administer(`create role ${ROLE} login`)
    const app = changed((address) => {
      address.username = ROLE
    })
    const storage = await openStorage({ url: app, ownerUrl: url })
    await add(storage, 'a')
    await storage.updateTable('setting').set({ value: '2' }).execute()
    await storage.deleteFrom('setting').execute()
    const row = { idx: 0, entry: 'e', leaf: 'l', at: 1 }
    await storage.insertInto('log_entry').values(row).execute()
    const denied = [
      sql`update log_entry set at = 2`,
      sql`delete from log_entry`,
      sql`truncate log_entry cascade`,
      sql`drop trigger log_entry_no_update on log_entry`,
      sql`alter table log_entry disable trigger all`,
      sql`set session_replication_role = replica`,
      sql`delete from schema_version`,
      sql`create table mine (a bigint)`,
    ]
    for (const statement of denied) {
      await expect(statement.execute(storage)).rejects.toMatchObject({ code: '42501' })
    }
    expect(await storage.selectFrom('log_entry').selectAll().execute()).toEqual([row])
    await storage.destroy()
    // With its tables up to date it needs no owner.
    await (await openStorage({ url: app })).destroy()
    await expect(openStorage({ url, ownerUrl: url })).rejects.toThrow('may change the record')
    // Nor may it get there by another right.
    const admin = await openStorage({ url })
    await sql.raw(`grant truncate on log_entry to public`).execute(admin)
    await expect(openStorage({ url: app, ownerUrl: url })).rejects.toThrow('may change the record')
    await admin.destroy()
    await dropTestDatabase(folder)
  })

  test('an owner that works with its own tables is held by their triggers', async () => {
    const storage = await openStorage({ url })
    await storage.insertInto('log_entry').values({ idx: 0, entry: 'e', leaf: 'l', at: 1 }).execute()
    for (const change of [
      'update log_entry set at = 2',
      'delete from log_entry',
      'truncate log_entry cascade',
    ]) {
      await expect(sql.raw(change).execute(storage)).rejects.toThrow('append-only')
    }
    await storage.destroy()
  })
})
