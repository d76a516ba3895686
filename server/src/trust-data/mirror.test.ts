/** Two provinces, each a server that listens: 互认 by the network and by pack, and its withdrawal. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { fromBase64url } from '@onetrip/codec'
import { parseTypeDefinition, presentLive } from '@onetrip/credential'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import {
  followTrust,
  memoryTufStore,
  openPack,
  ownFaults,
  packFetcherFor,
  packInMemory,
  type Trust,
} from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  credentialIn,
  foodRequest,
  holderSigner,
  type Issued,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { ROLES } from '../rights/rights.ts'
import { registerAgency } from './agencies.ts'
import { MIRROR_AGAIN_SECONDS } from './mirror.ts'
import { currentRoot } from './offline-roles.ts'
import { registerRecognition } from './recognition.ts'

const AGENCY = '11998801XYN0000145'
const NAME = { 'zh-CN': '虚构省邻州', en: 'Province of Linzhou (sample)' }
const food = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))

let ours: World
let theirs: World
let servers: Server[] = []

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return port
}

beforeEach(async () => {
  ours = await openWorld()
  theirs = await openWorld({ environment: { ONETRIP_API_ORIGIN: 'http://localhost:9787' } })
})

afterEach(async () => {
  vi.useRealTimers()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  servers = []
  await ours.close()
  await theirs.close()
})

async function recognise(port: number, types: readonly string[] = [TYPES.food]): Promise<void> {
  const root = await currentRoot(theirs.services)
  const repository = `http://127.0.0.1:${port}/trust/`
  await registerRecognition(ours.services, [{ id: 'linzhou', name: NAME, repository, types, root }])
}

/** A client of ours that sees nothing but our server. */
async function counter(store = memoryTufStore()): Promise<Trust> {
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    const response = await ours.app.request(path)
    return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : undefined
  }
  const folder = (base: string) => ({
    metadata: (name: string) => get(`${base}/metadata/${name}`),
    target: (path: string) => get(`${base}/targets/${path}`),
  })
  const fetcher = {
    ...folder('/trust'),
    recognised: (id: string) => folder(`/trust/recognised/${id}`),
  }
  const initialRoot = await currentRoot(ours.services)
  return followTrust({ store, fetcher, initialRoot, now: ours.services.now() })
}

async function theirLicence(): Promise<string> {
  const agency = { id: AGENCY, name: NAME, typeCodes: [TYPES.food] }
  await registerAgency(theirs.services, agency)
  const apiKey = await createApiKey(theirs.services, {
    agencyId: AGENCY,
    holder: { name: '钱经办', kind: 'person' },
    types: [TYPES.food],
    roles: ROLES,
  })
  const response = await post({ ...theirs, apiKey }, '/api/licences', foodRequest(), {
    'Idempotency-Key': 'one',
  })
  expect(response.status).toBe(201)
  const issued: Issued = await response.json()
  const signer = holderSigner('Ed25519')
  const accessToken = await redeem(theirs, issued)
  const answer = await requestCredential(theirs, {
    accessToken,
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(theirs, signer),
  })
  const credential = fromBase64url(await credentialIn(answer))
  return presentLive({ credential, type: food, disclose: [], signer, now: START })
}

describe('a province recognises another for food licences', () => {
  test('its licence is green at our counter by network and by pack, and grey after withdrawal', async () => {
    const app = createAdaptorServer({ fetch: theirs.app.fetch }) as Server
    await recognise(await listen(app))
    const code = await theirLicence()
    const judge = (trust: Trust) => verify(code, { trust, now: START, accept: ['live'] })
    const store = memoryTufStore()
    const verdict = await judge(await counter(store))
    expect(verdict).toMatchObject({
      outcome: 'valid',
      evidence: { recognition: { id: 'linzhou', name: NAME } },
      licences: [{ issuer: { id: AGENCY, jurisdiction: { id: 'linzhou' } } }],
    })
    const pack = new Uint8Array(await (await ours.app.request('/trust/pack')).arrayBuffer())
    const initialRoot = await currentRoot(ours.services)
    const packed = await openPack({ source: packInMemory(pack), initialRoot })
    expect((await judge(packed)).outcome).toBe('valid')
    const cached = async (path: string) =>
      (await ours.app.request(`/trust/recognised/linzhou/${path}`)).headers.get('Cache-Control')
    expect(await cached('metadata/1.snapshot.json')).toContain('immutable')
    expect(await cached('metadata/timestamp.json')).not.toContain('immutable')
    await registerRecognition(ours.services, [])
    const withdrawn = await counter(store)
    expect(withdrawn.recognised).toEqual([])
    expect(await judge(withdrawn)).toMatchObject({
      outcome: 'unverifiable',
      reason: 'issuer/unknown',
    })
    expect(
      (await ours.app.request('/trust/recognised/linzhou/metadata/timestamp.json')).status,
    ).toBe(404)
  })
})

describe('the mirror asks nobody but the repository that the signed list names', () => {
  test('no redirect is followed, and an endless answer is cut', async () => {
    const asked: string[] = []
    const canary = await listen(
      createServer((request, response) => {
        asked.push(request.url ?? '')
        response.end('{}')
      }),
    )
    let sent = 0
    let mode: 'redirect' | 'endless' = 'redirect'
    const bad = createServer((_request, response) => {
      if (mode === 'redirect') {
        response.writeHead(302, { Location: `http://127.0.0.1:${canary}/latest/meta-data` })
        response.end()
        return
      }
      const block = Buffer.alloc(65_536, 32)
      const write = (): void => {
        while (!response.destroyed && sent < 5_000_000_000) {
          sent += block.length
          if (!response.write(block)) {
            response.once('drain', write)
            return
          }
        }
      }
      write()
    })
    await recognise(await listen(bad))
    for (const next of ['redirect', 'endless'] as const) {
      mode = next
      const trust = await counter()
      expect(trust.recognised).toEqual([])
      expect(trust.faults).toContainEqual({ part: 'recognised/linzhou', code: 'trust/unavailable' })
      ours.setNow(ours.services.now() + MIRROR_AGAIN_SECONDS)
    }
    expect(asked).toEqual([])
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(50_000_000)
    const refused = ours.logLines.filter((line) => line.includes('mirror/refused'))
    expect(refused.length).toBeGreaterThanOrEqual(2)
  })

  test('one that does not answer keeps nobody waiting, and packs leave without it', async () => {
    const asked = Promise.withResolvers<void>()
    await recognise(await listen(createServer(() => asked.resolve())))
    // Ten seconds pass at once, the rest as it comes.
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'performance'],
      shouldAdvanceTime: true,
    })
    const before = performance.now()
    const requested = ours.app.request('/trust/pack')
    await asked.promise
    vi.advanceTimersByTime(10_000)
    const pack = new Uint8Array(await (await requested).arrayBuffer())
    // Its own deadline is 15 s for each file.
    expect(performance.now() - before).toBeLessThan(14_000)
    const initialRoot = await currentRoot(ours.services)
    const source = packInMemory(pack)
    const store = memoryTufStore()
    const fetcher = await packFetcherFor({ source, store, initialRoot })
    const trust = await followTrust({ store, fetcher, initialRoot, now: START })
    expect(ownFaults(trust.faults)).toEqual([])
    expect(trust.faults).toContainEqual({ part: 'recognised/linzhou', code: 'trust/unavailable' })
  })

  test('it is asked once in a while, however often we are; an unknown one is 404 and asks nobody', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.writeHead(404).end()
    })
    await recognise(await listen(server))
    await counter()
    const first = asked
    expect(first).toBeGreaterThan(0)
    await counter()
    expect(asked).toBe(first)
    expect((await ours.app.request('/trust/recognised/other/metadata/root.json')).status).toBe(404)
    expect(asked).toBe(first)
    ours.setNow(START + MIRROR_AGAIN_SECONDS)
    await counter()
    expect(asked).toBeGreaterThan(first)
  })
})
