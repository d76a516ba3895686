import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { answerFault } from '../problems.ts'
import { RATE_LIMITS } from '../rates/rate-limits.ts'
import { createApiKey } from './api-keys.ts'
import { authenticateWithin } from './api-limits.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function ask(key: string): Promise<Response> {
  const path = '/api/licences/00000000-0000-7000-8000-000000000000'
  return world.app.request(path, { headers: { Authorization: `Bearer ${key}` } })
}

test('an address with too many wrong keys is refused before anything is looked up', async () => {
  const { requests, windowSeconds } = RATE_LIMITS['api/wrong-key']
  for (let index = 0; index < requests; index += 1) expect((await ask('wrong')).status).toBe(401)
  for (const key of ['wrong', world.apiKey]) {
    const refused = await ask(key)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(await codeOf(refused)).toBe('http/rate-limited')
  }
  world.setNow(START + windowSeconds)
  expect((await ask(world.apiKey)).status).toBe(404)
})

test('a key that asks too often is refused until its minute is over', async () => {
  const { services } = world
  const limit = { requests: 2, windowSeconds: 60 }
  const app = new Hono<AppEnvironment>()
  app.use(authenticateWithin(services, limit))
  app.onError((error, context) => answerFault(services, error, context))
  app.get('/', (context) => context.text(context.get('actor').agencyId))
  const statusOf = async (key: string) =>
    (await app.request('/', { headers: { Authorization: `Bearer ${key}` } })).status
  const other = await createApiKey(services, {
    agencyId: MARKET,
    holder: { name: '另一系统', kind: 'system' },
    types: [],
    roles: ['read'],
  })
  world.setNow(START + 600)
  for (const status of [200, 200, 429]) expect(await statusOf(world.apiKey)).toBe(status)
  expect(await statusOf(other)).toBe(200)
  world.setNow(START + 660)
  expect(await statusOf(world.apiKey)).toBe(200)
})
