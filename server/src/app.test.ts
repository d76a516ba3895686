/** What every answer has to keep: privacy of logs (O16), headers, origins, and the committed OpenAPI document. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ERROR_CODES } from '@onetrip/codec'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseText, testEnvironment } from '../testing/test-database.ts'
import {
  codeIn,
  codeOf,
  credentialIn,
  foodRequest,
  holderSigner,
  issueFood,
  nonceOf,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
  type World,
} from '../testing/test-world.ts'
import { createApp } from './app.ts'
import { loadConfig } from './config.ts'
import { seedStaff } from './demo/demo-staff.ts'
import { identityListener } from './demo/identity-listener.ts'
import { openApiDocument } from './openapi.ts'
import { PROBLEM_STATUS } from './problem-status.ts'
import { openServices } from './services.ts'

const CONTENT = v.optional(v.record(v.string(), v.object({ schema: v.optional(v.unknown()) })))
const OPENAPI = v.object({
  paths: v.record(
    v.string(),
    v.record(
      v.string(),
      v.object({
        security: v.optional(v.array(v.unknown())),
        requestBody: v.optional(v.object({ content: CONTENT })),
        responses: v.record(v.string(), v.object({ content: CONTENT })),
      }),
    ),
  ),
})

const WALLET = 'http://localhost:8788'
const COUNTER = 'http://localhost:8789'
let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('O16: privacy', () => {
  test('no name, number or secret of a whole flow is in the log, no secret readable in the database', async () => {
    const canary = '金丝雀样例'
    const claims = JSON.parse(JSON.stringify(foodRequest()['claims']))
    const issued = await issueFood(world, {
      serial: 'CANARY1',
      claims: { ...claims, legalRepresentative: canary },
    })
    const accessToken = await redeem(world, issued)
    const nonce = await nonceOf(world)
    const credential = await credentialIn(
      await requestCredential(world, {
        accessToken,
        configuration: `${TYPES.food}.dc+sd-jwt`,
        proof: await proofOf(world, holderSigner('ES256'), { payload: { nonce } }),
      }),
    )
    await world.app.request(`/api/licences/${canary}?name=${canary}`)
    await post(world, '/api/licences', `{"${canary}":`, { 'Idempotency-Key': 'canary' })
    await post(world, `/api/licences/${issued.id}/status`, { status: 'suspended', reason: canary })
    const log = world.logLines.join('\n')
    const code = codeIn(issued.offer.uri)
    const secrets = [canary, encodeURIComponent(canary), world.apiKey, accessToken, code, nonce]
    for (const secret of [...secrets, issued.txCode, credential, 'CANARY1']) {
      expect(log).not.toContain(secret)
    }
    const database = await databaseText(world.folder)
    for (const secret of [world.apiKey, accessToken, code, nonce]) {
      expect(database).not.toContain(secret)
    }
  })

  test('an unexpected fault is logged without its message and answered without it', async () => {
    const app = createApp(world.services)
    app.get('/boom', () => {
      throw new Error('secret 金丝雀')
    })
    const response = await app.request('/boom')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    const log = world.logLines.join('\n')
    expect(log).toContain('http/unexpected')
    expect(log).not.toContain('金丝雀')
    expect(log).not.toContain(import.meta.dirname)
  })
})

describe('origins', () => {
  test('exactly the faces may read public data, without credentials', async () => {
    for (const origin of [WALLET, COUNTER]) {
      const response = await world.app.request('/trust/metadata/timestamp.json', {
        headers: { Origin: origin },
      })
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(origin)
      expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
      expect(response.headers.get('Vary')).toContain('Origin')
    }
    const foreign = ['http://localhost:8790', 'http://localhost:87880', 'null', `${WALLET}.evil`]
    for (const origin of foreign) {
      const response = await world.app.request('/trust/metadata/timestamp.json', {
        headers: { Origin: origin },
      })
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    }
  })

  test('preflights are answered for the faces only', async () => {
    const ask = (origin: string) =>
      world.app.request('/openid/credential', {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      })
    const allowed = await ask(WALLET)
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
    expect((await ask('http://evil.example')).headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  test('a page of another origin changes nothing', async () => {
    for (const path of ['/openid/nonce', '/openid/token', '/openid/credential', '/desk/issue']) {
      const response = await world.app.request(path, {
        method: 'POST',
        headers: { Origin: 'http://evil.example' },
      })
      expect(response.status).toBe(403)
      expect(await codeOf(response)).toBe('http/origin')
    }
  })

  test('the agency API has no CORS at all', async () => {
    const response = await world.app.request('/api/licences', { headers: { Origin: WALLET } })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

describe('caching', () => {
  test('a tag is known again, also when a proxy made it weak', async () => {
    const tag =
      (await world.app.request('/trust/metadata/timestamp.json')).headers.get('ETag') ?? ''
    for (const known of [tag, `W/${tag}`, `"other", W/${tag}`]) {
      const headers = { 'If-None-Match': known }
      expect((await world.app.request('/trust/metadata/timestamp.json', { headers })).status).toBe(
        304,
      )
    }
  })
})

describe('headers', () => {
  for (const path of [
    '/',
    '/healthz',
    '/readyz',
    '/trust/metadata/timestamp.json',
    '/nothing',
    '/api/licences',
  ]) {
    test(`${path} has a policy without inline code, and a request id`, async () => {
      const { headers } = await world.app.request(path)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-inline')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/)
    })
  }
})

describe('production', () => {
  test('has no desk, and says https only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-production-'))
    const services = await openServices({
      config: loadConfig({
        ONETRIP_MODE: 'production',
        ...(await testEnvironment(folder)),
        ONETRIP_API_ORIGIN: 'https://a.example.cn',
        ONETRIP_WALLET_ORIGIN: 'https://wallet.example.cn',
        ONETRIP_COUNTER_ORIGIN: 'https://counter.example.cn',
        ONETRIP_ENVIRONMENT: 'production',
        ONETRIP_KEY_PASSPHRASE: 'correct horse battery',
      }),
      writeLog: () => {},
    })
    const app = createApp(services)
    for (const path of ['/', '/desk/style.css']) {
      const response = await app.request(path)
      expect(response.status).toBe(404)
      expect(response.headers.get('Strict-Transport-Security')).toContain('max-age')
    }
    expect((await app.request('/desk/issue', { method: 'POST' })).status).toBe(404)
    // Where no provider is named nobody signs in; the demo's own is refused.
    const challenge = 'c'.repeat(43)
    const signIn = await app.request(`/sign-in/wallet?challenge=${challenge}`)
    expect(signIn.headers.get('Location')).toBe(
      'https://wallet.example.cn/#sign_in_refused=sign-in%2Funavailable',
    )
    expect((await app.request('/sign-in/callback')).status).toBe(404)
    expect((await app.request('/staff/sign-in')).headers.get('Location')).toBe(
      'https://a.example.cn/console/#sign_in_refused=sign-in%2Funavailable',
    )
    expect((await app.request('/staff/callback')).status).toBe(404)
    expect(await seedStaff(services)).toEqual([])
    expect(() => identityListener(services)).toThrow(TypeError)
    await services.close()
    rmSync(folder, { recursive: true })
  })
})

describe('OpenAPI', () => {
  test('the committed document is what the routes say', async () => {
    const document = await openApiDocument(world.app)
    const text = `${JSON.stringify(document, null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../openapi.json')
  })

  test('every route says its security, and of every body what it is', async () => {
    const { paths } = v.parse(OPENAPI, await openApiDocument(world.app))
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, says]) => ({ name: `${method} ${path}`, says })),
    )
    expect(operations.length).toBeGreaterThan(140)
    for (const { name, says } of operations) {
      expect(says.security, name).toBeDefined()
      const empty = Object.entries(says.responses).filter(
        ([status, { content }]) =>
          !/^3|^204$/.test(status) && Object.keys(content ?? {}).length === 0,
      )
      expect(empty, name).toEqual([])
      const bodies = [says.requestBody ?? {}, ...Object.values(says.responses)]
      for (const { content = {} } of bodies) {
        for (const { schema } of Object.values(content)) expect(schema, name).toBeDefined()
      }
    }
  })
})

describe('problems', () => {
  test('every code has a status of a fault', () => {
    for (const code of ERROR_CODES) expect(PROBLEM_STATUS[code]).toBeGreaterThanOrEqual(400)
  })
})
