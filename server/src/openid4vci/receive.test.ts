/** The whole way of a licence from the agency's request into a wallet, against our own parsers and trust data. */
import { fromBase64url } from '@onetrip/codec'
import { parseTypeDefinition, receiveSdCwt, receiveSdJwt } from '@onetrip/credential'
import {
  foodBusinessLicenceType,
  licenceTypes,
  sampleAgencies,
  sampleOffices,
} from '@onetrip/fixtures'
import { openPack, packInMemory } from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeIn,
  codeOf,
  credentialIn,
  holderSigner,
  type Issued,
  issueFood,
  nonceOf,
  offerIn,
  openWorld,
  proofOf,
  redeem,
  requestCredential,
  requestToken,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'

const SD_CWT = `${TYPES.food}.dc+sd-cwt`
const SD_JWT = `${TYPES.food}.dc+sd-jwt`
const TYPE = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('an offer', () => {
  test('names both securings of one issuer, with the data in the fragment', async () => {
    const issued = await issueFood(world, { serial: 'OFFER1' })
    expect(issued.identifier).toMatch(/^1\.2\.156\.3005\.2\./)
    const url = new URL(issued.offer.uri)
    expect(url.origin).toBe(world.services.config.walletOrigin)
    expect(url.search).toBe('')
    const offer = offerIn(issued.offer.uri)
    expect(offer['credential_issuer']).toBe(world.services.config.apiOrigin)
    expect(offer['credential_configuration_ids']).toEqual([SD_JWT, SD_CWT])
    expect(issued.txCode).toMatch(/^[0-9]{6}$/)
  })
})

describe('receiving', () => {
  test('gives both securings to one wallet, and its own parsers take them', async () => {
    const issued = await issueFood(world, { serial: 'RECEIVE1' })
    const accessToken = await redeem(world, issued)
    const cborKey = holderSigner('Ed25519')
    const jwsKey = holderSigner('ES256')
    const sdCwt = await credentialIn(
      await requestCredential(world, {
        accessToken,
        configuration: SD_CWT,
        proof: await proofOf(world, cborKey),
      }),
    )
    const sdJwt = await credentialIn(
      await requestCredential(world, {
        accessToken,
        configuration: SD_JWT,
        proof: await proofOf(world, jwsKey),
      }),
    )
    const cwt = receiveSdCwt({
      credential: fromBase64url(sdCwt),
      holderKey: cborKey.publicKey,
      type: TYPE,
    })
    const jwt = receiveSdJwt({ credential: sdJwt, holderKey: jwsKey.publicKey, type: TYPE })
    expect(cwt.claims.serial).toBe('RECEIVE1')
    expect(jwt.claims.serial).toBe('RECEIVE1')
    expect(cwt.claims.status.uri).toBe(jwt.claims.status.uri)
    expect(cwt.claims.status.index).not.toBe(jwt.claims.status.index)
    expect(cwt.claims.status.uri.length).toBeLessThanOrEqual(32)
  })

  test('the same key again gets the same credential, another key none', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'AGAIN1' }))
    const key = holderSigner('Ed25519')
    const ask = async (signer: typeof key) =>
      requestCredential(world, {
        accessToken,
        configuration: SD_CWT,
        proof: await proofOf(world, signer),
      })
    const first = await credentialIn(await ask(key))
    expect(await credentialIn(await ask(key))).toBe(first)
    const refused = await ask(holderSigner('Ed25519'))
    expect(refused.status).toBe(400)
    expect(await codeOf(refused)).toBe('openid/denied')
  })

  test('an access token ends after ten minutes', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'LATE1' }))
    world.setNow(START + 600)
    const proof = await proofOf(world, holderSigner('Ed25519'))
    const response = await requestCredential(world, { accessToken, configuration: SD_CWT, proof })
    world.setNow(START)
    expect(response.status).toBe(401)
    expect(await codeOf(response)).toBe('openid/access-token')
  })
})

describe('a proof is refused', () => {
  let accessToken: string

  beforeAll(async () => {
    accessToken = await redeem(world, await issueFood(world, { serial: 'PROOF1' }))
  })

  const cases = {
    'of another type': { changes: { header: { typ: 'JWT' } }, code: 'openid/proof' },
    'for another issuer': { changes: { payload: { aud: 'http://other' } }, code: 'openid/proof' },
    'made long ago': { changes: { payload: { iat: START - 3601 } }, code: 'openid/proof' },
    'that has ended': { changes: { payload: { exp: START } }, code: 'openid/proof' },
    'that ends at no time': { changes: { payload: { exp: 'soon' } }, code: 'openid/proof' },
    'with a nonce of its own': { changes: { payload: { nonce: 'mine' } }, code: 'openid/nonce' },
    'without a nonce': { changes: { payload: { nonce: '' } }, code: 'openid/nonce' },
    'with a kid beside its key': { changes: { header: { kid: 'x' } }, code: 'openid/proof' },
  } as const
  for (const [name, { changes, code }] of Object.entries(cases)) {
    test(name, async () => {
      const proof = await proofOf(world, holderSigner('ES256'), changes)
      const response = await requestCredential(world, {
        accessToken,
        configuration: SD_JWT,
        proof,
      })
      expect(response.status).toBe(400)
      expect(await codeOf(response)).toBe(code)
    })
  }

  test('but not when it ends later', async () => {
    const proof = await proofOf(world, holderSigner('ES256'), { payload: { exp: START + 1 } })
    const asked = { accessToken, configuration: SD_CWT, proof }
    expect((await requestCredential(world, asked)).status).toBe(200)
  })

  test('when its nonce was used', async () => {
    const key = holderSigner('ES256')
    const proof = await proofOf(world, key, { payload: { nonce: await nonceOf(world) } })
    const ask = () => requestCredential(world, { accessToken, configuration: SD_JWT, proof })
    await credentialIn(await ask())
    expect(await codeOf(await ask())).toBe('openid/nonce')
  })

  test('when the configuration is of another licence', async () => {
    const proof = await proofOf(world, holderSigner('ES256'))
    const response = await requestCredential(world, {
      accessToken,
      configuration: `${TYPES.business}.dc+sd-jwt`,
      proof,
    })
    expect(await codeOf(response)).toBe('openid/configuration')
  })
})

test('a body that is not JSON is the error its endpoint has for it (§6.3, §8.3.1)', async () => {
  const accessToken = await redeem(world, await issueFood(world, { serial: 'MALFORMED1' }))
  const answer = await world.app.request('/openid/credential', {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: '{"proofs":',
  })
  expect(await answer.json()).toEqual({ error: 'invalid_credential_request', code: 'json/format' })
  const token = await world.app.request('/openid/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=a&grant_type=b',
  })
  expect(await token.json()).toEqual({ error: 'invalid_request', code: 'input/invalid' })
})

describe('AU05, AU06: codes', () => {
  test('five wrong transaction codes lock the offer, whatever comes later', async () => {
    const issued = await issueFood(world, { serial: 'LOCK1' })
    const code = codeIn(issued.offer.uri)
    const wrong = issued.txCode === '000000' ? '000001' : '000000'
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await codeOf(await requestToken(world, code, wrong))).toBe('offer/wrong-code')
    }
    const response = await requestToken(world, code, issued.txCode)
    expect(response.status).toBe(400)
    const body = await response.json()
    expect(body).toEqual({ error: 'invalid_grant', code: 'offer/locked' })
  })

  test('a code is redeemed once, however many ask at once', async () => {
    world.setNow(START + 120)
    const issued: Issued = await issueFood(world, { serial: 'ONCE1' })
    const code = codeIn(issued.offer.uri)
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => requestToken(world, code, issued.txCode)),
    )
    const statuses = responses.map((response) => response.status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const refused = responses.filter((response) => response.status === 400)
    expect(await Promise.all(refused.map(codeOf))).toEqual(Array(7).fill('offer/used'))
  })

  test('guessing from one address is slowed', async () => {
    world.setNow(START + 240)
    const guesses = await Promise.all(
      Array.from({ length: 100 }, (_, index) => requestToken(world, `guess-${index}`, '000000')),
    )
    const statuses = new Set(guesses.map((response) => response.status))
    expect(statuses).toEqual(new Set([400, 429]))
    expect(guesses.filter((response) => response.status === 429).length).toBeGreaterThan(30)
    world.setNow(START + 360)
  })

  test('an offer ends after seven days', async () => {
    const issued = await issueFood(world, { serial: 'OLD1' })
    world.setNow(START + 8 * 86_400)
    const response = await requestToken(world, codeIn(issued.offer.uri), issued.txCode)
    world.setNow(START + 480)
    expect(await codeOf(response)).toBe('offer/expired')
  })
})

describe('trust data', () => {
  test('opens under the root, and the licence reads valid, suspended, valid, revoked', async () => {
    world.setNow(START + 600)
    const response = await world.app.request('/trust/pack')
    const trust = await openPack({
      source: packInMemory(new Uint8Array(await response.arrayBuffer())),
      initialRoot: await currentRoot(world.services),
      environment: 'demo',
    })
    expect(trust.agencies).toHaveLength(sampleAgencies.length)
    expect(trust.types).toHaveLength(licenceTypes.length)
    expect(trust.offices).toHaveLength(sampleOffices.length)
  })
})
