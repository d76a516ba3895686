import { encodeJson, type JsonObject, sha256 } from '@onetrip/codec'
import { type VpRequestInput, x509HashClientId } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  askingTrust,
  BUREAU,
  CENTRE,
  DEVICE,
  MATTER,
  NOW,
  SIGNERS,
  WANTS,
} from '../../../verifier/samples/asking-world.ts'
import {
  HOST,
  requestCertificate,
  sampleQuery,
  vpRequest,
} from '../../../verifier/samples/online-asking.ts'
import { endWhenTaken, openOnline } from './online-requests.ts'

const API = `https://${HOST}`
const REQUEST_URI = `${API}/openid4vp/requests/one`
const PURPOSE = '办理食品经营许可新办'
const ENCRYPTED = {
  responseMode: 'direct_post.jwt',
  encryption: { keys: [{ key: SIGNERS.holderJws.publicKey, kid: 'a' }], encryptions: ['A128GCM'] },
} as const
const random = (length: number): Uint8Array => sha256(Uint8Array.of(3)).slice(0, length)

let trust: Trust
let certificate: Uint8Array
beforeAll(async () => {
  trust = await askingTrust()
  certificate = await requestCertificate()
})

function linkOf(start: string, changes: Readonly<Record<string, string>> = {}): string {
  const parameters = {
    client_id: x509HashClientId(certificate),
    request_uri: REQUEST_URI,
    request_uri_method: 'post',
  }
  return `${start}${new URLSearchParams({ ...parameters, ...changes })}`
}

/** Opens the sample request at a server that signs it with these changes, and answers with these. */
function open(
  request: Partial<VpRequestInput> = {},
  answer: JsonObject = {},
  office: string = CENTRE,
) {
  const http = async (url: string, init: RequestInit): Promise<Response> => {
    if (url === `${API}/enrolment/nonce`) return Response.json({ nonce: 'n' })
    if (url === `${API}/asking/requests`) {
      return Response.json({
        id: 'one',
        uri: linkOf('https://wallet.example/#'),
        openid4vpUri: linkOf('openid4vp://?'),
        requestUri: REQUEST_URI,
        stateToken: 'state',
        expiresAt: NOW + 300,
        ...answer,
      })
    }
    const walletNonce = new URLSearchParams(String(init.body)).get('wallet_nonce') ?? ''
    const sealed = request.responseMode === 'direct_post' ? {} : ENCRYPTED
    return new Response(await vpRequest({ certificate, ...sealed, walletNonce, ...request }))
  }
  return openOnline(
    { http, apiOrigin: API, signer: DEVICE },
    {
      question: { matter: MATTER, purpose: PURPOSE, wants: WANTS },
      office,
      trust,
      now: () => NOW,
      random,
    },
  )
}

describe('a request over the network', () => {
  test('is what the clerk chose, as a wallet would find it', async () => {
    const { id, link, stated } = await open()
    expect([id, link]).toEqual(['one', linkOf('https://wallet.example/#')])
    expect(stated.asked).toMatchObject({ matter: MATTER, purpose: PURPOSE, isCommitted: true })
  })

  const others: Readonly<Record<string, () => Parameters<typeof open>>> = {
    'other words': () => [{ purpose: '核查身份' }],
    'fewer claims': () => [{ query: fewer() }],
    'no encryption': () => [{ responseMode: 'direct_post' }],
    'an answer that goes past its server': () => [{ responseUri: `${API}:8443/r` }],
    'another end': () => [{ expiresAt: NOW + 200 }],
    'another end in its answer': () => [{}, { expiresAt: NOW + 400 }],
    'a link to another request': () => [
      {},
      { uri: linkOf('https://wallet.example/#', { request_uri: `${API}/two` }) },
    ],
    'links that lead to two': () => [
      {},
      { openid4vpUri: linkOf('openid4vp://?', { request_uri: `${API}/two` }) },
    ],
    'another office': () => [{}, {}, BUREAU],
  }
  test.each(Object.entries(others))('with %s is not shown to anybody', async (_, of) => {
    await expect(open(...of())).rejects.toMatchObject({ code: 'request/differs' })
  })

  test('of other words is request/differs; what a wallet would refuse keeps its code', async () => {
    await expect(open({ purpose: '核查身份' })).rejects.toMatchObject({ code: 'request/differs' })
    await expect(open({ matter: 'open-restaurant-sign' })).rejects.toMatchObject({
      code: 'request/matter-unknown',
    })
    await expect(open({ walletNonce: 'x' })).rejects.toMatchObject({ code: 'request/nonce' })
  })
})

test('an answer that the server took in time is fetched after the end of its request', async () => {
  const { stated } = await open()
  expect(endWhenTaken(stated, NOW)).toBe(NOW + 300)
  expect(endWhenTaken(stated, NOW + 301)).toBeGreaterThan(NOW + 301)
})

/** The sample query without the last claim of its first credential. */
function fewer(): JsonObject {
  const query = JSON.parse(encodeJson(sampleQuery()))
  query.credentials[0].claims.pop()
  delete query.credentials[0].claim_sets
  return query
}
