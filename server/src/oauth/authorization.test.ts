/** The authorization code flow: PAR, consent, PKCE, DPoP (OpenID4VCI 1.0 §5; RFC 9126, RFC 7636, RFC 9449). */
import type { Signer } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  credentialsIn,
  holderSigner,
  issueFood,
  offerIn,
  openWorld,
  proofOf,
  requestToken,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import {
  authorised,
  CLIENT,
  codeIn,
  consent,
  dpopProof,
  HOLDER,
  push,
  redeemCode,
  send,
  signedIn,
  WALLETS,
  type WalletRequest,
} from '../../testing/wallet-client.ts'
import { createApp } from '../app.ts'
import { RECENT_SIGN_IN_SECONDS } from '../citizens/citizen.ts'
import { RATE_LIMITS } from '../rates/rate-limits.ts'
import { REQUEST_LIFE_SECONDS } from './push-request.ts'

const SD_JWT = `${TYPES.food}.dc+sd-jwt`

let world: World
let dpop: { readonly signer: Signer }

beforeAll(async () => {
  world = await openWorld({ environment: { ONETRIP_WALLETS: WALLETS } })
  dpop = { signer: holderSigner('ES256') }
})
afterAll(() => world.close())

const licenceOf = (serial: string) => issueFood(world, { serial, holderReference: HOLDER })

async function pushed(changes: Parameters<typeof push>[1]): Promise<string> {
  const answer: { request_uri: string } = await (await push(world, changes, dpop)).json()
  return answer.request_uri
}

async function codeFor(serial: string): Promise<string> {
  const { id } = await licenceOf(serial)
  return codeIn(await consent(world, await pushed({ scope: TYPES.food }), id))
}

async function askCredential(
  accessToken: string,
  sender: WalletRequest['dpop'],
): Promise<Response> {
  const proof = await proofOf(world, holderSigner('ES256'))
  return send(world, {
    path: '/openid/credential',
    accessToken,
    body: { credential_configuration_id: SD_JWT, proofs: { jwt: [proof] } },
    ...(sender === undefined ? {} : { dpop: sender }),
  })
}

function addressOf(requestUri: string, clientId: string = CLIENT.clientId): string {
  const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri })
  return `/openid/authorize?${query}`
}

async function pageOf(requestUri: string, clientId?: string, holder = HOLDER): Promise<Response> {
  const headers = { Cookie: await signedIn(world, holder) }
  return world.app.request(addressOf(requestUri, clientId), { headers })
}

describe('the whole way', () => {
  test('gives a credential to who holds the DPoP key', async () => {
    const licence = await licenceOf('AUTH1')
    const { accessToken, signer } = await authorised(world, { id: licence.id, scope: TYPES.food })
    const response = await askCredential(accessToken, { signer })
    expect(await credentialsIn(response)).toHaveLength(1)
    expect(response.headers.get('DPoP-Nonce')).not.toBeNull()
  })

  test('takes the offer whose state came along, which is used up by it', async () => {
    const issued = await licenceOf('AUTH2')
    const grants = offerIn(issued.offer.uri)['grants']
    expect(grants).toMatchObject({ authorization_code: { issuer_state: issued.offer.id } })
    const requestUri = await pushed({ issuer_state: issued.offer.id })
    const code = codeIn(await consent(world, requestUri, issued.id))
    expect((await redeemCode(world, code, dpop)).status).toBe(200)
    const used = offerIn(issued.offer.uri)['grants']
    const preAuthorized = JSON.stringify(used).match(/"pre-authorized_code":"([\w-]+)"/)?.[1] ?? ''
    expect(await codeOf(await requestToken(world, preAuthorized, issued.txCode))).toBe('offer/used')
    const again = await pushed({ issuer_state: issued.offer.id })
    expect((await pageOf(again)).status).toBe(404)
  })

  test('is told in the metadata', async () => {
    const response = await world.app.request('/.well-known/oauth-authorization-server')
    expect(await response.json()).toMatchObject({
      require_pushed_authorization_requests: true,
      code_challenge_methods_supported: ['S256'],
      dpop_signing_alg_values_supported: ['ES256', 'Ed25519'],
    })
  })
})

describe('the page', () => {
  test('names the wallet and the licences, loads nothing foreign, and its form may lead back', async () => {
    await licenceOf('PAGE1')
    const response = await pageOf(await pushed({ scope: TYPES.food }))
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toContain('PAGE1')
    expect(text).toContain('wallet.example')
    expect(response.headers.get('Content-Security-Policy')).toContain(
      "form-action 'self' https://wallet.example;",
    )
    expect((await world.app.request('/openid/consent.css')).status).toBe(200)
  })

  test('leads back with `access_denied` when the person does not allow it', async () => {
    const answer = await consent(world, await pushed({ scope: TYPES.food }), undefined)
    const place = new URL(answer.headers.get('Location') ?? '')
    expect(Object.fromEntries(place.searchParams)).toEqual({
      from: 'onetrip',
      error: 'access_denied',
      state: 'a-state',
      iss: world.services.config.apiOrigin,
    })
  })

  test('is for one request of one client, once', async () => {
    const { id } = await licenceOf('PAGE2')
    const requestUri = await pushed({ scope: TYPES.food })
    expect((await pageOf(requestUri, 'another')).status).toBe(400)
    expect((await pageOf('urn:ietf:params:oauth:request_uri:none')).status).toBe(400)
    expect((await consent(world, requestUri, 'no-such-licence')).status).toBe(400)
    expect((await consent(world, requestUri, id)).status).toBe(303)
    expect((await consent(world, requestUri, id)).status).toBe(400)
    expect((await pageOf(requestUri)).status).toBe(400)
  })

  test('ends after ten minutes', async () => {
    const requestUri = await pushed({ scope: TYPES.food })
    world.setNow(START + REQUEST_LIFE_SECONDS)
    const response = await pageOf(requestUri)
    world.setNow(START)
    expect(response.status).toBe(400)
  })

  test.each(['http://localhost:8788', 'https://evil.example', 'null', ''])(
    'takes no answer from a page of %j',
    async (origin) => {
      const { walletOrigin } = world.services.config
      expect(walletOrigin).toBe('http://localhost:8788')
      const requestUri = await pushed({ scope: TYPES.food })
      const headers = origin === '' ? {} : { Origin: origin }
      const response = await consent(world, requestUri, undefined, headers)
      expect(await codeOf(response)).toBe('http/origin')
    },
  )

  test('offers only what belongs to who is signed in', async () => {
    const { id } = await licenceOf('PAGE3')
    const requestUri = await pushed({ scope: TYPES.food })
    expect((await pageOf(requestUri, CLIENT.clientId, 'somebody else')).status).toBe(404)
    const Cookie = await signedIn(world, 'somebody else')
    const headers = { Origin: world.services.config.apiOrigin, Cookie }
    expect((await consent(world, requestUri, id, headers)).status).toBe(400)
  })

  test('asks who is not signed in to sign in, and brings them back', async () => {
    const address = addressOf(await pushed({ scope: TYPES.food }))
    const { relyingParty: _, ...alone } = world.services
    expect((await createApp(alone).request(address)).status).toBe(401)
    // The demo's own provider, which does not listen in this test.
    expect((await world.app.request(address)).status).toBe(503)
    const relyingParty = {
      applyLevels: [],
      authorize: () => Promise.resolve(new URL('https://id.example/authorize')),
      finish: () => Promise.reject(new TypeError('not in this test')),
    }
    const response = await createApp({ ...world.services, relyingParty }).request(address)
    expect(response.headers.get('Location')).toBe('https://id.example/authorize')
    const goals = await world.services.storage.selectFrom('sign_in').select('goal').execute()
    expect(goals.map(({ goal }) => JSON.parse(goal))).toContainEqual({
      kind: 'page',
      path: address,
    })
  })
})

describe('who signed in five minutes ago', () => {
  const laterThan = async (work: () => Promise<Response>): Promise<Response> => {
    world.setNow(START + RECENT_SIGN_IN_SECONDS)
    const response = await work()
    world.setNow(START)
    return response
  }

  test('signs in again before the page asks', async () => {
    await licenceOf('RECENT1')
    const requestUri = await pushed({ scope: TYPES.food })
    const headers = { Cookie: await signedIn(world, HOLDER) }
    const relyingParty = {
      applyLevels: [],
      authorize: () => Promise.resolve(new URL('https://id.example/authorize')),
      finish: () => Promise.reject(new TypeError('not in this test')),
    }
    const app = createApp({ ...world.services, relyingParty })
    const ask = async () => app.request(addressOf(requestUri), { headers })
    expect((await ask()).status).toBe(200)
    const response = await laterThan(ask)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('https://id.example/authorize')
  })

  test('allows nothing on a page that was left open, and is told where to sign in; refusing needs no sign-in', async () => {
    const { id } = await licenceOf('RECENT2')
    const requestUri = await pushed({ scope: TYPES.food })
    const Cookie = await signedIn(world, HOLDER)
    const headers = { Origin: world.services.config.apiOrigin, Cookie }
    const page = await laterThan(() => consent(world, requestUri, id, headers))
    expect(page.status).toBe(401)
    expect(await page.text()).toContain(addressOf(requestUri).replaceAll('&', '&amp;'))
    const denied = await laterThan(() => consent(world, requestUri, undefined, headers))
    expect(denied.status).toBe(303)
  })
})

test('who lets too many licences be fetched is slowed down, but may take what an agency offers', async () => {
  const small = await openWorld({ environment: { ONETRIP_WALLETS: WALLETS } })
  const pushedIn = async (changes: Parameters<typeof push>[1]): Promise<string> => {
    const answer: { request_uri: string } = await (await push(small, changes, dpop)).json()
    return answer.request_uri
  }
  const issued = await issueFood(small, { serial: 'MANY1', holderReference: HOLDER })
  const requestUri = await pushedIn({ scope: TYPES.food })
  const { requests } = RATE_LIMITS['citizen/other-wallet']
  for (let count = 0; count < requests; count += 1)
    expect((await consent(small, requestUri, 'no-such-licence')).status).toBe(400)
  const refused = await consent(small, requestUri, issued.id)
  expect(refused.status).toBe(429)
  expect(await refused.text()).toContain('次数过多')
  const offered = await pushedIn({ issuer_state: issued.offer.id })
  expect((await consent(small, offered, issued.id)).status).toBe(303)
  await small.close()
})

describe('a pushed request is refused', () => {
  const cases = {
    'of a client that is not configured': [{ client_id: 'other' }, 'openid/client'],
    'for an address that is not': [{ redirect_uri: 'https://wallet.example/' }, 'openid/client'],
    'without PKCE': [{ code_challenge: undefined }, 'openid/authorization'],
    'with plain PKCE': [{ code_challenge_method: 'plain' }, 'openid/authorization'],
    'for a token': [{ response_type: 'token' }, 'openid/authorization'],
    'by reference': [{ request_uri: 'urn:x' }, 'openid/authorization'],
    'for a scope that is no type': [{ scope: 'openid' }, 'openid/scope'],
    'for nothing': [{ scope: undefined }, 'openid/scope'],
    'with a state of no offer': [{ issuer_state: 'x' }, 'openid/authorization'],
    'for another DPoP key': [{ dpop_jkt: 'x'.repeat(43) }, 'openid/authorization'],
  } as const
  test.each(Object.entries(cases))('%s', async (_, [changes, code]) => {
    const response = await push(world, { scope: TYPES.food, ...changes }, dpop)
    expect(response.status).toBe(code === 'openid/client' ? 401 : 400)
    expect(await codeOf(response)).toBe(code)
  })

  test('in the demo addresses of this machine are taken, in production they are not', async () => {
    const changes = {
      scope: TYPES.food,
      client_id: 'anyone',
      redirect_uri: 'http://127.0.0.1:9999/cb',
    }
    expect((await push(world, changes)).status).toBe(201)
    const { config } = world.services
    const production = createApp({ ...world.services, config: { ...config, mode: 'production' } })
    const refused = await push({ ...world, app: production }, changes)
    expect(await codeOf(refused)).toBe('openid/client')
  })
})

describe('a code is refused', () => {
  const cases = {
    'with another secret': [{ code_verifier: 'w'.repeat(43) }, 'openid/code'],
    'without its secret': [{ code_verifier: undefined }, 'openid/token-request'],
    'by another client': [{ client_id: 'other' }, 'openid/code'],
    'for another address': [{ redirect_uri: 'https://wallet.example/' }, 'openid/code'],
    'when it is none': [{ code: 'none' }, 'openid/code'],
  } as const
  test.each(Object.entries(cases))('%s', async (name, [changes, code]) => {
    const good = await codeFor(`CODE ${name}`.replaceAll(' ', '').toUpperCase().slice(0, 20))
    expect(await codeOf(await redeemCode(world, good, dpop, changes))).toBe(code)
    expect((await redeemCode(world, good, dpop)).status).toBe(200)
  })

  test('without a DPoP key, and with another than the request was pushed with', async () => {
    const code = await codeFor('CODEKEY')
    expect(await codeOf(await redeemCode(world, code, undefined))).toBe('openid/dpop')
    const other = { signer: holderSigner('ES256') }
    expect(await codeOf(await redeemCode(world, code, other))).toBe('openid/dpop')
  })

  test('after a minute', async () => {
    const code = await codeFor('CODELATE')
    world.setNow(START + 60)
    const response = await redeemCode(world, code, dpop)
    world.setNow(START)
    expect(await codeOf(response)).toBe('openid/code')
  })

  test('a second time, and then what it gave counts no more', async () => {
    const { id } = await licenceOf('CODETWICE')
    const { accessToken, signer, code } = await authorised(world, { id, scope: TYPES.food })
    expect(await codeOf(await redeemCode(world, code, { signer }))).toBe('openid/code')
    expect(await codeOf(await askCredential(accessToken, { signer }))).toBe('openid/access-token')
  })
})

describe('a DPoP proof is refused', () => {
  const cases = {
    'of another type': [{ header: { typ: 'JWT' } }, 'openid/dpop'],
    'for another method': [{ changes: { htm: 'GET' } }, 'openid/dpop'],
    'for another address': [
      { changes: { htu: 'https://other.example/openid/par' } },
      'openid/dpop',
    ],
    'made long ago': [{ changes: { iat: START - 3601 } }, 'openid/dpop'],
    'without an identifier': [{ changes: { jti: '' } }, 'openid/dpop'],
    'without a nonce': [{ changes: { nonce: null } }, 'openid/dpop-nonce'],
    'with a nonce of its own': [{ changes: { nonce: 'mine' } }, 'openid/dpop-nonce'],
  } as const
  test.each(Object.entries(cases))('%s', async (_, [fault, code]) => {
    const response = await push(world, { scope: TYPES.food }, { ...dpop, ...fault })
    expect(response.status).toBe(400)
    expect(response.headers.get('DPoP-Nonce')).not.toBeNull()
    const error = code === 'openid/dpop' ? 'invalid_dpop_proof' : 'use_dpop_nonce'
    expect(await response.json()).toEqual({ error, code })
  })

  test('when it comes again', async () => {
    const path = '/openid/token'
    const proof = await dpopProof(world, { path, ...dpop })
    const form = new URLSearchParams({ grant_type: 'none' }).toString()
    const headers = { DPoP: proof, 'Content-Type': 'application/x-www-form-urlencoded' }
    const ask = () => world.app.request(path, { method: 'POST', headers, body: form })
    expect(await codeOf(await ask())).toBe('openid/grant-type')
    expect(await codeOf(await ask())).toBe('openid/dpop')
  })

  test('with a nonce of ten minutes ago', async () => {
    const path = '/openid/token'
    const proof = await dpopProof(world, { path, ...dpop })
    world.setNow(START + 600)
    const response = await world.app.request(path, { method: 'POST', headers: { DPoP: proof } })
    world.setNow(START)
    expect(await codeOf(response)).toBe('openid/dpop-nonce')
  })
})

describe('an access token of a DPoP key', () => {
  test('is nothing to who does not hold the key', async () => {
    const { id } = await licenceOf('BOUND1')
    const { accessToken, signer } = await authorised(world, { id, scope: TYPES.food })
    const thief = await askCredential(accessToken, { signer: holderSigner('ES256') })
    expect(thief.status).toBe(401)
    expect(await codeOf(thief)).toBe('openid/access-token')
    expect(thief.headers.get('WWW-Authenticate')).toContain('DPoP error="invalid_token"')
    const bearer = await askCredential(accessToken, undefined)
    expect(await codeOf(bearer)).toBe('openid/access-token')
    const unbound = await askCredential(accessToken, { signer, changes: { ath: 'x' } })
    expect(unbound.status).toBe(401)
    expect(await codeOf(unbound)).toBe('openid/dpop')
    expect((await askCredential(accessToken, { signer })).status).toBe(200)
  })
})
