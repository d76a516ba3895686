/** Bad input to the agency API (case AP01–AP04): refused by its own code, nothing changed. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  foodRequest,
  issueFood,
  openWorld,
  post,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { startServer } from '../start-server.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function licenceCount(): Promise<number> {
  const rows = await world.services.storage.selectFrom('licence').select('id').execute()
  return rows.length
}

describe('AP01: oversized bodies', () => {
  test('with and without a length are 413 and change nothing', async () => {
    const before = await licenceCount()
    const big = JSON.stringify({ ...foodRequest(), holderReference: 'x'.repeat(1_000_000) })
    const response = await post(world, '/api/licences', big, { 'Idempotency-Key': 'big' })
    expect(response.status).toBe(413)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await codeOf(response)).toBe('http/body-too-large')
    expect(await licenceCount()).toBe(before)
  })

  test('chunked, and with both lengths, over a socket', async () => {
    const second = await openWorld({ environment: { ONETRIP_PORT: '0' } })
    const server = await startServer({ services: second.services, closeMilliseconds: 0 })
    const head = `POST /api/licences HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${second.apiKey}\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n`
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`
    const chunked = await exchange(
      server.port,
      `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(30)}0\r\n\r\n`,
    )
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /)
    const both = await exchange(
      server.port,
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    )
    expect(both).toMatch(/^HTTP\/1\.1 400 /)
    await server.close()
  })
})

describe('AP02: bodies that are not the JSON asked for', () => {
  const cases: Readonly<Record<string, { body: string; code: string; type?: string }>> = {
    'broken JSON': { body: '{"type":', code: 'json/format' },
    'an empty body': { body: '', code: 'json/format' },
    'a member twice': { body: '{"type":"a","type":"b"}', code: 'json/duplicate-key' },
    'a prototype': { body: '{"__proto__":{}}', code: 'json/key-not-allowed' },
    'an array for an object': { body: '[]', code: 'input/invalid' },
    'a text for an object': { body: '"x"', code: 'input/invalid' },
    'another media type': { body: '{}', code: 'http/media-type', type: 'text/plain' },
    'an unknown field': {
      body: JSON.stringify({ ...foodRequest(), colour: 'red' }),
      code: 'input/unknown-field',
    },
    'a number for a text': {
      body: JSON.stringify({ ...foodRequest(), validFrom: 20261120 }),
      code: 'input/invalid',
    },
    'a day that does not exist': {
      body: JSON.stringify({ ...foodRequest(), validFrom: '2026-02-30' }),
      code: 'time/format',
    },
    'an end before the beginning': {
      body: JSON.stringify({ ...foodRequest(), validTo: '2020-01-01' }),
      code: 'input/invalid',
    },
    'a claim the type lacks': {
      body: JSON.stringify(foodRequest({ claims: claimsWith({ colour: 'red' }) })),
      code: 'claim/unknown',
    },
    'a serial in lower case': {
      body: JSON.stringify(foodRequest({ serial: 'jy2339' })),
      code: 'input/invalid',
    },
  }
  for (const [name, { body, code, type }] of Object.entries(cases)) {
    test(name, async () => {
      const before = await licenceCount()
      const response = await post(world, '/api/licences', body, {
        'Idempotency-Key': `bad-${code}`,
        ...(type === undefined ? {} : { 'Content-Type': type }),
      })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
      expect(await codeOf(response)).toBe(code)
      expect(await licenceCount()).toBe(before)
    })
  }
})

describe('a problem', () => {
  test('names the member of the schema, never a name that was received', async () => {
    const claims = { '339901199001011234': true }
    const response = await post(world, '/api/licences', foodRequest({ claims }), {
      'Idempotency-Key': 'echo',
    })
    expect(await response.json()).toMatchObject({ detail: 'at fault: claims' })
  })

  test('is the answer to a list where all members may be left out', async () => {
    const { id } = await issueFood(world, { serial: 'LIST1' })
    expect(await codeOf(await post(world, `/api/licences/${id}/paper`, '[]'))).toBe('input/invalid')
  })

  test('of a type version that does not exist is 404', async () => {
    const response = await world.app.request(`/types/${TYPES.food}/9`)
    expect([response.status, await codeOf(response)]).toEqual([404, 'http/not-found'])
  })
})

describe('AP03: paths that look like protected ones', () => {
  const paths = [
    '//api/licences',
    '/api%2Flicences',
    '/%61pi/licences',
    '/api/licences;a',
    '/api/licences/',
    '/api/licences%00',
    '/api/licences/../licences',
    '/API/licences',
    '/api/./licences/00000000-0000-7000-8000-000000000000',
    '/api/nothing',
  ]
  for (const path of paths) {
    for (const method of ['GET', 'POST'] as const) {
      test(`${method} ${path}`, async () => {
        const response = await world.app.request(`http://localhost:8787${path}`, { method })
        expect([401, 403, 404]).toContain(response.status)
      })
    }
  }
})

describe('AP04: hostile text', () => {
  test('SQL metacharacters are kept exactly', async () => {
    const name = `'; drop table licence; -- "%_\\`
    const issued = await issueFood(world, {
      serial: 'SQL1',
      claims: claimsWith({ legalRepresentative: name }),
    })
    const response = await get(`/api/licences/${issued.id}`)
    const licence: { claims: { legalRepresentative: string } } = await response.json()
    expect(licence.claims.legalRepresentative).toBe(name)
  })

  const refused = {
    NUL: 'a\u0000b',
    'a bidirectional override': 'a\u202Eb',
    'text not in NFC': 'e\u0301',
    'ten thousand characters': '名'.repeat(10_000),
  }
  for (const [name, text] of Object.entries(refused)) {
    test(`${name} is refused`, async () => {
      const body = foodRequest({
        serial: 'TEXT1',
        claims: claimsWith({ legalRepresentative: text }),
      })
      const response = await post(world, '/api/licences', body, { 'Idempotency-Key': 'text' })
      expect(response.status).toBe(400)
      expect(await codeOf(response)).toBe('claim/format')
    })
  }

  const invisible = ['a\u0000b', 'a\nb', 'a\u007fb', 'a\u202eb', 'a\u2066b', 'a\u200bb', '   ']
  for (const text of invisible) {
    test(`reason and holder reference are not ${JSON.stringify(text)}`, async () => {
      const body = foodRequest({ serial: 'TEXT2', holderReference: text })
      const issue = await post(world, '/api/licences', body, { 'Idempotency-Key': 'reference' })
      expect([issue.status, await codeOf(issue)]).toEqual([400, 'input/invalid'])
      const { id } = await issueFood(world, { serial: 'REASON1' })
      const change = { status: 'suspended', reason: text }
      const changed = await post(world, `/api/licences/${id}/status`, change)
      expect([changed.status, await codeOf(changed)]).toEqual([400, 'input/invalid'])
    })
  }

  test.each([
    '/api/licences/a%00b',
    '/api/licences/%00',
    '/api/log/entries?about=%00',
    '/types/%00/1',
    '/openid/credential-offers/%00',
  ])('a null character in %s finds nothing', async (path) => {
    const headers = { Authorization: `Bearer ${world.apiKey}` }
    const { status } = await world.app.request(path, { headers })
    expect([400, 404]).toContain(status)
  })

  test('reason and holder reference are kept in NFC, with what Chinese names need', async () => {
    const holderReference = '案卷 𠮷\u{e0100} e\u0301-17'
    const { id } = await issueFood(world, { serial: 'TEXT3', holderReference })
    await post(world, `/api/licences/${id}/status`, {
      status: 'suspended',
      reason: ' 复核 e\u0301 ',
    })
    const licence = await (await get(`/api/licences/${id}`)).json()
    expect(licence).toMatchObject({
      holderReference: '案卷 𠮷\u{e0100} \u00e9-17',
      history: [{ reason: '复核 \u00e9' }],
    })
  })

  test('a lone surrogate is refused', async () => {
    const body = JSON.stringify(foodRequest()).replace('陈样例', '\\ud800')
    const response = await post(world, '/api/licences', body, { 'Idempotency-Key': 'surrogate' })
    expect(await codeOf(response)).toBe('json/format')
  })
})

function claimsWith(changes: Readonly<Record<string, string>>): Record<string, string> {
  const claims = foodRequest()['claims']
  return { ...JSON.parse(JSON.stringify(claims)), ...changes }
}

function get(path: string, key: string = world.apiKey): Response | Promise<Response> {
  return world.app.request(path, { headers: { Authorization: `Bearer ${key}` } })
}

function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (data) => {
      received += data.toString('latin1')
      if (received.includes('\r\n\r\n')) socket.end()
    })
    socket.on('error', () => resolve(received))
    socket.on('close', () => resolve(received))
  })
}
