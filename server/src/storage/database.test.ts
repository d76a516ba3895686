import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assertDurable, isUniqueViolation, openStorage, transact } from './database.ts'

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

  test('a file of a later version is refused', async () => {
    const storage = await openStorage(file)
    await storage.destroy()
    const database = new DatabaseSync(file)
    database.exec('insert into schema_version (version) values (99)')
    database.close()
    await expect(openStorage(file)).rejects.toThrow('later version')
  })
})

describe('transactions', () => {
  test('wait for another handle without blocking it', async () => {
    const [first, second] = [await openStorage(file), await openStorage(file)]
    const order: string[] = []
    const slow = transact(first, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      await sleep(60)
      order.push('first')
    })
    await sleep(5)
    await transact(second, async (transaction) => {
      const rows = await transaction.selectFrom('setting').selectAll().execute()
      order.push(`second sees ${rows.length}`)
    })
    await slow
    expect(order).toEqual(['first', 'second sees 1'])
    await first.destroy()
    await second.destroy()
  })

  test('roll back whole, and name a value that is taken', async () => {
    const storage = await openStorage(file)
    const insertTwice = transact(storage, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      await transaction.insertInto('setting').values({ name: 'a', value: '2' }).execute()
    })
    const error: unknown = await insertTwice.catch((thrown: unknown) => thrown)
    expect(isUniqueViolation(error)).toBe(true)
    expect(await storage.selectFrom('setting').selectAll().execute()).toEqual([])
    await storage.destroy()
  })
})
