/** O5 with the memory of a process: what did not change is not made again, what did change is seen at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueFood, nonceOf, openWorld, post, START, type World } from '../../testing/test-world.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { transact } from '../storage/database.ts'
import { registerOffice } from './agencies.ts'
import { publishedPack } from './publish-pack.ts'
import { publishedMemory } from './published.ts'
import { metadataFile } from './serve-repository.ts'

const OFFICE = '11339901XYN000065X'
let world: World
/** Another process on the same database. */
let other: World
let licenceId: string
let listId: number

beforeAll(async () => {
  world = await openWorld()
  licenceId = (await issueFood(world, { serial: 'MEMORY1' })).id
  const rows = world.services.storage.selectFrom('credential').select('list_id')
  const row = await rows.where('licence_id', '=', licenceId).executeTakeFirstOrThrow()
  listId = row.list_id
  other = await openWorld({ folder: world.folder })
})
afterAll(async () => {
  await other.close()
  await world.close()
})

/** The very array in memory, so that `toBe` tells whether it was made again. */
async function body(file: Promise<{ readonly body: Uint8Array }>): Promise<Uint8Array> {
  return (await file).body
}

async function served({ services }: World) {
  return {
    timestamp: await body(metadataFile(services, 'timestamp.json')),
    cwt: await publishedStatusList(services, listId, 'cwt'),
    jwt: await publishedStatusList(services, listId, 'jwt'),
    pack: await publishedPack(services),
  }
}

test('what did not change is the same bytes in memory, whatever else is written', async () => {
  const first = await served(world)
  await nonceOf(world)
  await issueFood(world, { serial: 'MEMORY2' })
  const again = await served(world)
  for (const name of ['timestamp', 'cwt', 'jwt', 'pack'] as const) {
    expect(again[name]).toBe(first[name])
  }
})

test('a change by another process is seen at once, and both serve the same', async () => {
  const before = await served(world)
  await registerOffice(other.services, { id: OFFICE, name: { 'zh-CN': '烟草局', en: 'Tobacco' } })
  const registered = await served(world)
  expect(registered.timestamp).not.toEqual(before.timestamp)
  expect(registered.cwt).toBe(before.cwt)
  expect(registered.pack.tag).not.toBe(before.pack.tag)
  const change = { status: 'suspended', reason: 'x' }
  await post({ ...other, apiKey: world.apiKey }, `/api/licences/${licenceId}/status`, change)
  const suspended = await served(world)
  expect(suspended.timestamp).not.toEqual(registered.timestamp)
  expect(suspended.cwt.tag).not.toBe(registered.cwt.tag)
  expect(suspended.pack.tag).not.toBe(registered.pack.tag)
  expect(await served(other)).toEqual(suspended)
})

test('what another process signed after an hour is served here too', async () => {
  const before = await served(world)
  for (const one of [world, other]) one.setNow(START + 3600)
  const later = await served(other)
  expect(later.timestamp).not.toEqual(before.timestamp)
  expect(later.cwt.tag).not.toBe(before.cwt.tag)
  expect(await served(world)).toEqual(later)
})

describe('each table of the trust list', () => {
  const revision = async (): Promise<number> =>
    (
      await world.services.storage
        .selectFrom('trust_revision')
        .selectAll()
        .executeTakeFirstOrThrow()
    ).revision
  const tables = ['agency', 'agency_type', 'office', 'licence_type', 'signing_key'] as const
  test.for(tables)('%s: its change raises the revision', async (table) => {
    const before = await revision()
    const column = table === 'agency_type' || table === 'licence_type' ? 'type_code' : 'id'
    await transact(world.services.storage, (transaction) =>
      transaction
        .updateTable(table)
        .set((columns) => ({ [column]: columns.ref(column) }))
        .execute(),
    )
    expect(await revision()).toBeGreaterThan(before)
  })

  test('a change of the counters of a status list does not', async () => {
    const before = await revision()
    await issueFood(world, { serial: 'MEMORY3' })
    expect(await revision()).toBe(before)
  })
})

test('a memory that is full forgets what was kept first', () => {
  const memory = publishedMemory(2)
  const body = Uint8Array.of(1)
  for (const name of ['a', 'b', 'a', 'c']) memory.keep(name, '1', body)
  expect(memory.find('a', '1')?.body).toBe(body)
  expect(memory.find('a', '2')).toBeUndefined()
  expect(memory.find('b', '1')).toBeUndefined()
  expect(memory.find('c', '1')?.body).toBe(body)
})
