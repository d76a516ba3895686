/** A citizen's own licences: what is listed, a new phone, a lost phone, signing out. */
import { fromBase64url, sha256Base64url } from '@onetrip/codec'
import { parseSdCwt } from '@onetrip/credential'
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeIn,
  codeOf,
  credentialIn,
  credentialsIn,
  holderSigner,
  type Issued,
  issueFood,
  MARKET,
  openWorld,
  post,
  proofOf,
  redeem,
  requestBatch,
  requestCredential,
  requestToken,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'
import { RATE_LIMITS } from '../rates/rate-limits.ts'
import { openSession } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'
import { RECENT_SIGN_IN_SECONDS, SESSION_COOKIE } from './citizen.ts'
import { exchangeWalletCode, makeWalletCode } from './wallet-code.ts'

const ZHANG = { subject: 'sub-zhang', holderReference: 'ref-zhang', level: 'real-name' }
const LI = { subject: 'sub-li', holderReference: 'ref-li', level: 'real-name' }

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function signIn(
  person: typeof ZHANG,
  carrier: 'bearer' | 'cookie' = 'bearer',
): Promise<string> {
  const { storage } = world.services
  const session = { carrier, subject: person.subject, person: JSON.stringify(person) }
  const opened = await transact(storage, (transaction) =>
    openSession(world.services, transaction, session),
  )
  return opened.id
}

function ask(bearer: string, path: string, body?: object): Promise<Response> {
  return Promise.resolve(
    world.app.request(`/api/my${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
}

type Mine = Readonly<{ id: string; serial: string; copies: number }>

async function mine(bearer: string): Promise<readonly Mine[]> {
  const { licences }: { licences: Mine[] } = await (await ask(bearer, '/licences')).json()
  return licences
}

async function rebind(bearer: string, id: string): Promise<Pick<Issued, 'offer' | 'txCode'>> {
  const response = await ask(bearer, `/licences/${id}/rebind`, {})
  expect(response.status).toBe(201)
  return response.json()
}

/** Receives one securing onto a phone with a key of its own. */
async function receive(issued: Pick<Issued, 'offer' | 'txCode'>, form = 'dc+sd-cwt') {
  return receiveWith(await redeem(world, issued), form)
}

async function receiveWith(accessToken: string, form = 'dc+sd-cwt'): Promise<Response> {
  return requestCredential(world, {
    accessToken,
    configuration: `${TYPES.food}.${form}`,
    proof: await proofOf(world, holderSigner(form === 'dc+sd-cwt' ? 'Ed25519' : 'ES256')),
  })
}

/** The status of a CBOR credential as published: 0 valid, 1 revoked. */
async function statusOf(credential: string): Promise<number> {
  const { uri, index } = parseSdCwt(fromBase64url(credential)).claims.status
  const response = await world.app.request(new URL(uri).pathname)
  const key = await world.services.storage
    .selectFrom('signing_key')
    .select('public_jwk')
    .where('agency_id', '=', MARKET)
    .where('purpose', '=', 'status-cbor')
    .executeTakeFirstOrThrow()
  const list = decodeStatusList(new Uint8Array(await response.arrayBuffer()))
  return (await openStatusList(list, publicKeyOfJwkText(key.public_jwk))).get(index)
}

const issue = (serial: string, person = ZHANG): Promise<Issued> =>
  issueFood(world, { serial, holderReference: person.holderReference })

test('the list says how a licence ended, and shows the version that took its place', async () => {
  const person = { ...ZHANG, subject: 'sub-ends', holderReference: 'ref-ends' }
  const bearer = await signIn(person)
  const issued = (serial: string): Promise<Issued> => issue(serial, person)
  const [old, taken, lost] = [await issued('ENDS1'), await issued('ENDS2'), await issued('ENDS3')]
  const next = { validFrom: '2026-11-23', validTo: '2036-11-22', reason: '延续' }
  const header = { 'Idempotency-Key': 'ends-next' }
  expect((await post(world, `/api/licences/${old.id}/versions`, next, header)).status).toBe(201)
  const end = { status: 'revoked', reason: '决定' }
  await post(world, `/api/licences/${taken.id}/status`, { ...end, kind: 'penalty' })
  await post(world, `/api/licences/${lost.id}/status`, end)
  const { licences } = await (await ask(bearer, '/licences')).json()
  const told = licences.map(
    (one: { serial: string; version: number; status: string; endedAs?: string }) =>
      [one.serial, one.version, one.status, one.endedAs].join(' '),
  )
  expect(told.toSorted()).toEqual([
    'ENDS1 1 revoked replaced',
    'ENDS1 2 valid ',
    'ENDS2 1 revoked penalty',
    'ENDS3 1 revoked ',
  ])
})

describe('the list', () => {
  test('holds what is theirs, without its claims, and what is nobody’s stays so', async () => {
    await issue('MINE1')
    await issue('HIS1', LI)
    await issueFood(world, { serial: 'NOBODY1' })
    const zhang = await signIn(ZHANG)
    expect((await mine(zhang)).map(({ serial }) => serial)).toEqual(['MINE1'])
    const text = await (await ask(zhang, '/licences')).text()
    expect(text).toContain('食品经营许可证')
    expect(text).not.toContain('陈样例')
    expect(text).not.toContain(ZHANG.holderReference)
  })

  test('is nobody’s without a session', async () => {
    for (const bearer of ['x', 'y'.repeat(43), world.apiKey]) {
      const response = await ask(bearer, '/licences')
      expect(response.status).toBe(401)
      expect(await codeOf(response)).toBe('auth/required')
    }
  })

  test('too many wrong sessions of an address are slowed down', async () => {
    const small = await openWorld()
    const headers = { Authorization: `Bearer ${'y'.repeat(43)}` }
    const wrong = () => small.app.request('/api/my/licences', { headers })
    for (let count = 0; count < RATE_LIMITS['citizen/wrong-session'].requests; count += 1)
      expect((await wrong()).status).toBe(401)
    const without = () => small.app.request('/api/my/licences')
    expect(await codeOf(await wrong())).toBe('http/rate-limited')
    small.setNow(small.services.now() + RATE_LIMITS['citizen/wrong-session'].windowSeconds)
    for (let count = 0; count <= RATE_LIMITS['citizen/wrong-session'].requests; count += 1)
      expect((await without()).status).toBe(401)
    await small.close()
  })
})

describe('a new phone', () => {
  test('gets the licence, and every earlier copy is revoked then and not before', async () => {
    const issued = await issue('PHONE1')
    const old = await credentialIn(await receive(issued))
    const zhang = await signIn(ZHANG)
    const offer = await rebind(zhang, issued.id)
    expect(await statusOf(old)).toBe(0)
    const accessToken = await redeem(world, offer)
    expect(await statusOf(old)).toBe(0)
    const fresh = await credentialIn(await receiveWith(accessToken))
    expect(await statusOf(old)).toBe(1)
    expect(await statusOf(fresh)).toBe(0)
    await credentialIn(await receiveWith(accessToken, 'dc+sd-jwt'))
    expect(await statusOf(fresh)).toBe(0)
    const listed = (await mine(zhang)).find(({ id }) => id === issued.id)
    expect(listed?.copies).toBe(1)
    const licence = await world.app.request(`/api/licences/${issued.id}`, {
      headers: { Authorization: `Bearer ${world.apiKey}` },
    })
    expect(await licence.json()).toMatchObject({ status: 'valid', history: [] })
  })

  test('gets several copies, and all of them count', async () => {
    const bearer = await signIn(ZHANG)
    const issued = await issue('MYBATCH')
    const before = await credentialIn(await receive(issued))
    const accessToken = await redeem(world, await rebind(bearer, issued.id))
    const signers = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const proofs = await Promise.all(signers.map((signer) => proofOf(world, signer)))
    const configuration = `${TYPES.food}.dc+sd-cwt`
    const response = await requestBatch(world, { accessToken, configuration, proofs })
    const copies = await credentialsIn(response)
    expect(copies).toHaveLength(signers.length)
    expect(await Promise.all(copies.map(statusOf))).toEqual([0, 0])
    expect(await statusOf(before)).toBe(1)
  })

  test('asked again while it is open, the offer is the same one', async () => {
    const { id } = await issue('AGAIN1')
    const zhang = await signIn(ZHANG)
    const first = await rebind(zhang, id)
    expect(await rebind(zhang, id)).toEqual(first)
    expect(first.offer.expiresAt).toBe(START + 600)
    await receive(first)
    expect((await rebind(zhang, id)).offer.id).not.toBe(first.offer.id)
  })

  test('of two new phones the later one holds it', async () => {
    const { id } = await issue('TWO1')
    const zhang = await signIn(ZHANG)
    const first = await redeem(world, await rebind(zhang, id))
    const second = await redeem(world, await rebind(zhang, id))
    const fresh = await credentialIn(await receiveWith(second))
    expect(await codeOf(await receiveWith(first))).toBe('openid/denied')
    expect(await statusOf(fresh)).toBe(0)
  })

  test('takes the agency’s own open offer away too', async () => {
    const issued = await issue('OPEN1')
    await credentialIn(await receive(await rebind(await signIn(ZHANG), issued.id)))
    const refused = await requestToken(world, codeIn(issued.offer.uri), issued.txCode)
    expect(await codeOf(refused)).toBe('offer/withdrawn')
  })

  test('paper stays', async () => {
    const issued = await issue('PAPER1')
    await post(world, `/api/licences/${issued.id}/paper`, {})
    await credentialIn(await receive(await rebind(await signIn(ZHANG), issued.id)))
    const paper = await world.services.storage
      .selectFrom('credential')
      .select(['status', 'withdrawn_at'])
      .where('licence_id', '=', issued.id)
      .where('form', '=', 'paper')
      .executeTakeFirstOrThrow()
    expect({ ...paper }).toEqual({ status: 0, withdrawn_at: null })
  })

  test('is not for somebody else’s licence, nor for a revoked one', async () => {
    const his = await issue('HIS2', LI)
    const zhang = await signIn(ZHANG)
    const other = await ask(zhang, `/licences/${his.id}/rebind`, {})
    expect(other.status).toBe(404)
    expect(await codeOf(other)).toBe('licence/not-found')
    const own = await issue('GONE1')
    await post(world, `/api/licences/${own.id}/status`, { status: 'revoked', reason: '测试' })
    expect(await codeOf(await ask(zhang, `/licences/${own.id}/rebind`, {}))).toBe('licence/revoked')
  })
})

test('who asks for too many offers is slowed down', async () => {
  const person = { ...ZHANG, subject: 'sub-many', holderReference: 'ref-many' }
  const { id } = await issue('MANY1', person)
  const many = await signIn(person)
  for (let count = 0; count < RATE_LIMITS['citizen/offer'].requests; count += 1)
    await rebind(many, id)
  expect(await codeOf(await ask(many, `/licences/${id}/rebind`, {}))).toBe('http/rate-limited')
})

describe('somebody who signed in five minutes ago', () => {
  const person = { ...ZHANG, subject: 'sub-qian', holderReference: 'ref-qian' }

  test('moves no licence and voids none before they sign in again, and still reads and signs out', async () => {
    const { id } = await issue('RECENT1', person)
    const [earlier, cookie] = [await signIn(person), await signIn(person, 'cookie')]
    world.setNow(START + RECENT_SIGN_IN_SECONDS)
    expect(await codeOf(await ask(earlier, '/data'))).toBe('sign-in/not-recent')
    for (const path of [`/licences/${id}/rebind`, '/phone-lost']) {
      const refused = await ask(earlier, path, {})
      expect(refused.status).toBe(401)
      expect(await codeOf(refused)).toBe('sign-in/not-recent')
      expect(refused.headers.get('WWW-Authenticate')).toContain(
        'error="insufficient_user_authentication", max_age="300"',
      )
      const headers = {
        Cookie: `${SESSION_COOKIE}=${cookie}`,
        Origin: world.services.config.apiOrigin,
      }
      const page = await world.app.request(`/api/my${path}`, { method: 'POST', headers })
      expect(await codeOf(page)).toBe('sign-in/not-recent')
    }
    expect(await mine(earlier)).toHaveLength(1)
    await rebind(await signIn(person), id)
    expect((await ask(earlier, '/sign-out', {})).status).toBe(200)
    world.setNow(START)
  })

  test('a second before still does', async () => {
    const { id } = await issue('RECENT2', person)
    const bearer = await signIn(person)
    world.setNow(START + RECENT_SIGN_IN_SECONDS - 1)
    await rebind(bearer, id)
    expect((await ask(bearer, '/phone-lost', {})).status).toBe(200)
    world.setNow(START)
  })
})

describe('a lost phone', () => {
  test('every copy is revoked, offers are withdrawn, the other sessions end; again is nothing', async () => {
    const person = { ...ZHANG, subject: 'sub-wang', holderReference: 'ref-wang' }
    const first = await issue('LOST1', person)
    const second = await issue('LOST2', person)
    const his = await issue('HIS3', LI)
    const copy = await credentialIn(await receive(first))
    const kept = await credentialIn(await receive(his))
    const here = await signIn(person)
    const phone = await signIn(person)
    expect(await (await ask(here, '/phone-lost', {})).json()).toEqual({ licences: 1 })
    expect(await statusOf(copy)).toBe(1)
    expect(await statusOf(kept)).toBe(0)
    const refused = await requestToken(world, codeIn(second.offer.uri), second.txCode)
    expect(await codeOf(refused)).toBe('offer/withdrawn')
    expect((await ask(phone, '/licences')).status).toBe(401)
    expect((await mine(here)).map(({ copies }) => copies)).toEqual([0, 0])
    const revisions = () =>
      world.services.storage.selectFrom('status_list').select(['id', 'revision']).execute()
    const before = await revisions()
    expect(await (await ask(here, '/phone-lost', {})).json()).toEqual({ licences: 0 })
    expect(await revisions()).toEqual(before)
    const fresh = await credentialIn(await receive(await rebind(here, first.id)))
    expect(await statusOf(fresh)).toBe(0)
  })
})

test('a lost phone’s codes that are on their way lead nowhere', async () => {
  const person = { ...ZHANG, subject: 'sub-zhao', holderReference: 'ref-zhao' }
  const { id } = await issue('LOST9', person)
  const here = await signIn(person)
  const { services } = world
  const verifier = 'v'.repeat(43)
  const challenge = sha256Base64url(verifier)
  const code = await makeWalletCode(services, { person, challenge })
  const row = {
    ...{ hash: 'h', client_id: 'c', redirect_uri: 'https://w.example/', state: null },
    ...{ code_challenge: challenge, dpop_thumbprint: null, offer_id: null, type_code: null },
    ...{ code_hash: 'coded', licence_id: id, used: 0, expires_at: START + 60 },
  }
  await services.storage.insertInto('authorization_request').values(row).execute()
  await ask(here, '/phone-lost', {})
  await expect(exchangeWalletCode(services, { code, verifier })).rejects.toThrow('sign-in/code')
  const left = services.storage.selectFrom('authorization_request').select('hash')
  expect(await left.where('hash', '=', 'h').execute()).toEqual([])
})

describe('signing out', () => {
  test('ends this session, or all of the person’s', async () => {
    const [one, two, cookie] = [await signIn(LI), await signIn(LI), await signIn(LI, 'cookie')]
    const zhang = await signIn(ZHANG)
    expect(await (await ask(one, '/sign-out', {})).json()).toEqual({ everywhere: false })
    expect((await ask(one, '/licences')).status).toBe(401)
    expect((await ask(two, '/licences')).status).toBe(200)
    const { apiOrigin } = world.services.config
    const out = await world.app.request('/api/my/sign-out', {
      method: 'POST',
      headers: {
        Cookie: `${SESSION_COOKIE}=${cookie}`,
        Origin: apiOrigin,
        'Content-Type': 'application/json',
      },
      body: '{"everywhere":true}',
    })
    expect(await out.json()).toEqual({ everywhere: true })
    expect(out.headers.getSetCookie()[0]).toMatch(/^onetrip-session=; Path=\/; Max-Age=0;/)
    expect((await ask(two, '/licences')).status).toBe(401)
    expect((await ask(zhang, '/licences')).status).toBe(200)
  })

  test('AU01: a cookie changes nothing from the wallet’s or a stranger’s page', async () => {
    const cookie = await signIn(ZHANG, 'cookie')
    const { walletOrigin, counterOrigin } = world.services.config
    for (const Origin of [walletOrigin, counterOrigin, 'https://example.org', 'null']) {
      const response = await world.app.request('/api/my/phone-lost', {
        method: 'POST',
        headers: { Cookie: `${SESSION_COOKIE}=${cookie}`, Origin },
      })
      expect(await codeOf(response)).toBe('http/origin')
    }
  })

  test('a wallet reads the answers, without credentials; the counter does not', async () => {
    const bearer = await signIn(ZHANG)
    const from = async (Origin: string) => {
      const headers = { Authorization: `Bearer ${bearer}`, Origin }
      const response = await world.app.request('/api/my/licences', { headers })
      return [
        response.headers.get('Access-Control-Allow-Origin'),
        response.headers.get('Access-Control-Allow-Credentials'),
      ]
    }
    const { walletOrigin, counterOrigin } = world.services.config
    expect(await from(walletOrigin)).toEqual([walletOrigin, null])
    expect(await from(counterOrigin)).toEqual([null, null])
  })
})
