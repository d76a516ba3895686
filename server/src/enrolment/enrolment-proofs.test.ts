/** What a device must prove before anything is looked up for it, and how often anybody may ask. */
import { isObject, parseJson } from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEVICE_NAME, enrolmentDesk } from '../../testing/enrolment-desk.ts'
import { codeOf, holderSigner, openWorld, START, type World } from '../../testing/test-world.ts'
import { createApp } from '../app.ts'
import { rateBook } from '../rates/rate-book.ts'
import { MAX_WAITING } from './ask-enrolment.ts'

const [CENTRE = '', BUREAU = '', BRIGADE = ''] = sampleOffices.map(({ id }) => id)
const desk = enrolmentDesk(() => world)
let world: World
let apiKey: string

beforeAll(async () => {
  world = await openWorld()
  apiKey = await desk.keyFor([CENTRE])
})
beforeEach(() => {
  // Limits by address are the app's: each test comes as a new address would.
  const { now, random } = world.services
  const rates = rateBook({ now, secret: random(32) })
  world = { ...world, app: createApp({ ...world.services, rates }) }
})
afterAll(() => world.close())

describe('a proof is refused', () => {
  const device = holderSigner('Ed25519')
  const enrolClaims = { act: 'enrol', office: CENTRE, name: DEVICE_NAME }
  const refusals: readonly [string, () => Promise<string>, string][] = [
    ['with a nonce used before', usedProof, 'enrolment/nonce'],
    [
      'with a nonce nobody gave',
      () => desk.proof(device, { ...enrolClaims, nonce: 'x' }),
      'enrolment/nonce',
    ],
    ['without a nonce', () => desk.proof(device, { ...enrolClaims, nonce: '' }), 'enrolment/proof'],
    [
      'for another server',
      () => desk.proof(device, { ...enrolClaims, aud: 'https://a.example' }),
      'enrolment/proof',
    ],
    ['for another act', () => desk.proof(device, { act: 'collect' }), 'enrolment/proof'],
    [
      'for no office',
      () => desk.proof(device, { act: 'enrol', name: DEVICE_NAME }),
      'enrolment/proof',
    ],
    [
      'with a forged name',
      () => desk.proof(device, { ...enrolClaims, name: 'a\u202eb' }),
      'enrolment/proof',
    ],
    [
      'for an unknown office',
      () => desk.proof(device, { ...enrolClaims, office: '91339901MAXYN00113' }),
      'counter/office-unknown',
    ],
    [
      'of another typ',
      () => desk.proof(device, enrolClaims, { header: { typ: 'openid4vci-proof+jwt' } }),
      'enrolment/proof',
    ],
    [
      'with a kid',
      () => desk.proof(device, enrolClaims, { header: { kid: 'x' } }),
      'enrolment/proof',
    ],
    [
      'signed by another key',
      () => desk.proof(device, enrolClaims, { signer: holderSigner('Ed25519') }),
      'enrolment/proof',
    ],
    ['that is none', async () => 'a.b.c', 'enrolment/proof'],
  ]
  test.each(refusals)('%s', async (_, make, code) => {
    expect(await codeOf(await desk.post('/enrolment/requests', { proof: await make() }))).toBe(code)
  })

  async function usedProof(): Promise<string> {
    const used = await desk.proof(holderSigner('Ed25519'), enrolClaims)
    await desk.post('/enrolment/requests', { proof: used })
    return used
  }

  test('of a key that nobody enrolled collects nothing', async () => {
    expect(await codeOf(await desk.collect(holderSigner('ES256')))).toBe('enrolment/not-found')
  })

  test('of a counter does not ask again', async () => {
    const known = holderSigner('Ed25519')
    await desk.enrol(known, apiKey)
    await expect(desk.ask(known, BUREAU)).rejects.toThrow('enrolment/exists')
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
    name: DEVICE_NAME,
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
    await expect(desk.ask(holderSigner('Ed25519'), BRIGADE)).rejects.toThrow('http/rate-limited')
    other.setNow(START + 60)
    await expect(desk.ask(holderSigner('Ed25519'), BRIGADE)).resolves.toBeDefined()
  } finally {
    world = main
    await other.close()
  }
})

test('the thirteenth request of an address within a minute is refused', async () => {
  const codes: string[] = []
  for (let at = 0; at < 13; at += 1) {
    codes.push(await codeOf(await desk.post('/enrolment/requests', { proof: 'a.b.c' })))
  }
  expect(codes.slice(-2)).toEqual(['enrolment/proof', 'http/rate-limited'])
})

test('only the counter’s page may ask, and read the answer', async () => {
  const { counterOrigin, walletOrigin } = world.services.config
  const asked = await desk.post('/enrolment/nonce', {}, { Origin: counterOrigin })
  expect(asked.headers.get('Access-Control-Allow-Origin')).toBe(counterOrigin)
  for (const Origin of [walletOrigin, 'https://evil.example']) {
    expect(await codeOf(await desk.post('/enrolment/nonce', {}, { Origin }))).toBe('http/origin')
  }
})

test('no log line holds a key, a code or a name', () => {
  const lines = world.logLines.join('\n')
  expect(lines).toContain('counter/confirmed')
  expect(lines).not.toContain(DEVICE_NAME)
  expect(lines).not.toMatch(/otk_|eyJ/)
  expect(isObject(parseJson(world.logLines[0] ?? ''))).toBe(true)
})
