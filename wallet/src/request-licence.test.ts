import {
  decodeJws,
  fromBase64url,
  isObject,
  parseJson,
  publicKeyFromJwk,
  toBase64url,
  verifyJws,
} from '@onetrip/codec'
import type { Http } from '@onetrip/ui'
import { describe, expect, test } from 'vitest'
import type { KeyPlatform } from './keys.ts'
import type { CredentialOffer } from './offer.ts'
import { stretchNow } from './passcode-kdf.ts'
import { type PendingReceipt, type RequestOptions, requestLicence } from './request-licence.ts'

const ISSUER = 'https://issuer.example/tenant'
const NOW = 1_795_000_000

const OFFER: CredentialOffer = {
  credentialIssuer: ISSUER,
  configurationIds: ['food.cwt', 'food.jwt'],
  preAuthorizedCode: 'the-code',
  txCode: { inputMode: 'numeric', length: 6 },
}

type Answer = () => Response
type Endpoint = 'issuer' | 'server' | 'token' | 'nonce' | 'credential'

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'https://issuer.example/.well-known/openid-credential-issuer/tenant': 'issuer',
  'https://issuer.example/.well-known/oauth-authorization-server/tenant': 'server',
  'https://issuer.example/token': 'token',
  'https://issuer.example/nonce': 'nonce',
  'https://issuer.example/credential': 'credential',
}

const METADATA = {
  credential_issuer: ISSUER,
  credential_endpoint: 'https://issuer.example/credential',
  nonce_endpoint: 'https://issuer.example/nonce',
  credential_configurations_supported: {
    'food.cwt': { format: 'dc+sd-cwt', vct: 'T' },
    'food.jwt': { format: 'dc+sd-jwt', vct: 'https://types.example/T/1' },
    other: { format: 'mso_mdoc' },
  },
}
const SERVER = { issuer: ISSUER, token_endpoint: 'https://issuer.example/token' }

const json = (body: unknown, status = 200, type = 'application/json'): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
const html = (): Response =>
  new Response('<html>sign in to the Wi-Fi</html>', { headers: { 'content-type': 'text/html' } })

/** An issuer that answers as the standard says, and a record of what it was asked. */
function issuer(changes: Partial<Record<Endpoint, Answer[]>> = {}) {
  const asked: { endpoint: Endpoint; init: RequestInit }[] = []
  const credentials = { cwt: toBase64url(new Uint8Array([0xd2, 0x84])), jwt: 'a.b.c~' }
  let nonces = 0
  const http: Http = async (url, init) => {
    const endpoint = ENDPOINTS[url]
    if (endpoint === undefined) {
      throw new TypeError(`nothing at ${url}`)
    }
    asked.push({ endpoint, init })
    const change = changes[endpoint]?.shift()
    if (change !== undefined) {
      return change()
    }
    switch (endpoint) {
      case 'issuer':
        return json(METADATA)
      case 'server':
        return json(SERVER)
      case 'token':
        return json({ access_token: 'a-token', token_type: 'Bearer', expires_in: 300 })
      case 'nonce':
        nonces += 1
        return json({ c_nonce: `nonce-${nonces}` })
      default: {
        const isCwt = String(init.body).includes('food.cwt')
        const credential = isCwt ? credentials.cwt : credentials.jwt
        return json({ credentials: proofsIn(init).map(() => ({ credential })) })
      }
    }
  }
  return { http, asked }
}

const KEYS: KeyPlatform = {
  subtle: crypto.subtle,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  roundTrip: async (key) => key,
  askPasscode: async () => '',
  stretch: async (request) => stretchNow(request),
}

function options(http: Http, more: Partial<RequestOptions> = {}): RequestOptions {
  const receipts = new Map<string, PendingReceipt>()
  return {
    offer: OFFER,
    txCode: '123456',
    http,
    keys: KEYS,
    pending: {
      load: async (id) => receipts.get(id),
      save: async (receipt) => {
        receipts.set(receipt.id, receipt)
      },
    },
    now: () => NOW,
    sleep: async () => undefined,
    ...more,
  }
}

describe('requestLicence', () => {
  test('fetches both credentials, each with a proof by its own key', async () => {
    const { http, asked } = issuer()
    const steps: string[] = []
    const received = await requestLicence(options(http, { onStep: (step) => steps.push(step) }))
    expect(received.sdCwt).toEqual(fromBase64url('0oQ'))
    expect(received.sdJwt).toBe('a.b.c~')
    expect(steps).toEqual(['issuer', 'keys', 'code', 'credentials'])
    const proofs = asked
      .filter(({ endpoint }) => endpoint === 'credential')
      .map(({ init }) => proofIn(init))
    expect(proofs.map(({ algorithm }) => algorithm)).toEqual(['Ed25519', 'ES256'])
    for (const [at, proof] of proofs.entries()) {
      expect(proof.header['typ']).toBe('openid4vci-proof+jwt')
      expect(parseJson(proof.payload)).toEqual({ aud: ISSUER, iat: NOW, nonce: `nonce-${at + 1}` })
      const { jwk } = proof.header
      await verifyJws(proof, publicKeyFromJwk(isObject(jwk) ? jwk : {}))
    }
  })

  test('fetches as many copies as the issuer gives and the wallet wants, each for its own keys', async () => {
    const batch = { ...METADATA, batch_credential_issuance: { batch_size: 3 } }
    const cut: Answer = () => {
      throw new TypeError('failed to fetch')
    }
    const issuing = { issuer: [() => json(batch), () => json(batch)], credential: [cut, cut, cut] }
    const { http, asked } = issuer(issuing)
    const kept = options(http)
    await expect(requestLicence(kept)).rejects.toMatchObject({ code: 'network/unreachable' })
    const received = await requestLicence(kept)
    const copies = [received, ...(received.spares ?? [])]
    expect(copies).toHaveLength(batch.batch_credential_issuance.batch_size)
    const held = copies.flatMap(({ keys }) => [keys.cbor, keys.jws])
    expect(new Set(held.map(({ publicRaw }) => String(publicRaw))).size).toBe(held.length)
    const batches = asked.filter(({ endpoint }) => endpoint === 'credential')
    const keysOf = batches.map(({ init }) =>
      proofsIn(init).map((proof) => JSON.stringify(decodeJws(proof).header['jwk'])),
    )
    // Three tries that were cut, then one answer for each securing.
    expect(keysOf.slice(1, 4)).toEqual([keysOf[0], keysOf[0], keysOf[0]])
    expect(new Set(keysOf.slice(3).flat()).size).toBe(held.length)
  })

  test('gives by what the issuer wants to hear of them, where it asks for that', async () => {
    const endpoint = 'https://issuer.example/notification'
    const given =
      (credential: string): Answer =>
      () =>
        json({ credentials: [{ credential }], notification_id: `of ${credential}` })
    const { http } = issuer({
      issuer: [() => json({ ...METADATA, notification_endpoint: endpoint })],
      credential: [given('0oQ'), given('a.b.c~')],
    })
    const { notifications } = await requestLicence(options(http))
    const ids = ['of 0oQ', 'of a.b.c~']
    expect(notifications).toEqual({ endpoint, accessToken: 'a-token', ids })
    const elsewhere = { ...METADATA, notification_endpoint: 'https://evil.example/n' }
    const leading = issuer({ issuer: [() => json(elsewhere)] })
    await expect(requestLicence(options(leading.http))).rejects.toMatchObject({
      code: 'issuer/metadata',
    })
  })

  test('sends no cookies, follows no redirect, keeps nothing in caches', async () => {
    const { http, asked } = issuer()
    await requestLicence(options(http))
    for (const { init } of asked) {
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store' })
    }
  })

  test('sends the code in the form, url-encoded', async () => {
    const { http, asked } = issuer()
    await requestLicence(options(http))
    const form = new URLSearchParams(
      String(asked.find((one) => one.endpoint === 'token')?.init.body),
    )
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
      'pre-authorized_code': 'the-code',
      tx_code: '123456',
    })
  })

  test('after a cut it goes on with the same keys and the same access token (NW01)', async () => {
    const cut: Answer = () => {
      throw new TypeError('failed to fetch')
    }
    const { http, asked } = issuer({ credential: [cut, cut, cut] })
    const kept = options(http)
    await expect(requestLicence(kept)).rejects.toMatchObject({ code: 'network/unreachable' })
    await requestLicence(kept)
    const keys = asked
      .filter(({ endpoint }) => endpoint === 'credential')
      .slice(0, 4)
      .map(({ init }) => JSON.stringify(proofIn(init).header['jwk']))
    expect(new Set(keys).size).toBe(1)
    expect(asked.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
  })

  test('a licence that waits is asked for again days later, by the same token and keys', async () => {
    let now = NOW
    const { http, asked } = issuer({
      credential: [() => json({ transaction_id: 'x', interval: 60 }, 202)],
    })
    const kept = options(http, { now: () => now })
    await expect(requestLicence(kept)).rejects.toMatchObject({ code: 'issuer/deferred' })
    now += 3 * 86_400
    await expect(requestLicence(kept)).resolves.toMatchObject({ sdJwt: 'a.b.c~' })
    expect(asked.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
  })

  test('a refused nonce is fetched again', async () => {
    const { http } = issuer({ credential: [() => json({ error: 'invalid_nonce' }, 400)] })
    await expect(requestLicence(options(http))).resolves.toMatchObject({ sdJwt: 'a.b.c~' })
  })

  test('a wrong code is told at once and not tried again', async () => {
    const { http, asked } = issuer({ token: [() => json({ error: 'invalid_grant' }, 400)] })
    await expect(requestLicence(options(http))).rejects.toMatchObject({
      code: 'offer/code-refused',
    })
    expect(asked.filter(({ endpoint }) => endpoint === 'token')).toHaveLength(1)
  })

  test('a code of the wrong form is never sent', async () => {
    const { http, asked } = issuer()
    await expect(requestLicence(options(http, { txCode: '12' }))).rejects.toMatchObject({
      code: 'offer/code-format',
    })
    expect(asked.some(({ endpoint }) => endpoint === 'token')).toBe(false)
  })

  test.each(['offer/used', 'offer/locked', 'offer/wrong-code'])('tells %s', async (code) => {
    const { http } = issuer({ token: [() => json({ error: 'invalid_grant', code }, 400)] })
    await expect(requestLicence(options(http))).rejects.toMatchObject({ code })
  })

  test('a code of another area is not taken from an answer', async () => {
    const answer = { error: 'invalid_grant', code: 'status/revoked' }
    const { http } = issuer({ token: [() => json(answer, 400)] })
    await expect(requestLicence(options(http))).rejects.toMatchObject({
      code: 'offer/code-refused',
    })
  })

  const always = (answer: Answer): Answer[] => [answer, answer, answer]
  test.each<[string, Partial<Record<Endpoint, Answer[]>>, string]>([
    ['a captive portal in the way', { issuer: always(html) }, 'network/not-json'],
    ['a captive portal at the credential', { credential: always(html) }, 'network/not-json'],
    [
      'JSON that is none',
      { issuer: [() => new Response('{', { headers: { 'content-type': 'application/json' } })] },
      'network/not-json',
    ],
    ['a JSON array', { issuer: [() => json([])] }, 'network/not-json'],
    [
      'an endless answer',
      { credential: [() => json({ credentials: [{ credential: 'x'.repeat(200_000) }] })] },
      'network/too-large',
    ],
    ['too many tries', { token: [() => json({}, 429)] }, 'network/busy'],
    ['a server that is down', { nonce: always(() => json({}, 503)) }, 'network/server'],
    [
      'metadata of another issuer',
      { issuer: [() => json({ ...METADATA, credential_issuer: 'https://issuer.example' })] },
      'issuer/metadata',
    ],
    [
      'an endpoint on another origin',
      {
        issuer: [
          () => json({ ...METADATA, credential_endpoint: 'https://evil.example/credential' }),
        ],
      },
      'issuer/metadata',
    ],
    [
      'a token endpoint on another origin',
      { server: [() => json({ ...SERVER, token_endpoint: 'https://evil.example/token' })] },
      'issuer/metadata',
    ],
    [
      'an authorization server elsewhere',
      { issuer: [() => json({ ...METADATA, authorization_servers: ['https://evil.example'] })] },
      'issuer/metadata',
    ],
    [
      'only one securing',
      {
        issuer: [
          () =>
            json({
              ...METADATA,
              credential_configurations_supported: { 'food.cwt': { format: 'dc+sd-cwt' } },
            }),
        ],
      },
      'offer/securings',
    ],
    [
      'an access token that breaks out of its header',
      { token: [() => json({ access_token: 'a\r\nx: y', token_type: 'Bearer' })] },
      'issuer/answer',
    ],
    [
      'another token type',
      { token: [() => json({ access_token: 'a', token_type: 'DPoP' })] },
      'issuer/answer',
    ],
    [
      'an ended session',
      { credential: [() => json({ error: 'invalid_token' }, 401)] },
      'offer/session-expired',
    ],
    [
      'a licence that is not ready',
      { credential: [() => json({ transaction_id: 'x', interval: 5 }, 202)] },
      'issuer/deferred',
    ],
    [
      'a batch of one',
      { issuer: [() => json({ ...METADATA, batch_credential_issuance: { batch_size: 1 } })] },
      'issuer/metadata',
    ],
    [
      'two credentials for one',
      { credential: [() => json({ credentials: [{ credential: 'a' }, { credential: 'b' }] })] },
      'issuer/answer',
    ],
    [
      'a credential that is no base64url',
      { credential: [() => json({ credentials: [{ credential: '+/+' }] })] },
      'encoding/base64url',
    ],
  ])('%s', async (_, changes, code) => {
    const { http } = issuer(changes)
    await expect(requestLicence(options(http))).rejects.toMatchObject({ code })
  })
})

function proofIn(init: RequestInit) {
  return decodeJws(proofsIn(init)[0] ?? '')
}

function proofsIn(init: RequestInit): readonly string[] {
  const body = parseJson(String(init.body))
  const proofs = isObject(body) ? body['proofs'] : undefined
  const list = isObject(proofs) ? proofs['jwt'] : undefined
  return Array.isArray(list) ? list.map(String) : []
}
