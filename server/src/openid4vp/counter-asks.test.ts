import type { JsonObject } from '@onetrip/codec'
import { materialOfQuery } from '@onetrip/credential'
import { verifyPresentations } from '@onetrip/verifier'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrolmentDesk } from '../../testing/enrolment-desk.ts'
import {
  codeOf,
  holderSigner,
  openWorld,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import {
  ASKED,
  answer,
  askApi,
  askingKey,
  CENTRE,
  fetchRequest,
  presentFor,
  receiveLicences,
  type WalletLicence,
} from '../../testing/vp-wallet.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import type { OpenedForCounter } from './counter-asks.ts'
import { closeRow } from './verification-rows.ts'

const DAY = 86_400
const desk = enrolmentDesk(() => world)
const device = holderSigner('ES256')
let world: World
let administrator: string
let counterId: string
let licences: readonly WalletLicence[]

beforeAll(async () => {
  world = await openWorld()
  licences = await receiveLicences(world)
  administrator = await desk.keyFor([CENTRE])
  counterId = await desk.enrol(device, administrator)
  await desk.certificateFor(device)
})
beforeEach(() => world.setNow(START))
afterAll(() => world.close())

async function ask(request: JsonObject, signer = device): Promise<Response> {
  const proof = await desk.proof(signer, { act: 'ask', request })
  return desk.post('/asking/requests', { proof })
}

async function opened(): Promise<OpenedForCounter> {
  const response = await ask({ ...ASKED } as JsonObject)
  if (response.status !== 200) throw new Error(await codeOf(response))
  return response.json()
}

async function fetchAnswer(id: string, signer = device): Promise<Response> {
  return desk.post('/asking/answers', { proof: await desk.proof(signer, { act: 'answer', id }) })
}

const stateOf = (id: string, stateToken: string) => desk.post('/asking/states', { id, stateToken })

async function close(id: string, signer = device): Promise<Response> {
  return desk.post('/asking/closings', { proof: await desk.proof(signer, { act: 'close', id }) })
}

describe('how a request stands', () => {
  test('is told by its token, without what was shown', async () => {
    const { id, stateToken, requestUri } = await opened()
    expect(await (await stateOf(id, stateToken)).json()).toEqual({ state: 'open' })
    const request = await fetchRequest(world, { requestUri })
    await answer(world, request, await presentFor(world, request, licences))
    expect(await (await stateOf(id, stateToken)).json()).toEqual({ state: 'answered' })
  })

  test('is not told by the token of another request, by none, or of one that is forgotten', async () => {
    const [one, other] = [await opened(), await opened()]
    const wrong = [other.stateToken, '', `${one.stateToken}A`, one.stateToken.slice(1)]
    for (const token of wrong) {
      expect(await codeOf(await stateOf(one.id, token))).toBe('request/not-found')
    }
    world.setNow(one.expiresAt)
    expect(await (await stateOf(one.id, one.stateToken)).json()).toEqual({ state: 'expired' })
    world.setNow(one.expiresAt + 600)
    expect(await codeOf(await stateOf(one.id, one.stateToken))).toBe('request/not-found')
  })
})

describe('a request that the counter ends', () => {
  test('takes no answer any more, and is ended once', async () => {
    const { id, stateToken, requestUri } = await opened()
    const request = await fetchRequest(world, { requestUri })
    const parts = await presentFor(world, request, licences)
    expect(await (await close(id)).json()).toEqual({ state: 'expired' })
    expect(await (await stateOf(id, stateToken)).json()).toEqual({ state: 'expired' })
    expect(await codeOf(await answer(world, request, parts))).toBe('request/expired')
    expect(await (await close(id)).json()).toEqual({ state: 'expired' })
    const entries = await world.services.storage.selectFrom('log_entry').select('entry').execute()
    const kept = entries.map(({ entry }) => Buffer.from(entry, 'base64url'))
    expect(kept.filter((entry) => entry.includes('verification/close'))).toHaveLength(1)
  })

  test('takes none that was being judged meanwhile', async () => {
    const late = { change: { state: 'declined' } } as const
    const [ended, answered] = [await opened(), await opened()]
    await close(ended.id)
    await expect(closeRow(world.services, ended.id, late)).rejects.toMatchObject({
      code: 'request/expired',
    })
    expect(await (await stateOf(ended.id, ended.stateToken)).json()).toEqual({ state: 'expired' })
    const request = await fetchRequest(world, answered)
    await answer(world, request, await presentFor(world, request, licences))
    await expect(closeRow(world.services, answered.id, late)).rejects.toMatchObject({
      code: 'request/closed',
    })
  })

  test('keeps its answer where one came first', async () => {
    const { id, requestUri } = await opened()
    const request = await fetchRequest(world, { requestUri })
    await answer(world, request, await presentFor(world, request, licences))
    expect(await (await close(id)).json()).toEqual({ state: 'answered' })
  })

  test('is its own: another counter, and another act’s proof, end nothing', async () => {
    const { id, stateToken } = await opened()
    const other = holderSigner('ES256')
    await desk.enrol(other, administrator)
    await desk.certificateFor(other)
    expect(await codeOf(await close(id, other))).toBe('request/not-found')
    const proof = await desk.proof(device, { act: 'answer', id })
    expect(await codeOf(await desk.post('/asking/closings', { proof }))).toBe('enrolment/proof')
    expect(await (await stateOf(id, stateToken)).json()).toEqual({ state: 'open' })
  })
})

describe('a counter asks over the network by its key', () => {
  test('for no mdoc: it is not told what that is bound to', async () => {
    expect(await codeOf(await ask({ ...ASKED, format: 'mso_mdoc' } as JsonObject))).toBe(
      'input/invalid',
    )
  })

  test('and judges what was shown by its own trust data', async () => {
    const { id, requestUri, uri } = await opened()
    expect(uri.startsWith(`${world.services.config.walletOrigin}/#client_id=`)).toBe(true)
    expect(await (await fetchAnswer(id)).json()).toEqual({ state: 'open' })
    const request = await fetchRequest(world, { requestUri })
    await answer(world, request, await presentFor(world, request, licences))
    const told = await (await fetchAnswer(id)).json()
    expect(told.state).toBe('answered')
    const parts = told.presentations.map(
      ({ queryId, presentation }: { queryId: string; presentation: string }) => ({
        material: materialOfQuery(queryId),
        presentation,
      }),
    )
    const { nonce, clientId } = request
    const wants = [
      {
        material: 'business-licence',
        required: true,
        options: [{ type: TYPES.business, claims: ['legalRepresentative'] }],
      },
      {
        material: 'identity',
        required: true,
        options: [{ type: TYPES.identity, claims: ['name', 'idNumber'] }],
      },
    ]
    const verdict = await verifyPresentations(parts, {
      trust: await publishedTrust(world.services),
      now: START,
      office: CENTRE,
      request: {
        office: CENTRE,
        matter: ASKED.matter,
        issuedAt: START,
        expiresAt: START + 300,
        wants,
      },
      expected: { audience: clientId, nonce },
    })
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
  })

  test('which nobody else reads, not even the office’s own system, and which is gone after ten minutes', async () => {
    const { id, expiresAt } = await opened()
    const other = holderSigner('ES256')
    await desk.enrol(other, administrator)
    await desk.certificateFor(other)
    expect(await codeOf(await fetchAnswer(id, other))).toBe('request/not-found')
    const key = await askingKey(world)
    expect(await codeOf(await askApi(world, key, { path: `/${id}` }))).toBe('request/not-found')
    world.setNow(expiresAt)
    expect(await (await fetchAnswer(id)).json()).toEqual({ state: 'expired' })
    world.setNow(expiresAt + 600)
    expect(await codeOf(await fetchAnswer(id))).toBe('request/not-found')
  })

  const refused: Readonly<Record<string, readonly [JsonObject, string]>> = {
    'a matter that its certificate does not name': [
      { matter: 'enrolment-proof' },
      'request/matter',
    ],
    'another office': [{ office: '91339901MAXYN00113' }, 'input/invalid'],
    'a way back for the answer': [{ redirectUri: 'https://a.example/' }, 'input/invalid'],
    'more than the catalogue allows': [
      {
        wants: [{ material: 'identity', options: [{ type: TYPES.identity, claims: ['address'] }] }],
      },
      'request/over-asking',
    ],
    'what no request has': [{ all: true }, 'input/unknown-field'],
  }
  for (const [name, [changes, code]] of Object.entries(refused)) {
    test(`not for ${name}`, async () => {
      expect(await codeOf(await ask({ ...ASKED, ...changes } as JsonObject))).toBe(code)
    })
  }

  test('a proof of another act, one that was used, or of no counter opens nothing', async () => {
    const request = { ...ASKED } as JsonObject
    const proofs: readonly [string, string][] = [
      [await desk.proof(device, { act: 'collect', request }), 'enrolment/proof'],
      [await desk.proof(device, { act: 'ask' }), 'enrolment/proof'],
      [await desk.proof(device, { act: 'ask', request, nonce: 'x' }), 'enrolment/nonce'],
      [await desk.proof(holderSigner('ES256'), { act: 'ask', request }), 'counter/not-found'],
    ]
    for (const [proof, code] of proofs) {
      expect(await codeOf(await desk.post('/asking/requests', { proof }))).toBe(code)
    }
    const answers = await desk.proof(device, { act: 'answer' })
    expect(await codeOf(await desk.post('/asking/answers', { proof: answers }))).toBe(
      'enrolment/proof',
    )
  })

  test('not with a certificate that is over, and not once it was denied', async () => {
    world.setNow(START + 31 * DAY)
    expect(await codeOf(await ask({ ...ASKED } as JsonObject))).toBe('counter/expired')
    world.setNow(START)
    const { id } = await opened()
    await desk.administer(`${counterId}/deny`, {}, administrator)
    expect(await codeOf(await ask({ ...ASKED } as JsonObject))).toBe('counter/denied')
    expect(await codeOf(await fetchAnswer(id))).toBe('counter/denied')
  })
})
