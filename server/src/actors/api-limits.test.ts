import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, openWorld, START, type World } from '../../testing/test-world.ts'
import { API_LIMITS } from './api-limits.ts'

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
  const { requests, windowSeconds } = API_LIMITS.wrongKeys
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
  const { requests, windowSeconds } = API_LIMITS.key
  world.setNow(START + 600)
  const asked = Array.from({ length: requests }, () => ask(world.apiKey))
  expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([404]))
  expect(await codeOf(await ask(world.apiKey))).toBe('http/rate-limited')
  world.setNow(START + 600 + windowSeconds)
  expect((await ask(world.apiKey)).status).toBe(404)
})
