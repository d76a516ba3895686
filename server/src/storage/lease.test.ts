import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dropTestDatabase, openTestStorage } from '../../testing/test-database.ts'
import type { Storage } from './database.ts'
import { withLease } from './lease.ts'

const SECONDS = 60
let folder: string
let storages: readonly Storage[]
let now = 1000
let ids = 0
const newId = (): string => {
  ids += 1
  return String(ids)
}
const processes = () => storages.map((storage) => ({ storage, now: () => now, newId }))

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-lease-'))
  storages = [await openTestStorage(folder), await openTestStorage(folder)]
})
afterEach(async () => {
  for (const storage of storages) await storage.destroy()
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true })
})

test('of several processes one works at a time, and each may afterwards', async () => {
  let running = 0
  let most = 0
  const work = async (): Promise<void> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 50))
    running -= 1
  }
  const tasks = [...processes(), ...processes()]
  const did = await Promise.all(
    tasks.map((services) => withLease(services, { name: 'a', seconds: SECONDS, work })),
  )
  expect(did.filter((done) => done).length).toBeGreaterThanOrEqual(1)
  expect(most).toBe(1)
  for (const services of processes()) {
    expect(await withLease(services, { name: 'a', seconds: SECONDS, work })).toBe(true)
  }
})

test('what fails gives it back; who dies keeps it until its end, and not after', async () => {
  const [first, second] = processes()
  if (first === undefined || second === undefined) throw new TypeError('two processes')
  const fail = () => Promise.reject(new Error('failed'))
  const nothing = async () => undefined
  await expect(withLease(first, { name: 'a', seconds: SECONDS, work: fail })).rejects.toThrow(
    'failed',
  )
  await first.storage
    .insertInto('lease')
    .values({ name: 'a', holder: 'dead', until: now + SECONDS })
    .execute()
  now += SECONDS - 1
  expect(await withLease(second, { name: 'a', seconds: SECONDS, work: nothing })).toBe(false)
  expect(await withLease(second, { name: 'b', seconds: SECONDS, work: nothing })).toBe(true)
  now += 1
  expect(await withLease(second, { name: 'a', seconds: SECONDS, work: nothing })).toBe(true)
})

test('one that was taken over does not give the other one’s back', async () => {
  const [first, second] = processes()
  if (first === undefined || second === undefined) throw new TypeError('two processes')
  const rows = () => second.storage.selectFrom('lease').select('name').execute()
  const slow = async (): Promise<void> => {
    now += SECONDS
    await withLease(second, {
      name: 'a',
      seconds: SECONDS,
      work: async () => {
        expect(await rows()).toHaveLength(1)
      },
    })
    const held = { name: 'a', holder: 'third', until: now + SECONDS }
    await second.storage.insertInto('lease').values(held).execute()
  }
  expect(await withLease(first, { name: 'a', seconds: SECONDS, work: slow })).toBe(true)
  expect(await rows()).toHaveLength(1)
})
