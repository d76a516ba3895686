/** ST13: a builder that is wrong publishes nothing; the last good list stays, and the server says so. */
import { decodeStatusList, LIST_BITS, setStatus } from '@onetrip/status'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  issueFood,
  listOfLicence,
  openWorld,
  post,
  START,
  type World,
} from '../../testing/test-world.ts'
import { publishedStatusList } from './publish-status-list.ts'
import { buildStatuses, type StatusBuilder } from './status-rows.ts'

const RETRY_SECONDS = 10
let world: World
let build: StatusBuilder = buildStatuses
let licenceId: string
let list: number
let now = START

beforeAll(async () => {
  world = await openWorld({ buildStatuses: (size, rows) => build(size, rows) })
  licenceId = (await issueFood(world, { serial: 'SENTINEL1' })).id
  list = await listOfLicence(world, licenceId)
}, 60_000)
afterAll(() => world.close())

const FAULTY: readonly (readonly [string, StatusBuilder])[] = [
  ['revokes everything', (size) => new Uint8Array((size * LIST_BITS) / 8).fill(0x55)],
  ['revokes nothing', (size) => new Uint8Array((size * LIST_BITS) / 8)],
  [
    'counts from the other end of the byte',
    (size, rows) => {
      const statuses = new Uint8Array((size * LIST_BITS) / 8)
      for (const { idx, status } of rows) {
        setStatus({ statuses, bits: LIST_BITS, index: idx ^ 3 }, status)
      }
      return statuses
    },
  ],
  ['leaves half of the list out', (size, rows) => buildStatuses(size, rows).subarray(0, size / 8)],
]

async function readiness(): Promise<unknown> {
  const response = await world.app.request('/readyz')
  return { http: response.status, ...(await response.json()) }
}

test('a server whose lists are right is ready', async () => {
  await publishedStatusList(world.services, list, 'cwt')
  expect(await readiness()).toEqual({ http: 200, status: 'ready' })
})

test.each(FAULTY)('a builder that %s', async (_name, faulty) => {
  build = buildStatuses
  const good = await publishedStatusList(world.services, list, 'cwt')
  const goodJwt = await publishedStatusList(world.services, list, 'jwt')
  build = faulty
  const lines = world.logLines.length
  for (const status of ['valid', 'suspended']) {
    await post(world, `/api/licences/${licenceId}/status`, { status, reason: 'x' })
  }
  expect(await publishedStatusList(world.services, list, 'cwt')).toEqual(good)
  expect(await publishedStatusList(world.services, list, 'jwt')).toEqual(goodJwt)
  expect(await readiness()).toEqual({
    http: 503,
    status: 'not-ready',
    faults: [{ list, code: 'status/sentinel' }],
  })
  const logged = world.logLines.slice(lines).map((line) => JSON.parse(line))
  expect(logged.filter(({ event }) => event === 'status/not-published')).toEqual([
    expect.objectContaining({ list, code: 'status/sentinel' }),
  ])
  build = buildStatuses
  now += RETRY_SECONDS
  world.setNow(now)
  const healed = await publishedStatusList(world.services, list, 'cwt')
  expect(decodeStatusList(healed.body).issuedAt).toBe(now)
  expect(await readiness()).toEqual({ http: 200, status: 'ready' })
})

test('a list that was never good is not served at all', async () => {
  const fresh = await openWorld({ buildStatuses: FAULTY[0]?.[1] ?? buildStatuses })
  const { id } = await issueFood(fresh, { serial: 'SENTINEL2' })
  const response = await fresh.app.request(`/s/${await listOfLicence(fresh, id)}`)
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ code: 'status/sentinel' })
  await fresh.close()
})
