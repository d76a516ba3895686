/** ST12, ST13 and O5: indices are unique whoever draws, and a change is visible at once. */
import { decodeStatusList, LARGE_LIST_SIZE, LIST_SIZE, SENTINEL_INDEX } from '@onetrip/status'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_POSTGRES } from '../../testing/test-database.ts'
import { issueFood, MARKET, openWorld, post, START, type World } from '../../testing/test-world.ts'
import { transact } from '../storage/database.ts'
import { reserveCredential } from './allocate-index.ts'
import { changedStatusLists, publishedStatusList } from './publish-status-list.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close())

async function listOf(licenceId: string): Promise<{ id: number; indices: readonly number[] }> {
  const rows = await world.services.storage
    .selectFrom('credential')
    .select(['list_id', 'idx'])
    .where('licence_id', '=', licenceId)
    .execute()
  return { id: rows[0]?.list_id ?? 0, indices: rows.map((row) => row.idx) }
}

async function issuedAt(list: number): Promise<number> {
  const { body } = await publishedStatusList(world.services, list, 'cwt')
  return decodeStatusList(body).issuedAt
}

describe('ST12: an index drawn twice', () => {
  test('is given once; the loser draws again', async () => {
    const { id: licenceId } = await issueFood(world, { serial: 'DRAW1' })
    const taken = (await listOf(licenceId)).indices[0] ?? 0
    const draws = [taken, taken, SENTINEL_INDEX, 4242]
    const random = (length: number): Uint8Array => {
      if (length !== 4) return world.services.random(length)
      const draw = draws.shift() ?? 7
      return Uint8Array.of(draw >> 24, draw >> 16, draw >> 8, draw)
    }
    const services = { ...world.services, random }
    const reserved = await transact(services.storage, (transaction) =>
      reserveCredential(services, transaction, {
        licenceId,
        agencyId: MARKET,
        form: 'paper',
        status: 'valid',
      }),
    )
    expect(reserved.status.index).toBe(4242)
    expect(draws).toEqual([])
  })

  test('over two handles, 200 reservations have 200 indices', async () => {
    const second = await openWorld({ folder: world.folder })
    const { id: licenceId } = await issueFood(world, { serial: 'DRAW2' })
    const reserve = (owner: World) =>
      transact(owner.services.storage, (transaction) =>
        reserveCredential(owner.services, transaction, {
          licenceId,
          agencyId: MARKET,
          form: 'paper',
          status: 'valid',
        }),
      )
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, index) => reserve(index % 2 === 0 ? world : second)),
    )
    await second.close()
    expect(new Set(all.map((one) => `${one.status.uri} ${one.status.index}`)).size).toBe(200)
  })
})

describe('publishing', () => {
  test('a list stays as it is until a change or a minute later', async () => {
    const { id: licenceId } = await issueFood(world, { serial: 'PUB1' })
    const { id } = await listOf(licenceId)
    const first = await issuedAt(id)
    world.setNow(START + 50)
    expect(await issuedAt(id)).toBe(first)
    await post(world, `/api/licences/${licenceId}/status`, { status: 'revoked', reason: 'x' })
    expect(await issuedAt(id)).toBe(START + 50)
    world.setNow(START + 50 + 60)
    expect(await issuedAt(id)).toBe(START + 110)
    world.setNow(START)
  })

  test('a new credential of a suspended licence is born suspended', async () => {
    const { id: licenceId } = await issueFood(world, { serial: 'BORN1' })
    await post(world, `/api/licences/${licenceId}/status`, { status: 'suspended', reason: 'x' })
    await post(world, `/api/licences/${licenceId}/offers`, {})
    const rows = await world.services.storage
      .selectFrom('credential')
      .select('status')
      .where('licence_id', '=', licenceId)
      .execute()
    expect(rows.map((row) => row.status)).toEqual([2, 2, 2, 2])
  })

  test('an unknown list is not found', async () => {
    for (const path of ['/s/999', '/s/0', '/s/1e3', '/s/-1', '/s/x']) {
      expect((await world.app.request(path)).status).toBe(404)
    }
  })
})

describe('a list that is half full', () => {
  test('is left for a larger one, and a change rewrites just the list it is in', async () => {
    const { id: licenceId } = await issueFood(world, { serial: 'FULL1' })
    const { id: first } = await listOf(licenceId)
    const storage = world.services.storage
    const used = (value: number) =>
      storage.updateTable('status_list').set({ used: value }).where('id', '=', first).execute()
    const before = await storage
      .selectFrom('status_list')
      .selectAll()
      .where('id', '=', first)
      .execute()
    await used(LIST_SIZE / 2)
    const { id: laterId } = await issueFood(world, { serial: 'FULL2' })
    const { id: second } = await listOf(laterId)
    await used(before[0]?.used ?? 0)
    const lists = storage.selectFrom('status_list').select(['size', 'agency_id'])
    const opened = await lists.where('id', '=', second).executeTakeFirst()
    expect(opened).toEqual({ size: LARGE_LIST_SIZE, agency_id: MARKET })
    for (const list of await changedStatusLists(world.services))
      await publishedStatusList(world.services, list, 'cwt')
    await post(world, `/api/licences/${laterId}/status`, { status: 'revoked', reason: 'x' })
    expect(await changedStatusLists(world.services)).toEqual([second])
    await publishedStatusList(world.services, second, 'jwt')
    expect(await changedStatusLists(world.services)).toEqual([])
  })

  test.skipIf(TEST_POSTGRES !== undefined)(
    'queries meet no row that they do not need',
    async () => {
      const plan = async (query: string): Promise<string> => {
        const { rows } = await world.services.storage.executeQuery<{ detail: string }>(
          CompiledQuery.raw(`explain query plan ${query}`),
        )
        return rows.map(({ detail }) => detail).join('; ')
      }
      const rows = world.services.storage
        .selectFrom('credential')
        .select(['idx', 'status'])
        .where('list_id', '=', 1)
        .where((column) => column('status', '!=', column.lit(0)))
      expect(await plan(rows.compile().sql.replace('?', '1'))).toBe(
        'SEARCH credential USING COVERING INDEX credential_not_valid (list_id=?)',
      )
      const newest = "select * from status_list where agency_id = 'a' order by id desc limit 1"
      expect(await plan(newest)).toBe(
        'SEARCH status_list USING INDEX status_list_agency (agency_id=?)',
      )
    },
  )
})
