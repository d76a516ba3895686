import { X509Certificate } from 'node:crypto'
import { isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { parseVpRequest } from '@onetrip/credential'
import { verifyVpRequest } from '@onetrip/verifier'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { codeOf, openWorld, START, TYPES, type World } from '../../testing/test-world.ts'
import {
  ASKED,
  answer,
  askApi,
  askingKey,
  CENTRE,
  fetchRequest,
  openVerification,
  presentFor,
  receiveLicences,
  type WalletLicence,
} from '../../testing/vp-wallet.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { openContent, sealContent, type VerificationContent } from './verification-content.ts'

let world: World
let key: string
let licences: readonly WalletLicence[]
beforeAll(async () => {
  world = await openWorld()
  key = await askingKey(world)
  licences = await receiveLicences(world)
})
beforeEach(() => world.setNow(START))
afterAll(() => world.close())

async function read(id: string, by = key): Promise<JsonObject> {
  const response = await askApi(world, by, { path: `/${id}` })
  const body = parseJson(new Uint8Array(await response.arrayBuffer()))
  if (!isObject(body)) throw new TypeError('an answer is an object')
  return body
}

async function codeFor(response: Promise<Response> | Response): Promise<string> {
  return codeOf(await response)
}

describe('opening a verification', () => {
  test('gives links into our wallet and for others, for five minutes', async () => {
    const opened = await openVerification(world, key)
    const { apiOrigin, walletOrigin } = world.services.config
    expect(opened.uri.startsWith(`${walletOrigin}/#client_id=x509_hash%3A`)).toBe(true)
    expect(opened.openid4vpUri.startsWith('openid4vp://?client_id=x509_hash%3A')).toBe(true)
    expect(opened.requestUri.startsWith(`${apiOrigin}/openid4vp/requests/`)).toBe(true)
    expect(opened.expiresAt).toBe(START + 300)
    expect(await read(opened.id)).toMatchObject({ state: 'open', office: CENTRE })
    world.setNow(opened.expiresAt)
    expect(await read(opened.id)).toMatchObject({ state: 'expired' })
  })

  const refused: Readonly<Record<string, readonly [object, number, string]>> = {
    'a matter that does not exist': [{ matter: 'no-matter' }, 404, 'request/matter-unknown'],
    'a matter of another office': [
      { matter: 'enrolment-proof', wants: undefined },
      403,
      'request/office',
    ],
    'more claims than the catalogue allows': [
      {
        wants: [{ material: 'identity', options: [{ type: TYPES.identity, claims: ['address'] }] }],
      },
      403,
      'request/over-asking',
    ],
    'a licence that does not serve as the material': [
      { wants: [{ material: 'identity', options: [{ type: TYPES.business }] }] },
      403,
      'request/over-asking',
    ],
    'a material twice': [{ wants: [ASKED.wants[1], ASKED.wants[1]] }, 400, 'input/invalid'],
    'a material without a licence': [{ wants: [{ material: 'promise' }] }, 400, 'input/invalid'],
    'a purpose of two lines': [{ purpose: 'a\nb' }, 400, 'input/invalid'],
    'a way back that is no address of the web': [
      { redirectUri: 'javascript:alert(1)' },
      400,
      'input/invalid',
    ],
    'another office': [{ office: '11339901XYN000022G' }, 403, 'auth/forbidden'],
    'a member that is not known': [{ claims: [] }, 400, 'input/unknown-field'],
  }
  for (const [name, [changes, status, code]] of Object.entries(refused)) {
    test(`with ${name} is refused`, async () => {
      const response = await askApi(world, key, { body: { ...ASKED, ...changes } })
      expect([response.status, await codeOf(response)]).toEqual([status, code])
    })
  }

  test('asks for all that the catalogue allows where wants are left out', async () => {
    const { purpose, matter } = ASKED
    const response = await askApi(world, key, { body: { matter, purpose } })
    const request = await fetchRequest(world, await response.json())
    const trust = await publishedTrust(world.services)
    const served = trust.matters.find(({ code }) => code === matter)?.materials ?? []
    const ids = served.filter(({ accepts }) => accepts.length > 0).map(({ code }) => code)
    expect(request.query.credentials.map(({ id }) => id)).toEqual(ids)
    expect(request.query.sets.every(({ required }) => !required)).toBe(true)
  })

  test('needs the role', async () => {
    const response = await askApi(world, world.apiKey, { body: ASKED })
    expect([response.status, await codeOf(response)]).toEqual([403, 'auth/forbidden'])
  })
})

describe('the request object', () => {
  test('is the office’s by trust data that anybody follows, whichever the client identifier', async () => {
    const trust = await follower().follow(world)
    for (const clientIdPrefix of ['x509_hash', 'x509_san_dns'] as const) {
      const opened = await openVerification(world, key, { clientIdPrefix, signMatter: true })
      const { pathname } = new URL(opened.requestUri)
      const compact = await (await world.app.request(pathname)).text()
      const { clientId, certificates } = parseVpRequest(compact)
      expect(clientId.startsWith(`${clientIdPrefix}:`)).toBe(true)
      const verdict = await verifyVpRequest(compact, { trust, now: START, clientId })
      expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
      expect(verdict.request).toMatchObject({ office: { id: CENTRE }, overAsking: [] })
      const leaf = new X509Certificate(certificates[0] ?? new Uint8Array())
      expect([leaf.ca, leaf.issuer === leaf.subject]).toEqual([false, false])
      expect(leaf.checkHost('localhost')).toBe('localhost')
    }
  })

  test('echoes the wallet’s nonce, is made anew, and stays the same request', async () => {
    const opened = await openVerification(world, key)
    const posted = await fetchRequest(world, opened, 'w1')
    const got = await fetchRequest(world, opened)
    expect([posted.walletNonce, got.walletNonce]).toEqual(['w1', undefined])
    expect(posted.nonce).toBe(got.nonce)
    const { pathname } = new URL(opened.requestUri)
    const wrong = await world.app.request(pathname, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'wallet_nonce=%20',
    })
    expect(await codeOf(wrong)).toBe('request/nonce')
  })

  test('commits to what it asks, whichever way it is fetched and whatever it is asked in', async () => {
    for (const format of ['dc+sd-jwt', 'mso_mdoc']) {
      const opened = await openVerification(world, key, { format })
      const requests = [await fetchRequest(world, opened, 'w1'), await fetchRequest(world, opened)]
      expect(requests.map(({ isCommitted }) => isCommitted)).toEqual([true, true])
    }
  })

  test('of before nonces were commitments is over; what was shown for it can still be read', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    const row = await world.services.storage
      .selectFrom('verification')
      .selectAll()
      .where('id', '=', opened.id)
      .executeTakeFirstOrThrow()
    const { salt: _salt, query: _query, ...before } = openContent(world.services, row)
    const content = sealContent(world.services, row.id, before as VerificationContent)
    await world.services.storage
      .updateTable('verification')
      .set({ content })
      .where('id', '=', row.id)
      .execute()
    const { pathname } = new URL(opened.requestUri)
    expect(await codeFor(world.app.request(pathname))).toBe('request/expired')
    const parts = await presentFor(world, request, licences)
    expect(await codeFor(answer(world, request, parts))).toBe('request/expired')
    expect(await read(opened.id)).toMatchObject({ state: 'open', purpose: ASKED.purpose })
  })

  test('offers both encryptions and a key of its own', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => fetchRequest(world, await openVerification(world, key))),
    )
    expect(one?.encryption?.encryptions).toEqual(['A128GCM', 'A256GCM'])
    expect(one?.encryption?.keys[0]?.kid).not.toBe(other?.encryption?.keys[0]?.kid)
    expect(one?.nonce).not.toBe(other?.nonce)
  })

  test('is not there for a guess, nor after its end, and every page may read it', async () => {
    const opened = await openVerification(world, key)
    const { pathname } = new URL(opened.requestUri)
    const guess = `${pathname.slice(0, -43)}${'A'.repeat(43)}`
    expect(await codeFor(world.app.request(guess))).toBe('request/not-found')
    const response = await world.app.request(pathname, { headers: { Origin: 'https://a.example' } })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Content-Type')).toBe('application/oauth-authz-req+jwt')
    world.setNow(opened.expiresAt)
    expect(await codeFor(world.app.request(pathname))).toBe('request/expired')
    world.setNow(opened.expiresAt + 600)
    expect(await codeFor(world.app.request(pathname))).toBe('request/not-found')
  })
})

describe('an answer', () => {
  for (const responseMode of ['direct_post', 'direct_post.jwt'] as const) {
    test(`by ${responseMode} is verified, and put to its materials for the opener alone`, async () => {
      const opened = await openVerification(world, key, { responseMode })
      const request = await fetchRequest(world, opened)
      const response = await answer(world, request, await presentFor(world, request, licences))
      expect([response.status, await response.json()]).toEqual([200, {}])
      const shown = await read(opened.id)
      expect(shown).toMatchObject({
        state: 'answered',
        purpose: ASKED.purpose,
        forgetAt: START + 600,
        result: {
          outcome: 'valid',
          unasked: 0,
          materials: [
            {
              material: 'business-licence',
              outcome: 'valid',
              missing: [],
              licence: {
                type: TYPES.business,
                typeVersion: 1,
                claims: { legalRepresentative: '陈样例' },
              },
            },
            { material: 'identity', licence: { claims: { name: '陈样例' } } },
          ],
        },
      })
      const colleague = await askingKey(world, '周窗口')
      expect(await read(opened.id, colleague)).toMatchObject({ code: 'request/not-found' })
    })
  }

  test('signs the matter where the office wants it', async () => {
    const opened = await openVerification(world, key, { signMatter: true })
    const request = await fetchRequest(world, opened)
    const without = await presentFor(world, request, licences, { transactionData: [] })
    expect(await codeFor(answer(world, request, without))).toBe('key-binding/transaction-data')
    const response = await answer(world, request, await presentFor(world, request, licences))
    expect(response.status).toBe(200)
    expect(await read(opened.id)).toMatchObject({ result: { outcome: 'valid' } })
  })

  test('of what is missing, or of a revoked licence, closes the request with its verdict', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    const one = await presentFor(world, request, licences.slice(0, 1))
    expect((await answer(world, request, one)).status).toBe(200)
    expect(await read(opened.id)).toMatchObject({
      result: { outcome: 'caution', reason: 'answer/missing' },
    })
  })

  test('counts once: a closed request, and a presentation shown at a second counter, are refused', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    const parts = await presentFor(world, request, licences)
    expect((await answer(world, request, parts)).status).toBe(200)
    const again = await answer(world, request, parts)
    expect([again.status, await codeOf(again)]).toEqual([400, 'request/closed'])
    const second = await fetchRequest(world, await openVerification(world, key))
    expect(await codeFor(answer(world, second, parts))).toBe('presentation/replayed')
  })

  test('two at once: one counts', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    const both = await Promise.all([
      presentFor(world, request, licences),
      presentFor(world, request, licences),
    ])
    const answers = await Promise.all(both.map((parts) => answer(world, request, parts)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  test('that was made for something else leaves the request open', async () => {
    const opened = await openVerification(world, key, { responseMode: 'direct_post' })
    const request = await fetchRequest(world, opened)
    const [first] = licences
    if (first === undefined) throw new TypeError('no licence')
    const other = licences[1]?.signer ?? first.signer
    const cases: Readonly<Record<string, Parameters<typeof presentFor>[3]>> = {
      'key-binding/audience': { audience: 'x509_san_dns:evil.example' },
      'key-binding/nonce': { nonce: 'another' },
      'key-binding/signature': { signer: other },
    }
    for (const [code, changes] of Object.entries(cases)) {
      const parts = await presentFor(world, request, [first], changes)
      expect(await codeFor(answer(world, request, parts))).toBe(code)
    }
    const [part] = await presentFor(world, request, [first])
    if (part === undefined) throw new TypeError('nothing is presented')
    for (const presentation of ['a.b.c~d.e.f', 'x~']) {
      expect(await codeFor(answer(world, request, [{ ...part, presentation }]))).toBe(
        'answer/format',
      )
    }
    expect(await read(opened.id)).toMatchObject({ state: 'open' })
  })

  test('of another shape is refused', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    const [part] = await presentFor(world, request, licences)
    if (part === undefined) throw new TypeError('nothing is presented')
    const { encryption: _encrypted, ...plain } = request
    expect(await codeFor(answer(world, plain, [part]))).toBe('answer/format')
    expect(await codeFor(answer(world, request, { response: 'a.b.c.d.e' }))).toMatch(
      /^(json|jwe|encoding)\//,
    )
    expect(await codeFor(answer(world, request, {}))).toBe('answer/format')
    for (const queryId of ['premises', 'identity_2']) {
      expect(await codeFor(answer(world, request, [{ ...part, queryId }]))).toBe('answer/format')
    }
    const { encryption } = await fetchRequest(world, await openVerification(world, key))
    if (encryption === undefined) throw new TypeError('no key')
    expect(await codeFor(answer(world, { ...request, encryption }, [part]))).toBe('jwe/decryption')
    expect(await read(opened.id)).toMatchObject({ state: 'open' })
  })

  test('that declines closes the request, and nothing is known', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    expect((await answer(world, request, { error: 'access_denied' })).status).toBe(200)
    const shown = await read(opened.id)
    expect(shown).toMatchObject({ state: 'declined' })
    expect(shown).not.toHaveProperty('result')
  })

  test('comes back to the same browser: only its response code tells what was shown', async () => {
    const redirectUri = 'https://office.example/back'
    const opened = await openVerification(world, key, { redirectUri })
    const request = await fetchRequest(world, opened)
    const response = await answer(world, request, await presentFor(world, request, licences))
    const { redirect_uri: back = '' }: { redirect_uri?: string } = await response.json()
    const [address, fragment] = back.split('#response_code=')
    expect([address, fragment?.length]).toEqual([redirectUri, 43])
    expect(await read(opened.id)).not.toHaveProperty('result')
    const path = `/${opened.id}/result`
    const wrong = await askApi(world, key, { path, body: { responseCode: 'A'.repeat(43) } })
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'request/response-code'])
    const right = await askApi(world, key, { path, body: { responseCode: fragment } })
    expect(await right.json()).toMatchObject({ result: { outcome: 'valid' } })
  })

  test('is forgotten after ten minutes, and lies sealed until then', async () => {
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened)
    await answer(world, request, await presentFor(world, request, licences))
    const rows = await world.services.storage.selectFrom('verification').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('陈样例')
    world.setNow(START + 600)
    expect(await read(opened.id)).toMatchObject({ code: 'request/not-found' })
    await openVerification(world, key)
    const left = await world.services.storage.selectFrom('verification').select('id').execute()
    expect(left.map(({ id }) => id)).not.toContain(opened.id)
  })

  test('leaves no name, nonce or address in the log (T13)', () => {
    const log = world.logLines.join('\n')
    expect(log).toContain('verification/answered')
    for (const secret of ['陈样例', 'otk_', '/requests/A']) expect(log).not.toContain(secret)
  })
})
