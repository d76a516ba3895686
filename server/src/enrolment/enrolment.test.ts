/** A device becomes a counter: it asks, an administrator confirms, it collects and renews, it is lost. */
import { jwkThumbprint, parseJson, toBase64url } from '@onetrip/codec'
import { enrolmentCode, MAX_COUNTER_BYTES, MAX_COUNTER_SECONDS } from '@onetrip/credential'
import { matterCatalogue, sampleOffices } from '@onetrip/fixtures'
import {
  counterMember,
  MAX_DENY_LIST_BYTES,
  openPack,
  packInMemory,
  packMember,
  parseDenyList,
  parseMatterCatalogue,
} from '@onetrip/trust'
import { openCounterCertificate } from '@onetrip/verifier'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEVICE_NAME, enrolmentDesk } from '../../testing/enrolment-desk.ts'
import {
  codeOf,
  holderSigner,
  MARKET,
  openWorld,
  START,
  type World,
} from '../../testing/test-world.ts'
import { createApp } from '../app.ts'
import { rateBook } from '../rates/rate-book.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'
import { publishedPack } from '../trust-data/publish-pack.ts'
import { registerCatalogue } from '../trust-data/recognition.ts'
import { CODE_LIFE_SECONDS } from './ask-enrolment.ts'
import { denyKey, denyListContent } from './deny-list.ts'
import type { CounterEntry } from './office-counters.ts'

const DAY = 86_400
const [CENTRE = '', BUREAU = ''] = sampleOffices.map(({ id }) => id)
const desk = enrolmentDesk(() => world)

let world: World
let apiKey: string

beforeAll(async () => {
  world = await openWorld()
  apiKey = await desk.keyFor([CENTRE])
})
beforeEach(() => {
  world.setNow(START)
  // Limits by address are the app's: each test comes as a new address would.
  const { now, random } = world.services
  const rates = rateBook({ now, secret: random(32) })
  world = { ...world, app: createApp({ ...world.services, rates }) }
})
afterAll(() => world.close())

function administer(path: string, body: unknown, key = apiKey): Promise<Response> {
  return desk.administer(path, body, key)
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
      const { id, code } = await desk.ask(device)
      expect(await (await desk.collect(device)).json()).toEqual({
        state: 'asked',
        expiresAt: START + CODE_LIFE_SECONDS,
      })
      const waiting = (await desk.list(apiKey)).find((entry) => entry.id === id)
      expect(waiting).toMatchObject({ state: 'asked', code, name: DEVICE_NAME, office: CENTRE })
      const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase()
      const confirmed = await administer(`${id}/confirm`, { code: typed, matters: ['m-2', 'm-1'] })
      const entry: CounterEntry = await confirmed.json()
      expect(entry).toMatchObject({ state: 'confirmed', matters: ['m-1', 'm-2'] })
      const opened = await open(await desk.certificateFor(device))
      expect(opened).toMatchObject({
        office: { id: CENTRE },
        device: { number: entry.number, name: DEVICE_NAME },
        matters: ['m-1', 'm-2'],
        thumbprint: jwkThumbprint(device.publicKey),
        issuedAt: START,
        expiresAt: START + MAX_COUNTER_SECONDS,
      })
    },
  )

  test('its matters are those that the catalogue brings to its office, unless others are named, or none', async () => {
    await registerCatalogue(world.services, JSON.parse(JSON.stringify(matterCatalogue)))
    const own = parseMatterCatalogue(JSON.parse(JSON.stringify(matterCatalogue)))
      .filter(({ offices }) => offices.includes(CENTRE))
      .map(({ code }) => code)
      .sort()
    expect(own).toContain('open-restaurant')
    const [one, other] = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const first = await desk.ask(one)
    const confirmed = await administer(`${first.id}/confirm`, { code: first.code })
    expect(await confirmed.json()).toMatchObject({ matters: own })
    const second = await desk.ask(other)
    const none = await administer(`${second.id}/confirm`, { code: second.code, matters: [] })
    expect(await none.json()).toMatchObject({ matters: [] })
  })

  test('confirming again changes nothing; numbers are never shared', async () => {
    const [one, other] = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const first = await desk.ask(one)
    const answer = await (await administer(`${first.id}/confirm`, { code: first.code })).text()
    expect(await (await administer(`${first.id}/confirm`, { code: first.code })).text()).toBe(
      answer,
    )
    const second = await desk.ask(other)
    const { number }: CounterEntry = JSON.parse(answer)
    const taken = await administer(`${second.id}/confirm`, { code: second.code, number })
    expect([taken.status, await codeOf(taken)]).toEqual([409, 'counter/number-taken'])
    const free = await administer(`${second.id}/confirm`, { code: second.code, number: 'B-7' })
    expect(await free.json()).toMatchObject({ number: 'B-7' })
  })

  test('asking again replaces the code; the one before is refused', async () => {
    const device = holderSigner('Ed25519')
    const before = await desk.ask(device)
    const after = await desk.ask(device)
    expect(after.id).toBe(before.id)
    const stale = await administer(`${after.id}/confirm`, { code: before.code })
    expect([stale.status, await codeOf(stale)]).toEqual([409, 'enrolment/code'])
    expect((await administer(`${after.id}/confirm`, { code: after.code })).status).toBe(200)
  })

  test('twenty confirmations and twenty collections at once give one number and one certificate', async () => {
    const device = holderSigner('Ed25519')
    const { id, code } = await desk.ask(device)
    const twenty = Array.from({ length: 20 }, () => administer(`${id}/confirm`, { code }))
    const answers = await Promise.all((await Promise.all(twenty)).map((answer) => answer.text()))
    expect(new Set(answers).size).toBe(1)
    const proofs = await Promise.all(
      Array.from({ length: 20 }, () => desk.proof(device, { act: 'collect' })),
    )
    const collected = await Promise.all(
      proofs.map(async (one) => (await desk.post('/enrolment/certificate', { proof: one })).text()),
    )
    expect(new Set(collected).size).toBe(1)
    expect(collected[0]).toContain('"confirmed"')
  })
})

describe('a certificate is renewed', () => {
  test('at half of its life, and the same until then', async () => {
    const device = holderSigner('Ed25519')
    await desk.enrol(device, apiKey)
    const first = await desk.certificateFor(device)
    world.setNow(START + 15 * DAY - 1)
    expect(await desk.certificateFor(device)).toEqual(first)
    world.setNow(START + 15 * DAY)
    expect(await open(await desk.certificateFor(device))).toMatchObject({
      issuedAt: START + 15 * DAY,
    })
  })

  test('after it ended, without being confirmed again', async () => {
    const device = holderSigner('Ed25519')
    await desk.enrol(device, apiKey)
    const first = await desk.certificateFor(device)
    world.setNow(START + 31 * DAY)
    await expect(open(first)).rejects.toMatchObject({ code: 'counter/expired' })
    await expect(open(await desk.certificateFor(device))).resolves.toBeDefined()
  })
})

describe('a counter without a network', () => {
  const packFor = (thumbprint: string): Promise<Response> =>
    Promise.resolve(world.app.request(`/trust/pack?counter=${thumbprint}`))

  test('is renewed by the pack that is carried to it', async () => {
    const device = holderSigner('Ed25519')
    const { id, code } = await desk.ask(device)
    const thumbprint = jwkThumbprint(device.publicKey)
    expect((await packFor(thumbprint)).status).toBe(404)
    await administer(`${id}/confirm`, { code })
    const first = await open(await desk.certificateFor(device))
    const later = START + 20 * DAY
    world.setNow(later)
    const answer = await packFor(thumbprint)
    expect(answer.status).toBe(200)
    const source = packInMemory(new Uint8Array(await answer.arrayBuffer()))
    const initialRoot = await currentRoot(world.services)
    const trust = await openPack({ source, initialRoot, environment: 'demo' })
    const member = await packMember(source, counterMember(thumbprint), MAX_COUNTER_BYTES)
    const certificate = member ?? new Uint8Array(0)
    const renewed = await openCounterCertificate({ certificate, trust, now: later })
    expect(renewed).toMatchObject({ thumbprint, expiresAt: later + MAX_COUNTER_SECONDS })
    expect(renewed.expiresAt).toBeGreaterThan(first.expiresAt)
    expect(await packMember(source, counterMember('other'), MAX_COUNTER_BYTES)).toBeUndefined()
    // Asking again gives the same one: whoever asks makes the server sign once a day at most.
    const again = packInMemory(new Uint8Array(await (await packFor(thumbprint)).arrayBuffer()))
    expect(await packMember(again, counterMember(thumbprint), MAX_COUNTER_BYTES)).toEqual(member)
    // Nobody comes by again soon, so two days later the whole thirty are given.
    world.setNow(later + 2 * DAY)
    const next = packInMemory(new Uint8Array(await (await packFor(thumbprint)).arrayBuffer()))
    const fresh = await packMember(next, counterMember(thumbprint), MAX_COUNTER_BYTES)
    expect(await open(fresh ?? new Uint8Array(0))).toMatchObject({
      expiresAt: later + 2 * DAY + MAX_COUNTER_SECONDS,
    })
    await administer(`${id}/deny`, {})
    expect(await codeOf(await packFor(thumbprint))).toBe('counter/denied')
  })

  test.each(['', 'x', `${'a'.repeat(42)}!`, 'a'.repeat(43)])('%s is none', async (text) => {
    expect(await codeOf(await packFor(text))).toBe('counter/not-found')
  })
})

describe('a lost device', () => {
  test('is denied for good: no certificate, on the deny list, its own refused', async () => {
    const device = holderSigner('Ed25519')
    const id = await desk.enrol(device, apiKey)
    const certificate = await desk.certificateFor(device)
    const answer = await administer(`${id}/deny`, {})
    expect(await answer.json()).toMatchObject({ id, state: 'denied' })
    expect((await administer(`${id}/deny`, {})).status).toBe(200)
    const refused = await desk.collect(device)
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'counter/denied'])
    await expect(desk.ask(device)).rejects.toThrow('counter/denied')
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
    const { id } = await desk.ask(device)
    await administer(`${id}/deny`, {})
    expect((await denied()).devices).not.toContain(jwkThumbprint(device.publicKey))
  })

  test('a list that would not fit is refused, and nothing is denied', async () => {
    const other = await openWorld()
    const actor = {
      actorId: 'demo-desk-test',
      agencyId: MARKET,
      grants: [],
      offices: [],
      sealMakers: [],
    }
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
    const { id, code } = await desk.ask(device)
    const elsewhere = await desk.keyFor([BUREAU])
    expect(await desk.list(elsewhere)).toEqual([])
    for (const act of ['confirm', 'deny']) {
      const refused = await administer(`${id}/${act}`, act === 'deny' ? {} : { code }, elsewhere)
      expect([refused.status, await codeOf(refused)]).toEqual([404, 'counter/not-found'])
    }
  })

  test('needs the role', async () => {
    const reader = await desk.keyFor([CENTRE], ['read'])
    const { id, code } = await desk.ask(holderSigner('Ed25519'))
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
    await expect(desk.keyFor(['91339901MAXYN00113'])).rejects.toMatchObject({
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
    const { id, code } = await desk.ask(device)
    world.setNow(START + CODE_LIFE_SECONDS)
    expect(await codeOf(await administer(`${id}/confirm`, { code }))).toBe('enrolment/expired')
    expect(await codeOf(await desk.collect(device))).toBe('enrolment/expired')
    expect((await desk.list(apiKey)).map((entry) => entry.id)).not.toContain(id)
  })

  test('of a swapped key is another one than the device shows', async () => {
    const [device, thief] = [holderSigner('Ed25519'), holderSigner('Ed25519')]
    const fresh = await desk.nonce()
    const answer: { id: string } = await (
      await desk.post('/enrolment/requests', {
        proof: await desk.proof(thief, {
          act: 'enrol',
          office: CENTRE,
          name: DEVICE_NAME,
          nonce: fresh,
        }),
      })
    ).json()
    const shown = enrolmentCode({
      key: device.publicKey,
      office: CENTRE,
      deviceName: DEVICE_NAME,
      nonce: fresh,
    })
    expect(await codeOf(await administer(`${answer.id}/confirm`, { code: shown }))).toBe(
      'enrolment/code',
    )
  })
})
