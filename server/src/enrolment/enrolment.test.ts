import {
  fromBase64url,
  isObject,
  type JsonObject,
  jwkThumbprint,
  parseJson,
  publicKeyToJwk,
  type Signer,
  signJws,
  toBase64url,
} from '@onetrip/codec'
import { enrolmentCode, MAX_COUNTER_SECONDS } from '@onetrip/credential'
import { sampleOffices } from '@onetrip/fixtures'
import { MAX_DENY_LIST_BYTES, openPack, packInMemory, parseDenyList } from '@onetrip/trust'
import { openCounterCertificate } from '@onetrip/verifier'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  codeOf,
  holderSigner,
  MARKET,
  openWorld,
  START,
  type World,
} from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { createApp } from '../app.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'
import { publishedPack } from '../trust-data/publish-pack.ts'
import { CODE_LIFE_SECONDS, MAX_WAITING } from './ask-enrolment.ts'
import { denyKey, denyListContent } from './deny-list.ts'
import type { CounterEntry } from './office-counters.ts'

const DAY = 86_400
const [CENTRE = '', BUREAU = '', BRIGADE = ''] = sampleOffices.map(({ id }) => id)
const NAME = '一号窗口'

let world: World
let apiKey: string

beforeAll(async () => {
  world = await openWorld()
  apiKey = await keyFor([CENTRE])
})
beforeEach(() => {
  world.setNow(START)
  // Limits by address are the app's: each test comes as a new address would.
  world = { ...world, app: createApp(world.services) }
})
afterAll(() => world.close())

function keyFor(offices: readonly string[], roles: readonly ('enrol' | 'read')[] = ['enrol']) {
  return createApiKey(world.services, {
    agencyId: MARKET,
    holder: { name: '钱管理', kind: 'person' },
    types: [],
    roles,
    offices,
  })
}

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return world.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function nonce(): Promise<string> {
  const answer: { nonce: string } = await (await post('/enrolment/nonce', {})).json()
  return answer.nonce
}

async function proof(
  signer: Signer,
  claims: JsonObject,
  changes: { readonly header?: JsonObject; readonly signer?: Signer } = {},
): Promise<string> {
  return signJws({
    header: {
      typ: 'onetrip-counter-proof+jwt',
      jwk: publicKeyToJwk(signer.publicKey),
      ...changes.header,
    },
    payload: { aud: world.services.config.apiOrigin, nonce: await nonce(), ...claims },
    signer: changes.signer ?? signer,
  })
}

/** Asks, and gives the code that stands on the device. */
async function ask(signer: Signer, office = CENTRE, name = NAME) {
  const fresh = await nonce()
  const response = await post('/enrolment/requests', {
    proof: await proof(signer, { act: 'enrol', office, name, nonce: fresh }),
  })
  if (response.status !== 200) throw new Error(await codeOf(response))
  const { id }: { id: string } = await response.json()
  const key = signer.publicKey
  return { id, code: enrolmentCode({ key, office, deviceName: name, nonce: fresh }) }
}

async function collect(signer: Signer): Promise<Response> {
  return post('/enrolment/certificate', { proof: await proof(signer, { act: 'collect' }) })
}

async function certificateFor(signer: Signer): Promise<Uint8Array> {
  const answer: { certificate: string } = await (await collect(signer)).json()
  return fromBase64url(answer.certificate)
}

function administer(path: string, body: unknown, key = apiKey) {
  return post(`/api/counters/${path}`, body, { Authorization: `Bearer ${key}` })
}

async function list(key = apiKey): Promise<readonly CounterEntry[]> {
  const response = await world.app.request('/api/counters', {
    headers: { Authorization: `Bearer ${key}` },
  })
  const body: { counters: CounterEntry[] } = await response.json()
  return body.counters
}

async function enrol(signer: Signer): Promise<string> {
  const { id, code } = await ask(signer)
  expect((await administer(`${id}/confirm`, { code })).status).toBe(200)
  return id
}

/** As a verifier does that has the trust data of this moment. */
async function open(certificate: Uint8Array) {
  const { body } = await publishedPack(world.services)
  const initialRoot = await currentRoot(world.services)
  const trust = await openPack({ source: packInMemory(body), initialRoot, environment: 'demo' })
  return openCounterCertificate({ certificate, trust, now: world.services.now() })
}

describe('a device becomes a counter', () => {
  test.each(['Ed25519', 'ES256'] as const)(
    '%s: asks, is confirmed, collects',
    async (algorithm) => {
      const device = holderSigner(algorithm)
      const { id, code } = await ask(device)
      expect(await (await collect(device)).json()).toEqual({
        state: 'asked',
        expiresAt: START + CODE_LIFE_SECONDS,
      })
      const waiting = (await list()).find((entry) => entry.id === id)
      expect(waiting).toMatchObject({ state: 'asked', code, name: NAME, office: CENTRE })
      const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase()
      const confirmed = await administer(`${id}/confirm`, { code: typed, matters: ['m-2', 'm-1'] })
      const entry: CounterEntry = await confirmed.json()
      expect(entry).toMatchObject({ state: 'confirmed', matters: ['m-1', 'm-2'] })
      const opened = await open(await certificateFor(device))
      expect(opened).toMatchObject({
        office: { id: CENTRE },
        device: { number: entry.number, name: NAME },
        matters: ['m-1', 'm-2'],
        thumbprint: jwkThumbprint(device.publicKey),
        issuedAt: START,
        expiresAt: START + MAX_COUNTER_SECONDS,
      })
    },
  )

  test('confirming again changes nothing; numbers are never shared', async () => {
    const [one, other] = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const first = await ask(one)
    const answer = await (await administer(`${first.id}/confirm`, { code: first.code })).text()
    expect(await (await administer(`${first.id}/confirm`, { code: first.code })).text()).toBe(
      answer,
    )
    const second = await ask(other)
    const { number }: CounterEntry = JSON.parse(answer)
    const taken = await administer(`${second.id}/confirm`, { code: second.code, number })
    expect([taken.status, await codeOf(taken)]).toEqual([409, 'counter/number-taken'])
    const free = await administer(`${second.id}/confirm`, { code: second.code, number: 'B-7' })
    expect(await free.json()).toMatchObject({ number: 'B-7' })
  })

  test('asking again replaces the code; the one before is refused', async () => {
    const device = holderSigner('Ed25519')
    const before = await ask(device)
    const after = await ask(device)
    expect(after.id).toBe(before.id)
    const stale = await administer(`${after.id}/confirm`, { code: before.code })
    expect([stale.status, await codeOf(stale)]).toEqual([409, 'enrolment/code'])
    expect((await administer(`${after.id}/confirm`, { code: after.code })).status).toBe(200)
  })

  test('twenty confirmations and twenty collections at once give one number and one certificate', async () => {
    const device = holderSigner('Ed25519')
    const { id, code } = await ask(device)
    const twenty = Array.from({ length: 20 }, () => administer(`${id}/confirm`, { code }))
    const answers = await Promise.all((await Promise.all(twenty)).map((answer) => answer.text()))
    expect(new Set(answers).size).toBe(1)
    const proofs = await Promise.all(
      Array.from({ length: 20 }, () => proof(device, { act: 'collect' })),
    )
    const collected = await Promise.all(
      proofs.map(async (one) => (await post('/enrolment/certificate', { proof: one })).text()),
    )
    expect(new Set(collected).size).toBe(1)
    expect(collected[0]).toContain('"confirmed"')
  })
})

describe('a certificate is renewed', () => {
  test('at half of its life, and the same until then', async () => {
    const device = holderSigner('Ed25519')
    await enrol(device)
    const first = await certificateFor(device)
    world.setNow(START + 15 * DAY - 1)
    expect(await certificateFor(device)).toEqual(first)
    world.setNow(START + 15 * DAY)
    expect(await open(await certificateFor(device))).toMatchObject({ issuedAt: START + 15 * DAY })
  })

  test('after it ended, without being confirmed again', async () => {
    const device = holderSigner('Ed25519')
    await enrol(device)
    const first = await certificateFor(device)
    world.setNow(START + 31 * DAY)
    await expect(open(first)).rejects.toMatchObject({ code: 'counter/expired' })
    await expect(open(await certificateFor(device))).resolves.toBeDefined()
  })
})

describe('a lost device', () => {
  test('is denied for good: no certificate, on the deny list, its own refused', async () => {
    const device = holderSigner('Ed25519')
    const id = await enrol(device)
    const certificate = await certificateFor(device)
    const answer = await administer(`${id}/deny`, {})
    expect(await answer.json()).toMatchObject({ id, state: 'denied' })
    expect((await administer(`${id}/deny`, {})).status).toBe(200)
    const refused = await collect(device)
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'counter/denied'])
    await expect(ask(device)).rejects.toThrow('counter/denied')
    const again = await administer(`${id}/confirm`, { code: '00000000' })
    expect(await codeOf(again)).toBe('counter/denied')
    const { devices } = await denied()
    expect(devices).toContain(jwkThumbprint(device.publicKey))
    await expect(open(certificate)).rejects.toMatchObject({ code: 'counter/denied' })
    world.setNow(START + MAX_COUNTER_SECONDS + 1)
    expect((await denied()).devices).not.toContain(jwkThumbprint(device.publicKey))
  })

  test('that was never certified needs no place on the list', async () => {
    const device = holderSigner('Ed25519')
    const { id } = await ask(device)
    await administer(`${id}/deny`, {})
    expect((await denied()).devices).not.toContain(jwkThumbprint(device.publicKey))
  })

  test('a list that would not fit is refused, and nothing is denied', async () => {
    const other = await openWorld()
    const actor = { actorId: 'demo-desk-test', agencyId: MARKET, types: [], roles: [], offices: [] }
    await other.services.storage
      .insertInto('actor')
      .values({ id: actor.actorId, name: 'x', kind: 'system' })
      .execute()
    const deny = (at: number) =>
      denyKey(other.services, { actor, thumbprint: thumbprintOf(at), from: START })
    let at = 0
    for (; at < 200; at += 1) {
      const code = await deny(at).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      )
      if (code !== undefined) {
        expect(code).toBe('deny-list/full')
        break
      }
    }
    expect(at).toBeGreaterThan(45)
    const content = await denyListContent(other.services.storage, START)
    expect(content.length).toBeLessThanOrEqual(MAX_DENY_LIST_BYTES)
    await denyKey(other.services, { actor, thumbprint: thumbprintOf(0), from: START - DAY })
    const { keys } = parseDenyList(parseJson(await denyListContent(other.services.storage, START)))
    expect(keys).toHaveLength(at)
    expect(keys[0]).toEqual({ thumbprint: thumbprintOf(0), from: START - DAY })
    await other.close()
  })

  async function denied() {
    const { storage, now } = world.services
    return parseDenyList(parseJson(await denyListContent(storage, now())))
  }
})

function thumbprintOf(at: number): string {
  return toBase64url(new Uint8Array(32).fill(at))
}

describe('an administrator', () => {
  test('sees, confirms and denies devices of their own offices only', async () => {
    const device = holderSigner('Ed25519')
    const { id, code } = await ask(device)
    const elsewhere = await keyFor([BUREAU])
    expect(await list(elsewhere)).toEqual([])
    for (const act of ['confirm', 'deny']) {
      const refused = await administer(`${id}/${act}`, act === 'deny' ? {} : { code }, elsewhere)
      expect([refused.status, await codeOf(refused)]).toEqual([404, 'counter/not-found'])
    }
  })

  test('needs the role', async () => {
    const reader = await keyFor([CENTRE], ['read'])
    const { id, code } = await ask(holderSigner('Ed25519'))
    for (const [path, body] of [
      [`${id}/confirm`, { code }],
      [`${id}/deny`, {}],
    ] as const) {
      expect(await codeOf(await administer(path, body, reader))).toBe('auth/forbidden')
    }
    const listed = await world.app.request('/api/counters', {
      headers: { Authorization: `Bearer ${reader}` },
    })
    expect(await codeOf(listed)).toBe('auth/forbidden')
    expect(await codeOf(await administer(`${id}/confirm`, { code }, 'otk_x'))).toBe('auth/required')
  })

  test('gets no key for an office that is not registered', async () => {
    await expect(keyFor(['91339901MAXYN00113'])).rejects.toMatchObject({
      code: 'counter/office-unknown',
    })
  })

  test.each([
    [{ code: 1 }, 'input/invalid'],
    [{ code: 'x', number: 'a' }, 'input/invalid'],
    [{ code: 'x', matters: ['a b'] }, 'input/invalid'],
    [{ code: 'x', extra: 1 }, 'input/unknown-field'],
  ])('%j is %s', async (body, code) => {
    const id = '01900000-0000-7000-8000-000000000000'
    expect(await codeOf(await administer(`${id}/confirm`, body))).toBe(code)
  })

  test('of no device: counter/not-found; of no id: input/invalid', async () => {
    const path = '01900000-0000-7000-8000-000000000000/deny'
    expect(await codeOf(await administer(path, {}))).toBe('counter/not-found')
    expect(await codeOf(await administer('1/deny', {}))).toBe('input/invalid')
  })
})

describe('a code', () => {
  test('is over after ten minutes, for both sides', async () => {
    const device = holderSigner('Ed25519')
    const { id, code } = await ask(device)
    world.setNow(START + CODE_LIFE_SECONDS)
    expect(await codeOf(await administer(`${id}/confirm`, { code }))).toBe('enrolment/expired')
    expect(await codeOf(await collect(device))).toBe('enrolment/expired')
    expect((await list()).map((entry) => entry.id)).not.toContain(id)
  })

  test('of a swapped key is another one than the device shows', async () => {
    const [device, thief] = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const fresh = await nonce()
    const answer: { id: string } = await (
      await post('/enrolment/requests', {
        proof: await proof(thief, { act: 'enrol', office: CENTRE, name: NAME, nonce: fresh }),
      })
    ).json()
    const shown = enrolmentCode({
      key: device.publicKey,
      office: CENTRE,
      deviceName: NAME,
      nonce: fresh,
    })
    expect(await codeOf(await administer(`${answer.id}/confirm`, { code: shown }))).toBe(
      'enrolment/code',
    )
  })
})

describe('a proof is refused', () => {
  const device = holderSigner('Ed25519')
  const enrolClaims = { act: 'enrol', office: CENTRE, name: NAME }
  const refusals: readonly [string, () => Promise<string>, string][] = [
    ['with a nonce used before', usedProof, 'enrolment/nonce'],
    [
      'with a nonce nobody gave',
      () => proof(device, { ...enrolClaims, nonce: 'x' }),
      'enrolment/nonce',
    ],
    ['without a nonce', () => proof(device, { ...enrolClaims, nonce: '' }), 'enrolment/proof'],
    [
      'for another server',
      () => proof(device, { ...enrolClaims, aud: 'https://a.example' }),
      'enrolment/proof',
    ],
    ['for another act', () => proof(device, { act: 'collect' }), 'enrolment/proof'],
    ['for no office', () => proof(device, { act: 'enrol', name: NAME }), 'enrolment/proof'],
    [
      'with a forged name',
      () => proof(device, { ...enrolClaims, name: 'a\u202eb' }),
      'enrolment/proof',
    ],
    [
      'for an unknown office',
      () => proof(device, { ...enrolClaims, office: '91339901MAXYN00113' }),
      'counter/office-unknown',
    ],
    [
      'of another typ',
      () => proof(device, enrolClaims, { header: { typ: 'openid4vci-proof+jwt' } }),
      'enrolment/proof',
    ],
    ['with a kid', () => proof(device, enrolClaims, { header: { kid: 'x' } }), 'enrolment/proof'],
    [
      'signed by another key',
      () => proof(device, enrolClaims, { signer: holderSigner('Ed25519') }),
      'enrolment/proof',
    ],
    ['that is none', async () => 'a.b.c', 'enrolment/proof'],
  ]
  test.each(refusals)('%s', async (_, make, code) => {
    expect(await codeOf(await post('/enrolment/requests', { proof: await make() }))).toBe(code)
  })

  async function usedProof(): Promise<string> {
    const used = await proof(holderSigner('Ed25519'), enrolClaims)
    await post('/enrolment/requests', { proof: used })
    return used
  }

  test('of a key that nobody enrolled collects nothing', async () => {
    expect(await codeOf(await collect(holderSigner('ES256')))).toBe('enrolment/not-found')
  })

  test('of a counter does not ask again', async () => {
    const known = holderSigner('Ed25519')
    await enrol(known)
    await expect(ask(known, BUREAU)).rejects.toThrow('enrolment/exists')
  })
})

test('a flood of requests at one office is refused, and over with its codes', async () => {
  const other = await openWorld()
  const { services } = other
  const row = (at: number) => ({
    id: services.newId(),
    office_id: BRIGADE,
    thumbprint: String(at),
    public_jwk: '{}',
    name: NAME,
    state: 'asked' as const,
    code: 'x',
    code_until: START + 60,
    matters: '[]',
    asked_at: START,
  })
  const rows = Array.from({ length: MAX_WAITING }, (_, at) => row(at))
  await services.storage.insertInto('counter').values(rows).execute()
  const main = world
  world = other
  try {
    await expect(ask(holderSigner('Ed25519'), BRIGADE)).rejects.toThrow('http/rate-limited')
    other.setNow(START + 60)
    await expect(ask(holderSigner('Ed25519'), BRIGADE)).resolves.toBeDefined()
  } finally {
    world = main
    await other.close()
  }
})

test('the thirteenth request of an address within a minute is refused', async () => {
  const codes: string[] = []
  for (let at = 0; at < 13; at += 1) {
    codes.push(await codeOf(await post('/enrolment/requests', { proof: 'a.b.c' })))
  }
  expect(codes.slice(-2)).toEqual(['enrolment/proof', 'http/rate-limited'])
})

test('only the counter’s page may ask, and read the answer', async () => {
  const { counterOrigin, walletOrigin } = world.services.config
  const asked = await post('/enrolment/nonce', {}, { Origin: counterOrigin })
  expect(asked.headers.get('Access-Control-Allow-Origin')).toBe(counterOrigin)
  for (const Origin of [walletOrigin, 'https://evil.example']) {
    expect(await codeOf(await post('/enrolment/nonce', {}, { Origin }))).toBe('http/origin')
  }
})

test('no log line holds a key, a code or a name', () => {
  const lines = world.logLines.join('\n')
  expect(lines).toContain('counter/confirmed')
  expect(lines).not.toContain(NAME)
  expect(lines).not.toMatch(/otk_|eyJ/)
  expect(isObject(parseJson(world.logLines[0] ?? ''))).toBe(true)
})
