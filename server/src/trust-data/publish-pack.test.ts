/** Packs of the server: whole, and on top of what a receiver has. */
import { randomBytes } from 'node:crypto'
import {
  followTrust,
  memoryTufStore,
  packFetcherFor,
  packInMemory,
  parsePackIndex,
  type Trust,
  type TufStore,
} from '@onetrip/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueFood, openWorld, post, START, type World } from '../../testing/test-world.ts'
import { currentRoot } from './offline-roles.ts'
import { publishedPack } from './publish-pack.ts'
import { newestMetadata } from './repository-rows.ts'

let world: World
let licenceId: string

beforeAll(async () => {
  world = await openWorld()
  licenceId = (await issueFood(world, { serial: 'PACK1' })).id
}, 60_000)
afterAll(() => world.close())

async function pack(base?: number): Promise<Uint8Array> {
  return (await publishedPack(world.services, base)).body
}

async function snapshotVersion(): Promise<number> {
  return (await newestMetadata(world.services.storage, 'snapshot'))?.version ?? 0
}

async function importPack(store: TufStore, bytes: Uint8Array): Promise<Trust> {
  const initialRoot = await currentRoot(world.services)
  const source = packInMemory(bytes)
  const fetcher = await packFetcherFor({ source, store, initialRoot })
  return followTrust({ store, fetcher, initialRoot, now: START })
}

test('a pack on top of a snapshot holds what is new since, and brings its receiver to the same place', async () => {
  const store = memoryTufStore()
  await importPack(store, await pack())
  const base = await snapshotVersion()
  await post(world, `/api/licences/${licenceId}/status`, { status: 'revoked', reason: 'x' })
  const [whole, delta] = [await pack(), await pack(base)]
  const members = (bytes: Uint8Array) =>
    [...parsePackIndex(bytes, bytes.length).members.keys()].map((path) =>
      path.replace(/[0-9a-f]{64}/, 'H'),
    )
  expect(members(delta).length).toBeLessThan(members(whole).length / 2)
  expect(members(delta)).not.toContain('targets/H.trust-list.json')
  const trust = await importPack(store, delta)
  expect(trust.faults).toEqual([])
  const other = await importPack(memoryTufStore(), whole)
  expect(trust.parts).toEqual(other.parts)
})

test('on top of a snapshot that nobody knows, or whose key was taken away, it is the whole pack', async () => {
  const whole = await pack()
  expect(await pack(9_999)).toBe(whole)
  const base = await snapshotVersion()
  // With random bytes of its own its cast is not a copy, so its keys are others.
  const foreign = await openWorld({ random: (length) => new Uint8Array(randomBytes(length)) })
  await publishedPack(foreign.services)
  const row = await newestMetadata(foreign.services.storage, 'snapshot')
  await foreign.close()
  const before = world.services.storage.updateTable('tuf_metadata').set({ body: row?.body ?? '' })
  await before
    .where('role', '=', 'snapshot')
    .where('version', '=', base - 1)
    .execute()
  expect(await pack(base - 1)).toBe(whole)
})
