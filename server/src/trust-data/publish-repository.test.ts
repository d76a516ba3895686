/** What a publication rewrites, at which price, and what hinders it: seen by a verifier that follows over HTTP. */
import { encodeJson, publicKeyToJwk, toBase64url } from '@onetrip/codec'
import { LIST_BITS, LIST_SIZE } from '@onetrip/status'
import { statusRoleOf } from '@onetrip/trust'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countedServices } from '../../testing/counted-services.ts'
import { follower } from '../../testing/follow-world.ts'
import { TEST_POSTGRES } from '../../testing/test-database.ts'
import {
  issueFood,
  listOfLicence,
  MARKET,
  openWorld,
  POLICE,
  post,
  START,
  type World,
} from '../../testing/test-world.ts'
import { statusListUri } from '../config.ts'
import { buildStatuses, type StatusBuilder } from '../status-lists/status-rows.ts'
import { transact } from '../storage/database.ts'
import { publishRepository } from './publish-repository.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** Only the list of this size is built wrongly. */
const BROKEN_SIZE = 8192
let world: World
let licenceId: string
let list: number
let build: StatusBuilder

beforeEach(async () => {
  build = buildStatuses
  world = await openWorld({ buildStatuses: (size, rows) => build(size, rows) })
  licenceId = (await issueFood(world, { serial: 'PUBLISH1' })).id
  list = await listOfLicence(world, licenceId)
}, 60_000)
afterEach(() => world.close())

async function setStatus(status: string, of: World = world): Promise<void> {
  const path = `/api/licences/${licenceId}/status`
  const answer = await post({ ...of, apiKey: world.apiKey }, path, { status, reason: 'x' })
  expect(answer.status).toBe(200)
}

/** Lists of another agency, with nothing in them. */
async function addLists(count: number, size: number = LIST_SIZE): Promise<void> {
  const { storage, config } = world.services
  const last = await storage
    .selectFrom('status_list')
    .select((columns) => columns.fn.max('id').as('id'))
    .executeTakeFirstOrThrow()
  const ids = Array.from({ length: count }, (_, at) => (last.id ?? 0) + 1 + at)
  const entry = { agency_id: POLICE, size, used: 0, revision: 1 }
  const rows = ids.map((id) => ({ id, uri: statusListUri(config, id), ...entry }))
  await transact(storage, (transaction) =>
    transaction.insertInto('status_list').values(rows).execute(),
  )
}

async function versions({ services }: World = world): Promise<Record<string, number>> {
  const rows = await services.storage
    .selectFrom('tuf_metadata')
    .select(['role', (columns) => columns.fn.max('version').as('version')])
    .groupBy('role')
    .execute()
  return Object.fromEntries(rows.map(({ role, version }) => [role, version]))
}

async function targetRows(): Promise<readonly string[]> {
  const rows = await world.services.storage
    .selectFrom('tuf_target')
    .select(['path', 'sha256'])
    .execute()
  return rows.map(({ path, sha256 }) => `${path} ${sha256}`)
}

async function faultsOfServer(): Promise<unknown> {
  const { faults } = await (await world.app.request('/readyz')).json()
  return faults
}

describe('a revocation', () => {
  test('rewrites its list, the role of it, snapshot and timestamp, and nothing else', async () => {
    await addLists(20)
    const verifier = follower()
    await verifier.follow(world)
    const before = await versions()
    const targetsBefore = await targetRows()
    await setStatus('revoked')
    expect((await verifier.follow(world)).faults).toEqual([])
    const after = await versions()
    const raised = Object.keys(after).filter((role) => after[role] !== before[role])
    expect(raised.sort()).toEqual([statusRoleOf(list), 'snapshot', 'timestamp'].sort())
    for (const role of raised) expect(after[role]).toBe((before[role] ?? 0) + 1)
    const added = (await targetRows()).filter((row) => !targetsBefore.includes(row))
    expect(added.map((row) => row.split('.')[0])).toEqual(Array(2).fill(`status/${list}/${list}`))
  })

  test('costs as many statements with 100 lists as with 3', async () => {
    const costs: number[] = []
    for (const more of [3, 97]) {
      await addLists(more)
      await publishRepository(world.services)
      await setStatus(more === 3 ? 'suspended' : 'revoked')
      const { services, count } = countedServices(world.services)
      await publishRepository(services)
      costs.push(count())
    }
    expect(costs[1]).toBe(costs[0])
    // The entries of the record, too: of the change, and of what is published of it.
    expect(costs[0]).toBeLessThan(66)
  }, 60_000)

  test('of the key that signed the lists has them signed by the next one at once', async () => {
    const { storage } = world.services
    const verifier = follower()
    await verifier.follow(world)
    const before = await versions()
    const ours = { agency_id: MARKET, purpose: 'status-cbor' } as const
    const key = await storage
      .selectFrom('signing_key')
      .selectAll()
      .where('agency_id', '=', ours.agency_id)
      .where('purpose', '=', ours.purpose)
      .executeTakeFirstOrThrow()
    const id = `${key.id}-next`
    const { publicKey } = world.services.keys.ensureSigner(id, 'Ed25519')
    const jwk = encodeJson(publicKeyToJwk(publicKey))
    const next = { ...key, id, kid: toBase64url(publicKey.kid), public_jwk: jwk }
    await transact(storage, async (transaction) => {
      await transaction.insertInto('signing_key').values(next).execute()
      await transaction
        .updateTable('signing_key')
        .set({ revoked_from: START })
        .where('id', '=', key.id)
        .execute()
    })
    const trust = await verifier.follow(world)
    expect(trust.faults).toEqual([])
    const role = statusRoleOf(list)
    expect(await versions()).toMatchObject({ [role]: (before[role] ?? 0) + 1 })
    expect(trust.statusList(MARKET, statusListUri(world.services.config, list))).toBeDefined()
  })
})

test('a timestamp when nothing changed costs two statements, and both read by their keys', async () => {
  await publishRepository(world.services)
  const { services, count } = countedServices(world.services)
  await publishRepository(services)
  expect(count()).toBe(2)
  if (TEST_POSTGRES !== undefined) return
  const plan = await world.services.storage.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan
      select * from tuf_metadata where role = 'timestamp' order by version desc limit 1`),
  )
  expect(plan.rows.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH tuf_metadata USING INDEX .*\(role=\?\)$/),
  ])
})

describe('what hinders one part', () => {
  test('T3 ST13: a new list that cannot be published stops nothing else', async () => {
    build = (size, rows) =>
      size === BROKEN_SIZE
        ? new Uint8Array((size * LIST_BITS) / 8).fill(0x55)
        : buildStatuses(size, rows)
    const verifier = follower()
    await verifier.follow(world)
    await addLists(1, BROKEN_SIZE)
    await setStatus('revoked')
    const trust = await verifier.follow(world)
    expect(trust.faults).toEqual([])
    const { config } = world.services
    expect(trust.statusList(MARKET, statusListUri(config, list))?.list.get(1)).toBeDefined()
    expect(trust.statusList(POLICE, statusListUri(config, list + 1))).toBeUndefined()
    expect(await faultsOfServer()).toEqual([{ list: list + 1, code: 'status/sentinel' }])
    build = buildStatuses
    world.setNow(START + 20)
    const healed = await verifier.follow(world)
    expect(healed.statusList(POLICE, statusListUri(config, list + 1))).toBeDefined()
    expect(await faultsOfServer()).toBeUndefined()
  })

  test('ST13: a change that cannot be published follows within 20 s of the repair', async () => {
    const verifier = follower()
    await verifier.follow(world)
    const { storage, config } = world.services
    const { idx } = await storage
      .selectFrom('credential')
      .select('idx')
      .where('licence_id', '=', licenceId)
      .executeTakeFirstOrThrow()
    build = (size) => new Uint8Array((size * LIST_BITS) / 8)
    await setStatus('suspended')
    const at = async () =>
      (await verifier.follow(world)).statusList(MARKET, statusListUri(config, list))?.list.get(idx)
    expect(await at()).toBe(0)
    build = buildStatuses
    world.setNow(START + 20)
    expect(await at()).toBe(2)
  })

  test('T3: a deny list that is full leaves the last one, and stops nothing else', async () => {
    const verifier = follower()
    await verifier.follow(world)
    const before = await versions()
    const actor = await world.services.storage
      .selectFrom('actor')
      .select('id')
      .executeTakeFirstOrThrow()
    const rows = Array.from({ length: 80 }, (_, at) => ({
      kind: 'key' as const,
      thumbprint: String(at).padStart(43, 'A'),
      from_time: START,
      actor_id: actor.id,
      denied_at: START,
    }))
    await transact(world.services.storage, (transaction) =>
      transaction.insertInto('denied').values(rows).execute(),
    )
    await setStatus('revoked')
    expect((await verifier.follow(world)).faults).toEqual([])
    const after = await versions()
    expect(after['deny']).toBe(before['deny'])
    const role = statusRoleOf(list)
    expect(after[role]).toBe((before[role] ?? 0) + 1)
    expect(await faultsOfServer()).toEqual([{ list: 'repository', code: 'deny-list/full' }])
  })

  test.skipIf(TEST_POSTGRES !== undefined)(
    'AP: a full disk leaves the last good timestamp; with room again the change is published',
    async () => {
      const verifier = follower()
      const { version } = await publishRepository(world.services)
      await setStatus('revoked')
      const { storage } = world.services
      const pragma = (text: string) => storage.executeQuery(CompiledQuery.raw(`pragma ${text}`))
      const pages = await storage.executeQuery<{ page_count: number }>(
        CompiledQuery.raw('pragma page_count'),
      )
      await pragma(`max_page_count = ${pages.rows[0]?.page_count}`)
      world.setNow(START + 301)
      const fill = async () => {
        for (let row = 0; row < 2000; row += 1) {
          const setting = { name: `fill-${row}`, value: 'x'.repeat(1000) }
          await transact(storage, (transaction) =>
            transaction.insertInto('setting').values(setting).execute(),
          )
        }
      }
      await expect(fill()).rejects.toMatchObject({ code: 'storage/unavailable' })
      expect((await publishRepository(world.services)).version).toBe(version)
      expect(await faultsOfServer()).toContainEqual({
        list: 'repository',
        code: 'storage/unavailable',
      })
      expect((await verifier.follow(world)).faults).toEqual([])
      await pragma('max_page_count = 1000000')
      world.setNow(START + 320)
      expect((await publishRepository(world.services)).version).toBeGreaterThan(version)
      expect((await verifier.follow(world)).faults).toEqual([])
      expect(await faultsOfServer()).toBeUndefined()
    },
  )
})

describe('time', () => {
  test('CL: with the clock set back a day versions and signed times go on, and verifiers follow', async () => {
    const verifier = follower()
    const first = await verifier.follow(world)
    world.setNow(START - DAY)
    await setStatus('suspended')
    const later = await verifier.follow(world, START)
    expect(later.faults).toEqual([])
    expect(later.signedAt).toBeGreaterThanOrEqual(first.signedAt)
    const uri = statusListUri(world.services.config, list)
    const issuedAt = later.statusList(MARKET, uri)?.list.issuedAt
    expect(issuedAt).toBeGreaterThanOrEqual(first.statusList(MARKET, uri)?.list.issuedAt ?? START)
    const rows = await world.services.storage
      .selectFrom('tuf_metadata')
      .select('signed_at')
      .where('signed_at', '<', START)
      .execute()
    expect(rows).toEqual([])
  })

  test('every role is signed anew at its half life: timestamp, snapshot, status and deny, targets', async () => {
    await publishRepository(world.services)
    const before = await versions()
    world.setNow(START + 4 * DAY)
    await publishRepository(world.services)
    const week = await versions()
    const once = (role: string) => (before[role] ?? 0) + 1
    for (const role of ['timestamp', 'snapshot', 'deny', 'status-1']) {
      expect(week[role], role).toBe(once(role))
    }
    expect(week['targets']).toBe(before['targets'])
    world.setNow(START + 46 * DAY)
    await publishRepository(world.services)
    expect((await versions())['targets']).toBe(once('targets'))
    expect((await follower().follow(world)).faults).toEqual([])
  })

  test('an unchanged list is dated anew after an hour, some lists at a time', async () => {
    await addLists(40)
    await publishRepository(world.services)
    const named = async (since: number) =>
      (
        await world.services.storage
          .selectFrom('tuf_status')
          .select('list_id')
          .where('named_at', '>=', since)
          .execute()
      ).length
    world.setNow(START + HOUR)
    await publishRepository(world.services)
    expect(await named(START + HOUR)).toBe(32)
    world.setNow(START + HOUR + 15)
    await publishRepository(world.services)
    expect(await named(START + HOUR)).toBe(await named(START))
  }, 30_000)

  test('replaced files stay two hours for clients, snapshots two weeks for packs, targets for ever', async () => {
    const rows = async (role: string) =>
      (
        await world.services.storage
          .selectFrom('tuf_metadata')
          .select('version')
          .where('role', '=', role)
          .execute()
      ).length
    for (let hour = 0; hour < 8; hour += 1) {
      world.setNow(START + hour * HOUR)
      await publishRepository(world.services)
    }
    expect(await rows('timestamp')).toBe(1)
    expect(await rows('snapshot')).toBe(8)
    expect(await rows(statusRoleOf(list))).toBeLessThanOrEqual(4)
    const path = `/${list}.cwt `
    expect((await targetRows()).filter((row) => row.includes(path)).length).toBeLessThanOrEqual(4)
  }, 30_000)
})

test('CN: two handles publish ten changes at once: one history without gaps, good for verifiers at each step', async () => {
  const other = await openWorld({ folder: world.folder })
  const verifier = follower()
  await verifier.follow(world)
  let last = (await versions())['timestamp'] ?? 0
  for (let round = 0; round < 10; round += 1) {
    await setStatus(round % 2 === 0 ? 'suspended' : 'valid', round % 3 === 0 ? other : world)
    const stamps = await Promise.all(
      [world, other, world, other].map(({ services }) => publishRepository(services)),
    )
    expect(new Set(stamps.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(stamps[0]?.version).toBe(last + 1)
    last += 1
    expect((await verifier.follow(round % 2 === 0 ? world : other)).faults).toEqual([])
  }
  await other.close()
}, 60_000)
