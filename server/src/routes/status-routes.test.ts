/** What caches see of a status list: validators, immutable versions, nothing that varies without need. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  issueFood,
  listOfLicence,
  openWorld,
  post,
  START,
  type World,
} from '../../testing/test-world.ts'

let world: World
let licenceId: string
/** Address of the current list. */
let path: string

beforeAll(async () => {
  world = await openWorld()
  licenceId = (await issueFood(world, { serial: 'CACHE1' })).id
  path = `/s/${await listOfLicence(world, licenceId)}`
}, 60_000)
afterAll(() => world.close())

const MEDIA = { cwt: 'application/statuslist+cwt', jwt: 'application/statuslist+jwt' } as const

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const asked = { 'Accept-Encoding': 'gzip, br', Origin: 'http://localhost:8789', ...headers }
  return world.app.request(path, { method, headers: asked })
}

test.each(['cwt', 'jwt'] as const)('%s: current address, version, 304 and HEAD', async (form) => {
  const accept = { Accept: MEDIA[form] }
  const current = await get(path, accept)
  const bytes = await current.bytes()
  expect(current.headers.get('Cache-Control')).toBe('public, max-age=30, must-revalidate')
  expect(current.headers.get('Vary')).toBe('Accept')
  const address = current.headers.get('Content-Location') ?? ''
  expect(address).toMatch(new RegExp(`^${path}/[0-9a-f]{64}\\.${form}$`))
  const version = await get(address)
  expect(await version.bytes()).toEqual(bytes)
  expect(version.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  expect(version.headers.get('Vary')).toBeNull()
  for (const { headers } of [current, version]) {
    expect(headers.get('Content-Type')).toBe(MEDIA[form])
    expect(headers.get('Content-Encoding')).toBeNull()
    expect(headers.get('Set-Cookie')).toBeNull()
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
  }
  const tag = current.headers.get('ETag') ?? ''
  expect(version.headers.get('ETag')).toBe(tag)
  for (const at of [path, address]) {
    const unchanged = await get(at, { ...accept, 'If-None-Match': `"x", W/${tag}` })
    expect(unchanged.status).toBe(304)
    expect((await unchanged.bytes()).length).toBe(0)
    expect(unchanged.headers.get('ETag')).toBe(tag)
    expect(unchanged.headers.get('Cache-Control')).toContain('public')
    const head = await get(at, accept, 'HEAD')
    expect(head.status).toBe(200)
    expect((await head.bytes()).length).toBe(0)
    expect(head.headers.get('ETag')).toBe(tag)
  }
})

test('a replaced version is served for ten minutes, and never as another form or list', async () => {
  const before = await get(path)
  const old = before.headers.get('Content-Location') ?? ''
  const bytes = await before.bytes()
  const change = { status: 'suspended', reason: 'x' }
  await post(world, `/api/licences/${licenceId}/status`, change)
  const after = await get(path)
  expect(after.headers.get('Content-Location')).not.toBe(old)
  expect(await (await get(old)).bytes()).toEqual(bytes)
  for (const absent of [
    old.replace('.cwt', '.jwt'),
    old.replace(`${path}/`, '/s/1/'),
    old.replace(`${path}/`, '/s/999/'),
    old.slice(0, -1),
    `${path}/${'0'.repeat(64)}.cwt`,
    `${old}/x`,
  ]) {
    expect((await get(absent)).status).toBe(404)
  }
  // Forgotten with the list's next version but one.
  for (const later of [START + 100, START + 800]) {
    world.setNow(later)
    await get(path)
  }
  expect((await get(old)).status).toBe(404)
})
