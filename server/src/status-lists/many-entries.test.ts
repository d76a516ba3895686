/**
 * Status at scale: shards of 2^20 entries, 1 % of what is given out revoked. A revocation rewrites the one shard it is in,
 * and neither it nor the next reservation costs more when there are four times as many shards. With 520,000 entries in each,
 * 10.4 M in all, two cores took 20 ms to publish a change and 1 ms to reserve an entry; with a quarter of it, 28 ms and 1 ms.
 */
import { LARGE_LIST_SIZE } from '@onetrip/status'
import { statusRoleOf } from '@onetrip/trust'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countedServices } from '../../testing/counted-services.ts'
import { TEST_POSTGRES } from '../../testing/test-database.ts'
import {
  issueFood,
  listOfLicence,
  MARKET,
  openWorld,
  post,
  START,
  type World,
} from '../../testing/test-world.ts'
import { statusListUri } from '../config.ts'
import { transact } from '../storage/database.ts'
import { publishRepository } from '../trust-data/publish-repository.ts'
import { reserveCredential } from './allocate-index.ts'

const FEW = 5
const MANY = 20
/** In each shard. */
const ENTRIES = 50_000
const ROUNDS = 5
let world: World
/** A licence of which each shard holds as many credentials as it takes. */
let licenceOfAll: string

beforeAll(async () => {
  world = await openWorld()
  licenceOfAll = (await issueFood(world, { serial: 'MANY0' })).id
}, 60_000)
afterAll(() => world.close())

/** Opens further shards of the agency until it has `count`, and fills them. */
async function fillShards(count: number): Promise<void> {
  const { storage, config } = world.services
  const ours = storage.selectFrom('status_list').select('size').where('agency_id', '=', MARKET)
  const shards = await ours.where('size', '=', LARGE_LIST_SIZE).execute()
  for (let shard = shards.length; shard < count; shard += 1) {
    const last = await storage
      .selectFrom('status_list')
      .select((columns) => columns.fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
    const id = (last.id ?? 0) + 1
    const uri = statusListUri(config, id)
    const list = { id, agency_id: MARKET, uri, size: LARGE_LIST_SIZE, used: ENTRIES, revision: 1 }
    await storage.insertInto('status_list').values(list).execute()
    await transact(storage, async (transaction) => {
      const run = (statement: string) => transaction.executeQuery(CompiledQuery.raw(statement))
      // A million references to two rows that are there take longer than all else here.
      if (TEST_POSTGRES !== undefined) await run('set local session_replication_role = replica')
      await run(
        `insert into credential (id, licence_id, form, list_id, idx, status, state, created_at)
        with recursive entry (at) as (select 1 union all select at + 1 from entry where at < ${ENTRIES})
        select '${id}-' || at, '${licenceOfAll}', 'paper', ${id}, at,
          case when at % 100 = 0 then 1 else 0 end, 'issued', ${START} from entry`,
      )
    })
  }
  await publishRepository(world.services)
}

async function versions(): Promise<ReadonlyMap<string, number>> {
  const rows = await world.services.storage
    .selectFrom('tuf_metadata')
    .select(['role', (columns) => columns.fn.max('version').as('version')])
    .groupBy('role')
    .execute()
  return new Map(rows.map(({ role, version }) => [role, version]))
}

interface Cost {
  readonly statements: number
  readonly publishMilliseconds: number
  readonly reserveMilliseconds: number
}

/** The cheapest of some rounds: a licence changes its status, the repository is published, an entry is reserved. */
async function costOfChange(licenceId: string): Promise<Cost> {
  const costs: Cost[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const status = round % 2 === 0 ? 'suspended' : 'valid'
    const path = `/api/licences/${licenceId}/status`
    expect((await post(world, path, { status, reason: 'x' })).status).toBe(200)
    const { services, count } = countedServices(world.services)
    const start = performance.now()
    await publishRepository(services)
    const published = performance.now()
    const reservation = { licenceId, agencyId: MARKET, form: 'paper', status: 'valid' } as const
    await transact(world.services.storage, (transaction) =>
      reserveCredential(world.services, transaction, reservation),
    )
    const reserveMilliseconds = performance.now() - published
    const publishMilliseconds = published - start
    costs.push({ statements: count(), publishMilliseconds, reserveMilliseconds })
  }
  return {
    statements: Math.max(...costs.map(({ statements }) => statements)),
    publishMilliseconds: Math.min(...costs.map((cost) => cost.publishMilliseconds)),
    reserveMilliseconds: Math.min(...costs.map((cost) => cost.reserveMilliseconds)),
  }
}

test('a revocation rewrites its shard, at a cost that does not grow with the shards', async () => {
  await fillShards(FEW)
  const licenceId = (await issueFood(world, { serial: 'MANY1' })).id
  const few = await costOfChange(licenceId)
  await fillShards(MANY)
  const later = (await issueFood(world, { serial: 'MANY2' })).id
  const many = await costOfChange(later)
  const list = await listOfLicence(world, later)
  expect(list).toBeGreaterThan(MANY)
  const before = await versions()
  const revoked = await post(world, `/api/licences/${later}/status`, {
    status: 'revoked',
    reason: 'x',
  })
  expect(revoked.status).toBe(200)
  await publishRepository(world.services)
  const after = await versions()
  const raised = [...after.keys()].filter((role) => after.get(role) !== before.get(role))
  expect(raised.sort()).toEqual(['snapshot', statusRoleOf(list), 'timestamp'])
  expect(many.statements).toBe(few.statements)
  // Four times the shards and entries; the rest is for what else the machine does.
  expect(many.publishMilliseconds).toBeLessThan(2 * few.publishMilliseconds + 20)
  expect(many.reserveMilliseconds).toBeLessThan(2 * few.reserveMilliseconds + 20)
}, 600_000)
