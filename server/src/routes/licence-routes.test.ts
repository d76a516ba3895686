/** The agency API: authentication (AU01), retries (CN01), status, paper and further offers. */
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeIn,
  codeOf,
  foodRequest,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  post,
  requestToken,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function licenceCount(): Promise<number> {
  const rows = await world.services.storage.selectFrom('licence').select('id').execute()
  return rows.length
}

describe('AU01: who may', () => {
  const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no key': {},
    'an unknown key': { Authorization: `Bearer otk_${'A'.repeat(43)}` },
    'a key under Basic': { Authorization: 'Basic b3RrOng=' },
    'a JWT': { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    'a key in a cookie': { Cookie: 'Authorization=otk' },
  }
  for (const [name, header] of Object.entries(headers)) {
    test(`${name} is 401 before anything is looked at`, async () => {
      for (const [path, method] of [
        ['/api/licences', 'POST'],
        ['/api/licences/not-an-id', 'GET'],
        ['/api/whatever', 'DELETE'],
      ] as const) {
        const response = await world.app.request(path, {
          method,
          headers: header,
          ...(method === 'POST' ? { body: '{' } : {}),
        })
        expect(response.status).toBe(401)
        expect(response.headers.get('WWW-Authenticate')).toContain('Bearer')
        expect(response.headers.get('Location')).toBeNull()
        expect(await codeOf(response)).toBe('auth/required')
      }
    })
  }

  test('a key under Basic is not taken though it is real', async () => {
    const response = await world.app.request('/api/licences', {
      method: 'POST',
      headers: { Authorization: `Basic ${world.apiKey}` },
    })
    expect(response.status).toBe(401)
  })

  test('scope: type, role, agency and origin', async () => {
    const { services } = world
    const reader = await createApiKey(services, {
      agencyId: MARKET,
      holder: { name: '只读系统', kind: 'system' },
      types: [TYPES.food],
      roles: ['read'],
    })
    const police = await createApiKey(services, {
      agencyId: POLICE,
      holder: { name: '户政系统', kind: 'system' },
      types: [TYPES.identity, TYPES.food],
      roles: ['issue', 'read', 'change-status'],
    })
    const issued = await issueFood(world, { serial: 'SCOPE1' })
    const issue = async (key: string, headers = {}) =>
      codeOf(
        await post(world, '/api/licences', foodRequest({ serial: 'SCOPE2' }), {
          Authorization: `Bearer ${key}`,
          'Idempotency-Key': 'scope',
          ...headers,
        }),
      )
    expect(await issue(reader)).toBe('auth/forbidden')
    expect(await issue(police)).toBe('issuer/type-not-allowed')
    expect(await issue(world.apiKey, { Origin: 'http://localhost:8788' })).toBe('http/origin')
    const foreign = await get(`/api/licences/${issued.id}`, police)
    expect(foreign.status).toBe(404)
    expect(await codeOf(foreign)).toBe('licence/not-found')
  })
})

describe('CN01: retries', () => {
  test('50 at once with one key are one licence and 50 equal answers, over two handles', async () => {
    const second = await openWorld({ folder: world.folder })
    const before = await licenceCount()
    const body = foodRequest({ serial: 'RETRY1' })
    const headers = { 'Idempotency-Key': 'retry-1', Authorization: `Bearer ${world.apiKey}` }
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post(index % 2 === 0 ? world : second, '/api/licences', body, headers),
      ),
    )
    const answers = new Set(await Promise.all(responses.map((response) => response.text())))
    await second.close()
    expect(responses.every((response) => response.status === 201)).toBe(true)
    expect(answers.size).toBe(1)
    expect(await licenceCount()).toBe(before + 1)
  })

  test('the same key with another body is refused', async () => {
    await issueFood(world, { serial: 'REUSE1' }, 'reuse')
    const response = await post(world, '/api/licences', foodRequest({ serial: 'REUSE2' }), {
      'Idempotency-Key': 'reuse',
    })
    expect(response.status).toBe(409)
    expect(await codeOf(response)).toBe('idempotency/key-reused')
  })

  test('what one did for an organisation is no answer to them in the name of another', async () => {
    const [market, police] = await Promise.all(
      [MARKET, POLICE].map((agencyId) =>
        createApiKey(world.services, {
          agencyId,
          holder: { name: '两处系统', kind: 'system' },
          types: [TYPES.food],
          roles: ['issue'],
        }),
      ),
    )
    const ask = (key: string | undefined): Promise<Response> =>
      post(world, '/api/licences', foodRequest({ serial: 'TWO1' }), {
        'Idempotency-Key': 'two-agencies',
        Authorization: `Bearer ${key}`,
      })
    expect((await ask(market)).status).toBe(201)
    expect(await codeOf(await ask(police))).toBe('idempotency/key-reused')
  })

  test('a missing or broken key is refused', async () => {
    const missing = await post(world, '/api/licences', foodRequest())
    expect(await codeOf(missing)).toBe('idempotency/missing')
    const broken = await post(world, '/api/licences', foodRequest(), { 'Idempotency-Key': 'a b' })
    expect(await codeOf(broken)).toBe('idempotency/format')
  })

  test('another key with the same serial is refused', async () => {
    await issueFood(world, { serial: 'TAKEN1' }, 'taken-1')
    const response = await post(world, '/api/licences', foodRequest({ serial: 'TAKEN1' }), {
      'Idempotency-Key': 'taken-2',
    })
    expect(response.status).toBe(409)
    expect(await codeOf(response)).toBe('licence/exists')
  })
})

describe('status', () => {
  test('one change sets every index at once; history stays; revoked is final', async () => {
    const issued = await issueFood(world, { serial: 'STATUS1' })
    const change = (status: string) =>
      post(world, `/api/licences/${issued.id}/status`, { status, reason: '检查' })
    expect((await post(world, `/api/licences/${issued.id}/paper`, {})).status).toBe(201)
    expect(await bitsOf(issued.id)).toEqual([0, 0, 0])
    expect((await change('suspended')).status).toBe(200)
    expect(await bitsOf(issued.id)).toEqual([2, 2, 2])
    expect((await change('valid')).status).toBe(200)
    expect(await bitsOf(issued.id)).toEqual([0, 0, 0])
    expect((await change('revoked')).status).toBe(200)
    expect(await bitsOf(issued.id)).toEqual([1, 1, 1])
    const undone = await change('valid')
    expect(undone.status).toBe(409)
    expect(await codeOf(undone)).toBe('status/not-reversible')
    const response = await get(`/api/licences/${issued.id}`)
    const licence: { status: string; history: { to: string; by: string }[] } = await response.json()
    expect(licence.status).toBe('revoked')
    expect(licence.history.map((entry) => entry.to)).toEqual(['suspended', 'valid', 'revoked'])
    expect(licence.history[0]?.by).toBe('赵经办')
    const paper = await post(world, `/api/licences/${issued.id}/paper`, {})
    expect(await codeOf(paper)).toBe('licence/revoked')
  })

  test('a list is served in both forms with a tag that changes with it', async () => {
    const issued = await issueFood(world, { serial: 'TAG1' })
    const path = await listPathOf(issued.id)
    const first = await world.app.request(path)
    expect(first.headers.get('Content-Type')).toBe('application/statuslist+cwt')
    expect(first.headers.get('Cache-Control')).toBe('public, max-age=30, must-revalidate')
    const tag = first.headers.get('ETag') ?? ''
    const unchanged = await world.app.request(path, { headers: { 'If-None-Match': tag } })
    expect(unchanged.status).toBe(304)
    const jwt = await world.app.request(path, {
      headers: { Accept: 'application/statuslist+jwt', Origin: 'http://localhost:8789' },
    })
    expect(jwt.headers.get('Content-Type')).toBe('application/statuslist+jwt')
    expect(jwt.headers.get('Access-Control-Allow-Origin')).toBe('*')
    await post(world, `/api/licences/${issued.id}/status`, { status: 'suspended', reason: 'x' })
    const changed = await world.app.request(path, { headers: { 'If-None-Match': tag } })
    expect(changed.status).toBe(200)
  })
})

describe('paper', () => {
  test('a code of its own, the same for the same key', async () => {
    const issued = await issueFood(world, { serial: 'PAPER1' })
    const path = `/api/licences/${issued.id}/paper`
    const first = await post(world, path, {}, { 'Idempotency-Key': 'paper-1' })
    const again = await post(world, path, {}, { 'Idempotency-Key': 'paper-1' })
    const answer: { text: string } = await first.json()
    expect(answer.text).toMatch(/^OT1:/)
    expect(answer.text.length).toBeLessThanOrEqual(600)
    expect(await again.json()).toEqual(answer)
  })

  test('over its budget it is refused and nothing is signed', async () => {
    const long = '很长的名称'.repeat(8)
    const issued = await issueFood(world, {
      serial: 'PAPER2',
      claims: claimsWith({
        name: long,
        premises: long,
        address: long,
        items: '热食类制售，'.repeat(9),
      }),
    })
    const response = await post(world, `/api/licences/${issued.id}/paper`, {})
    expect(response.status).toBe(422)
    expect(await codeOf(response)).toBe('qr/too-big')
    expect(await bitsOf(issued.id)).toHaveLength(2)
  })
})

describe('a further offer', () => {
  test('for a lost phone withdraws what went out and leaves the licence as it is', async () => {
    const issued = await issueFood(world, { serial: 'LOST1' })
    const path = `/api/licences/${issued.id}/offers`
    const response = await post(world, path, { withdrawEarlier: true })
    expect(response.status).toBe(201)
    const answer: { offer: { uri: string }; txCode: string } = await response.json()
    const old = await requestToken(world, codeIn(issued.offer.uri), issued.txCode)
    expect(await codeOf(old)).toBe('offer/withdrawn')
    expect((await requestToken(world, codeIn(answer.offer.uri), answer.txCode)).status).toBe(200)
    expect(await bitsOf(issued.id)).toEqual([1, 1, 0, 0])
    await post(world, `/api/licences/${issued.id}/status`, { status: 'suspended', reason: 'x' })
    await post(world, `/api/licences/${issued.id}/status`, { status: 'valid', reason: 'x' })
    expect(await bitsOf(issued.id)).toEqual([1, 1, 0, 0])
  })
})

function claimsWith(changes: Readonly<Record<string, string>>): Record<string, string> {
  const claims = foodRequest()['claims']
  return { ...JSON.parse(JSON.stringify(claims)), ...changes }
}

function get(path: string, key: string = world.apiKey): Response | Promise<Response> {
  return world.app.request(path, { headers: { Authorization: `Bearer ${key}` } })
}

async function listPathOf(licenceId: string): Promise<string> {
  const row = await world.services.storage
    .selectFrom('credential')
    .select('list_id')
    .where('licence_id', '=', licenceId)
    .executeTakeFirstOrThrow()
  return `/s/${row.list_id}`
}

/** What the published list says of each credential of a licence, in the order they were made. */
async function bitsOf(licenceId: string): Promise<readonly number[]> {
  const { storage } = world.services
  const response = await world.app.request(await listPathOf(licenceId))
  const token = decodeStatusList(new Uint8Array(await response.arrayBuffer()))
  const key = await storage
    .selectFrom('signing_key')
    .select('public_jwk')
    .where('agency_id', '=', MARKET)
    .where('purpose', '=', 'status-cbor')
    .executeTakeFirstOrThrow()
  const list = await openStatusList(token, publicKeyOfJwkText(key.public_jwk))
  const rows = await storage
    .selectFrom('credential')
    .select('idx')
    .where('licence_id', '=', licenceId)
    .orderBy('id')
    .execute()
  return rows.map((row) => list.get(row.idx))
}
