import { type Signer, sha256 } from '@onetrip/codec'
import { type VpRequestInput, x509HashClientId } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { Http } from '@onetrip/ui'
import { verifyPresentations } from '@onetrip/verifier'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  CENTRE,
  MATTER,
  NOW,
  SIGNERS,
  WANTS,
} from '../../packages/verifier/samples/asking-world.ts'
import {
  HOST,
  requestCertificate,
  vpCredentials,
  vpRequest,
} from '../../packages/verifier/samples/online-asking.ts'
import {
  chooseForRequest,
  declineRequest,
  fetchVpRequest,
  presentForRequest,
  queriedLicence,
  sendAnswer,
  verifyFetched,
} from './openid4vp.ts'
import { parseVpLink, type VpLink } from './openid4vp-link.ts'
import { isVpLinkText } from './openid4vp-link-text.ts'

const WALLET = 'http://localhost:8788'
const ORIGIN = `https://${HOST}`
const KNOWN = { walletOrigin: WALLET, origins: [ORIGIN] }
const RESPONSE_URI = `${ORIGIN}/openid4vp/responses/one`
const random = (length: number): Uint8Array => sha256(new Uint8Array([7])).slice(0, length)

let trust: Trust
let certificate: Uint8Array
let clientId: string
beforeAll(async () => {
  trust = await askingTrust()
  certificate = await requestCertificate()
  clientId = x509HashClientId(certificate)
})

/** A server of the office, and what it was asked. */
function office(changes: Partial<VpRequestInput> = {}, answer: Response = Response.json({})) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = []
  const http: Http = async (url, init) => {
    asked.push({ url, init })
    if (url === RESPONSE_URI) return answer
    const nonce = new URLSearchParams(String(init.body ?? '')).get('wallet_nonce')
    const compact = await vpRequest({
      certificate,
      ...(nonce === null ? {} : { walletNonce: nonce }),
      ...changes,
    })
    return new Response(compact)
  }
  return { http, asked }
}

function linkText(parameters: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: clientId,
    request_uri: `${ORIGIN}/openid4vp/requests/one`,
    request_uri_method: 'post',
    ...parameters,
  })
  return `${WALLET}/#${query.toString()}`
}

/** What a request is verified with. */
function known(origins: readonly string[] = [ORIGIN]) {
  return { trust, now: NOW, origins }
}

/** The licences of the sample holder. */
async function heldLicences() {
  const credentials = await vpCredentials()
  return credentials.map(({ type, credential }, at) => ({
    sdJwt: credential,
    licence: queriedLicence({
      id: `held-${at}`,
      sdJwt: credential,
      type,
      isValid: true,
      validFrom: '2025-09-01',
    }),
  }))
}

describe('a link', () => {
  test('of ours, or of another wallet, says where the request is and speaks to nobody', () => {
    const link: VpLink = {
      clientId,
      requestUri: `${ORIGIN}/openid4vp/requests/one`,
      origin: ORIGIN,
      method: 'post',
    }
    expect(parseVpLink(linkText(), KNOWN)).toEqual(link)
    const query = linkText().split('#')[1] ?? ''
    for (const scheme of ['openid4vp', 'haip-vp']) {
      expect(parseVpLink(`${scheme}://?${query}`, KNOWN)).toEqual(link)
      expect(isVpLinkText(`${scheme}://?${query}`, WALLET)).toBe(true)
    }
    expect(isVpLinkText(linkText(), WALLET)).toBe(true)
    expect(isVpLinkText(`${WALLET}/#credential_offer=x`, WALLET)).toBe(false)
  })

  const wrong: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
    'a request by value': [{ request: 'a.b.c' }, 'request/link'],
    'a query in the link': [{ dcql_query: '{}' }, 'request/link'],
    'another method': [{ request_uri_method: 'put' }, 'request/link'],
    'a client that anybody may be': [
      { client_id: 'redirect_uri:https://a.example' },
      'request/client',
    ],
    'an origin that is not configured': [
      { request_uri: 'https://evil.example/1' },
      'request/origin',
    ],
    http: [{ request_uri: `http://${HOST}/1` }, 'request/origin'],
    'a user name before another host': [
      { request_uri: `https://${HOST}@evil.example/1` },
      'request/origin',
    ],
    'a longer host': [{ request_uri: `${ORIGIN}.evil.example/1` }, 'request/origin'],
    'an address inside the network': [{ request_uri: 'http://169.254.169.254/' }, 'request/origin'],
    'a file': [{ request_uri: 'file:///etc/passwd' }, 'request/origin'],
  }
  for (const [name, [parameters, code]] of Object.entries(wrong)) {
    test(`with ${name} is refused`, () => {
      expect(() => parseVpLink(linkText(parameters), KNOWN)).toThrow(
        expect.objectContaining({ code }),
      )
    })
  }

  test('that is none is refused', () => {
    for (const text of [
      '',
      'hello',
      'https://evil.example/#client_id=x',
      `${WALLET}.evil.example/#client_id=x`,
      `${linkText()}&client_id=x`,
    ]) {
      expect(() => parseVpLink(text, KNOWN)).toThrow(
        expect.objectContaining({ code: 'request/link' }),
      )
    }
  })
})

describe('a request', () => {
  test('is fetched by POST with a nonce of the wallet’s own, and verified', async () => {
    const { http, asked } = office()
    const link = parseVpLink(linkText(), KNOWN)
    // Reading the link told nobody (SSRF canary).
    expect(asked).toEqual([])
    const verdict = await verifyFetched(await fetchVpRequest({ link, http, random }), known())
    expect([verdict.outcome, verdict.reason, verdict.request?.office.id]).toEqual([
      'valid',
      undefined,
      CENTRE,
    ])
    expect(asked).toMatchObject([
      { init: { method: 'POST', redirect: 'error', credentials: 'omit' } },
    ])
  })

  test('by GET too; an old one in place of the one that was asked for is refused', async () => {
    const get = parseVpLink(linkText({ request_uri_method: 'get' }), KNOWN)
    const fetched = await fetchVpRequest({ link: get, http: office().http, random })
    expect(await verifyFetched(fetched, known())).toMatchObject({ outcome: 'valid' })
    const stale = office({ walletNonce: 'of-another-fetch' })
    const post = await fetchVpRequest({
      link: parseVpLink(linkText(), KNOWN),
      http: stale.http,
      random,
    })
    expect(await verifyFetched(post, known())).toMatchObject({
      reason: 'request/nonce',
    })
  })

  test('whose answer would go to an origin that is not configured is refused before anybody agrees', async () => {
    const { http, asked } = office()
    const fetched = await fetchVpRequest({ link: parseVpLink(linkText(), KNOWN), http, random })
    const elsewhere = ['https://other.example.cn', `${ORIGIN}:8443`]
    await expect(verifyFetched(fetched, known(elsewhere))).rejects.toMatchObject({
      code: 'request/origin',
    })
    expect(asked).toHaveLength(1)
  })
})

describe('answering', () => {
  async function verified(http: Http) {
    const link = parseVpLink(linkText(), KNOWN)
    const fetched = await fetchVpRequest({ link, http, random })
    const { request } = await verifyFetched(fetched, known())
    if (request === undefined) throw new TypeError('a request is told')
    return request.asked
  }

  async function shownFor(
    request: Awaited<ReturnType<typeof verified>>,
    signer: Signer = SIGNERS.holderJws,
  ) {
    const held = await heldLicences()
    const choices = chooseForRequest(request, { held: held.map(({ licence }) => licence), trust })
    expect(choices.map(({ want }) => want)).toEqual(WANTS)
    return choices.flatMap(({ fits: [fit] }) => {
      const sdJwt = held.find(({ licence }) => licence.id === fit?.licence.id)?.sdJwt
      return fit === undefined || sdJwt === undefined ? [] : [{ fit, sdJwt, signer }]
    })
  }

  test('shows what is asked of each licence, and what the verifier gets is right', async () => {
    const { http, asked } = office(
      {},
      Response.json({ redirect_uri: 'https://office.example/#response_code=1' }),
    )
    const request = await verified(http)
    const shown = await shownFor(request)
    const signed = await presentForRequest({ request, shown, now: NOW })
    const { redirectUri } = await sendAnswer({ request, parts: signed, origins: [ORIGIN], http })
    expect(redirectUri).toBe('https://office.example/#response_code=1')
    const form = new URLSearchParams(String(asked.at(-1)?.init.body))
    const token: Record<string, [string]> = JSON.parse(form.get('vp_token') ?? '{}')
    const parts = Object.entries(token).map(([material, [presentation]]) => ({
      material,
      presentation,
    }))
    const verdict = await verifyPresentations(parts, {
      trust,
      now: NOW,
      request: {
        office: CENTRE,
        matter: MATTER,
        issuedAt: NOW,
        expiresAt: NOW + 300,
        wants: WANTS,
      },
      expected: { audience: clientId, nonce: request.nonce },
    })
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', undefined])
  })

  test('never goes to an origin that is not configured, whatever the request says', async () => {
    const { http, asked } = office()
    const request = await verified(http)
    const before = asked.length
    const signed = await presentForRequest({ request, shown: await shownFor(request), now: NOW })
    const elsewhere = { request, parts: signed, origins: [WALLET], http }
    await expect(sendAnswer(elsewhere)).rejects.toMatchObject({ code: 'request/origin' })
    await expect(declineRequest({ request, origins: [], http })).rejects.toMatchObject({
      code: 'request/origin',
    })
    expect(asked.length).toBe(before)
  })

  test('says what the office’s server made of it, and takes no address but a page’s', async () => {
    const cases = [
      [Response.json({ code: 'request/closed' }, { status: 400 }), 'request/closed'],
      [Response.json({ code: 'key-binding/nonce' }, { status: 400 }), 'network/refused'],
      [new Response('<html>'), 'network/not-json'],
    ] as const
    for (const [answer, code] of cases) {
      const { http } = office({}, answer)
      const request = await verified(http)
      await expect(declineRequest({ request, origins: [ORIGIN], http })).rejects.toMatchObject({
        code,
      })
    }
    const { http, asked } = office({}, Response.json({ redirect_uri: 'javascript:alert(1)' }))
    const request = await verified(http)
    expect(await declineRequest({ request, origins: [ORIGIN], http })).toEqual({})
    expect(String(asked.at(-1)?.init.body)).toBe('error=access_denied')
  })
})
