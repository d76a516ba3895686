import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStorage, transact } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import { assertDurable } from './sqlite.ts'
import { statementsFor } from './statements.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-storage-'))
  file = join(folder, 'test.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('durability (O2)', () => {
  test('synchronous reads FULL and the journal is a WAL', async () => {
    const storage = await openStorage(file)
    await storage.destroy()
    const database = new DatabaseSync(file)
    expect(() => assertDurable(database)).not.toThrow()
    database.exec('pragma synchronous = normal')
    expect(() => assertDurable(database)).toThrow('synchronous=FULL')
    database.exec('pragma synchronous = full')
    database.exec('pragma journal_mode = delete')
    expect(() => assertDurable(database)).toThrow('journal_mode=WAL')
    database.close()
  })
})

describe('a medium that fails (CR02)', () => {
  test('a full one is storage/unavailable, acknowledges nothing and heals by itself', async () => {
    const storage = await openStorage(file)
    const write = (name: string, length: number) =>
      transact(storage, (transaction) =>
        transaction
          .insertInto('setting')
          .values({ name, value: 'x'.repeat(length) })
          .execute(),
      )
    const limitPages = async (pages: number) =>
      storage.executeQuery(CompiledQuery.raw(`pragma max_page_count = ${pages}`))
    await limitPages(1)
    await expect(write('full', 500_000)).rejects.toMatchObject({ code: 'storage/unavailable' })
    expect(await storage.selectFrom('setting').selectAll().execute()).toEqual([])
    await limitPages(100_000)
    await write('healed', 10)
    expect(await storage.selectFrom('setting').select('name').execute()).toEqual([
      { name: 'healed' },
    ])
    await storage.destroy()
  })

  test('one that only reads is storage/unavailable', async () => {
    const storage = await openStorage(file)
    await storage.executeQuery(CompiledQuery.raw('pragma query_only = on'))
    const written = transact(storage, (transaction) =>
      transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute(),
    )
    await expect(written).rejects.toMatchObject({ code: 'storage/unavailable' })
    await storage.destroy()
  })
})

test('the database and its journals are for the owner only', async () => {
  const umask = process.umask(0)
  const storage = await openStorage(file)
  for (const name of readdirSync(folder)) {
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600])
  }
  expect(readdirSync(folder)).toContain('test.sqlite-wal')
  await storage.destroy()
  process.umask(umask)
})

describe('migrations', () => {
  test('run once, also when two processes open a new file at the same time', async () => {
    const [first, second] = await Promise.all([openStorage(file), openStorage(file)])
    expect(await first.selectFrom('setting').selectAll().execute()).toEqual([])
    expect(await second.selectFrom('setting').selectAll().execute()).toEqual([])
    await first.destroy()
    await second.destroy()
    const again = await openStorage(file)
    await again.destroy()
  })

  test('an agency’s lists, their entries and triggers outlive the version in which seal makers have some', async () => {
    const before = new DatabaseSync(file)
    before.exec('create table schema_version (version integer primary key)')
    for (const [index, statements] of MIGRATIONS.slice(0, 10).entries()) {
      for (const statement of statementsFor('sqlite', statements)) before.exec(statement)
      before.exec(`insert into schema_version (version) values (${index + 1})`)
    }
    before.exec(`insert into agency values ('A', '{}', 1);
      insert into signing_key values ('k', 'A', 'status-cbor', 'kid', '{}', 1, 2, null, null);
      insert into actor values ('p', 'P', 'person');
      insert into licence values ('l', 'A', 'T', 1, 'S', 1, 'I', 'd', null, '{}', null, 'valid', 'p', 1);
      insert into status_list values (7, 'A', 'https://x.example/s/7', 64, 1, 3);
      insert into credential values ('c', 'l', null, 'paper', 7, 5, 0, 'issued', 'k', null, null, 'x', 1, 1, null)`)
    before.close()
    const storage = await openStorage(file)
    const list = storage.selectFrom('status_list').selectAll().where('id', '=', 7)
    expect(await list.execute()).toMatchObject([{ agency_id: 'A', seal_maker_id: null, used: 1 }])
    await storage.updateTable('signing_key').set({ revoked_from: 1 }).execute()
    expect(await list.execute()).toMatchObject([{ revision: 4 }])
    const orphan = storage.deleteFrom('status_list').where('id', '=', 7).execute()
    await expect(orphan).rejects.toThrow('FOREIGN KEY')
    await storage.destroy()
  })

  test('a file of a later version is refused', async () => {
    const storage = await openStorage(file)
    await storage.destroy()
    const database = new DatabaseSync(file)
    database.exec('insert into schema_version (version) values (99)')
    database.close()
    await expect(openStorage(file)).rejects.toThrow('later version')
  })
})
