/** What holds on either database, by two handles as two processes have them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dropTestDatabase, openTestStorage } from '../../testing/test-database.ts'
import { isUniqueViolation, type Storage, type StorageTransaction, transact } from './database.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-storage-'))
})
afterEach(async () => {
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true })
})

describe('transactions', () => {
  test('wait for another handle without blocking it', async () => {
    const [first, second] = [await openTestStorage(folder), await openTestStorage(folder)]
    const order: string[] = []
    const begun = Promise.withResolvers<void>()
    const slow = transact(first, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      begun.resolve()
      await sleep(60)
      order.push('first')
    })
    await begun.promise
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
    const storage = await openTestStorage(folder)
    const insertTwice = transact(storage, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      await transaction.insertInto('setting').values({ name: 'a', value: '2' }).execute()
    })
    const error: unknown = await insertTwice.catch((thrown: unknown) => thrown)
    expect(isUniqueViolation(error)).toBe(true)
    expect(await storage.selectFrom('setting').selectAll().execute()).toEqual([])
    await storage.destroy()
  })

  test('one that failed within is not kept, whoever goes on as if nothing was', async () => {
    const storage = await openTestStorage(folder)
    const add = (transaction: StorageTransaction) =>
      transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
    await transact(storage, add)
    const gone = transact(storage, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'b', value: '1' }).execute()
      await add(transaction).catch(() => undefined)
      throw new Error('given up')
    })
    await expect(gone).rejects.toThrow('given up')
    expect(await storage.selectFrom('setting').select('name').execute()).toEqual([{ name: 'a' }])
    await storage.destroy()
  })

  test('what was read in one stays so until its end', async () => {
    const [first, second] = [await openTestStorage(folder), await openTestStorage(folder)]
    await first.insertInto('setting').values({ name: 'count', value: '0' }).execute()
    const raise = (storage: Storage) =>
      transact(storage, async (transaction) => {
        const row = await transaction
          .selectFrom('setting')
          .select('value')
          .executeTakeFirstOrThrow()
        await sleep(2)
        const value = String(Number(row.value) + 1)
        await transaction.updateTable('setting').set({ value }).execute()
      })
    const both = Array.from({ length: 20 }, (_, at) => raise(at % 2 === 0 ? first : second))
    await Promise.all(both)
    expect(await second.selectFrom('setting').select('value').execute()).toEqual([{ value: '20' }])
    await first.destroy()
    await second.destroy()
  })

  test('reading goes on while another process writes, and sees nothing of it before its end', async () => {
    const [first, second] = [await openTestStorage(folder), await openTestStorage(folder)]
    await transact(first, async (transaction) => {
      await transaction.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      expect(await second.selectFrom('setting').selectAll().execute()).toEqual([])
    })
    expect(await second.selectFrom('setting').selectAll().execute()).toHaveLength(1)
    await first.destroy()
    await second.destroy()
  })
})

test('nothing is in a list of nothing, and everything is not', async () => {
  const storage = await openTestStorage(folder)
  await storage.insertInto('setting').values({ name: 'a', value: '1' }).execute()
  const names = storage.selectFrom('setting').select('name')
  expect(await names.where('name', 'in', []).execute()).toEqual([])
  expect(await names.where('name', 'not in', []).execute()).toEqual([{ name: 'a' }])
  await storage.destroy()
})

test('text is sorted by its bytes, and numbers are not cut at 32 bits', async () => {
  const storage = await openTestStorage(folder)
  const sorted = ['A', 'B', 'a', 'b', 'é', '一']
  for (const name of [...sorted].reverse()) {
    await storage.insertInto('setting').values({ name, value: '' }).execute()
  }
  const rows = await storage.selectFrom('setting').select('name').orderBy('name').execute()
  expect(rows.map(({ name }) => name)).toEqual(sorted)
  const after = storage.selectFrom('setting').select('name').where('name', '>', 'B').orderBy('name')
  expect((await after.execute()).map(({ name }) => name)).toEqual(sorted.slice(2))
  const late = { hash: 'h', expires_at: 2 ** 52 }
  await storage.insertInto('nonce').values(late).execute()
  expect(await storage.selectFrom('nonce').selectAll().execute()).toEqual([late])
  const { total } = await storage
    .selectFrom('nonce')
    .select((row) => row.fn.sum<number>('expires_at').as('total'))
    .executeTakeFirstOrThrow()
  expect(total).toBe(2 ** 52)
  await storage.destroy()
})
