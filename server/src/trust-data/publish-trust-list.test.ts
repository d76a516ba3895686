import { Fault, publicKeyFromJwk, utf8Decode } from '@onetrip/codec'
import { openPack, openTrustList } from '@onetrip/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  holderSigner,
  issueFood,
  MARKET,
  openWorld,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { trustRootJwk } from '../services.ts'
import { registerOffice } from './agencies.ts'
import { publishedPack, publishedTrustList } from './publish-trust-list.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function openList() {
  return openTrustList({
    token: utf8Decode((await publishedTrustList(world.services)).body),
    root: publicKeyFromJwk(trustRootJwk(world.services)),
    environment: 'demo',
  })
}

test('names agencies, their keys by use, types and status lists', async () => {
  await issueFood(world, { serial: 'TRUST1' })
  const list = await openList()
  const market = list.agencies.find((agency) => agency.id === MARKET)
  expect(market?.issuerUrl).toBe(`${world.services.config.apiOrigin}/a/${MARKET}`)
  expect(market?.statusLists.length).toBeGreaterThan(0)
  expect(market?.keys.map((key) => key.use).sort()).toEqual(['issue', 'issue', 'status', 'status'])
  const issuing = market?.keys.filter((key) => key.use === 'issue') ?? []
  for (const key of issuing) expect(key.types).toEqual([TYPES.business, TYPES.food])
  // Credentials say their time rounded down to the hour.
  for (const key of issuing) expect(key.notBefore).toBeLessThanOrEqual(START - (START % 3600))
})

test('keeps its version until something changes or an hour has passed', async () => {
  const first = await openList()
  expect((await openList()).version).toBe(first.version)
  await registerOffice(world.services, {
    id: '11339901XYN000065X',
    name: { 'zh-CN': '烟草局', en: 'Tobacco office' },
  })
  const changed = await openList()
  expect(changed.version).toBe(first.version + 1)
  expect(changed.offices.length).toBe(first.offices.length + 1)
  world.setNow(START + 3600)
  const later = await openList()
  expect(later.version).toBe(changed.version + 1)
  expect(later.signedAt).toBe(START + 3600)
})

test('keeps the newest version and 30 days of those before it', async () => {
  const versions = async () => {
    const rows = world.services.storage.selectFrom('published_trust').select('version')
    return (await rows.orderBy('version').execute()).map((row) => row.version)
  }
  const before = await openList()
  world.setNow(before.signedAt + 30 * 86_400)
  const { version } = await openList()
  expect(await versions()).toEqual([version - 1, version])
  world.setNow(before.signedAt + 61 * 86_400)
  expect((await openList()).version).toBe(version + 1)
  expect(await versions()).toEqual([version + 1])
  world.setNow(before.signedAt + 61 * 86_400 + 3600)
  expect((await openList()).version).toBe(version + 2)
})

test('another root does not open it', async () => {
  const { body: bytes } = await publishedPack(world.services)
  const root = holderSigner('Ed25519').publicKey
  const error: unknown = await openPack({ bytes, root }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Fault)
  expect(error).toMatchObject({ code: 'signature/invalid' })
})

test('an agency tells its keys to verifiers without a trust list', async () => {
  const path = `/.well-known/jwt-vc-issuer/a/${MARKET}`
  const metadata: { issuer: string; jwks: { keys: Record<string, string>[] } } = await (
    await world.app.request(path)
  ).json()
  expect(metadata.issuer).toBe(`${world.services.config.apiOrigin}/a/${MARKET}`)
  expect(metadata.jwks.keys).toHaveLength(2)
  for (const key of metadata.jwks.keys) expect(key['d']).toBeUndefined()
  const unknown = await world.app.request('/.well-known/jwt-vc-issuer/a/nobody')
  expect(unknown.status).toBe(404)
})
