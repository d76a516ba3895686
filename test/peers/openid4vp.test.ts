/**
 * OpenID4VP 1.0 with software that others wrote, over real HTTP: @openid4vc/openid4vp 0.4 with @sd-jwt/sd-jwt-vc 0.19 as the
 * wallet that presents to our server, and as the verifier to which our wallet's code presents. Cryptography of theirs is
 * node:crypto and jose; certificates are read by node:crypto.
 */
import { createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import { type JsonObject, publicKeyToJwk, type Signer } from '@onetrip/codec'
import { x509HashClientId } from '@onetrip/credential'
import { type RunningServer, startServer } from '@onetrip/server'
import { newStatusBits, signStatusListJwt } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import { setGlobalConfig } from '@openid4vc/oauth2'
import { Openid4vpClient } from '@openid4vc/openid4vp'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  askingTrust,
  MATTER,
  NOW,
  SIGNERS,
  URI,
} from '../../packages/verifier/samples/asking-world.ts'
import {
  ASKER,
  requestCertificate,
  sampleQuery,
  vpCredentials,
} from '../../packages/verifier/samples/online-asking.ts'
import { freePort } from '../../server/testing/free-port.ts'
import { openWorld, START, type World } from '../../server/testing/test-world.ts'
import {
  ASKED,
  askApi,
  askingKey,
  openVerification,
  receiveLicences,
  type WalletLicence,
} from '../../server/testing/vp-wallet.ts'
import {
  chooseForRequest,
  declineRequest,
  fetchVpRequest,
  presentForRequest,
  queriedLicence,
  sendAnswer,
  verifyFetched,
} from '../../wallet/src/openid4vp.ts'
import { parseVpLink } from '../../wallet/src/openid4vp-link.ts'
import { certifiedCallbacks, hashOf } from './certified-callbacks.ts'
import { openVpOffice, type VpOffice, type VpOfficeOptions } from './vp-office.ts'

/** Theirs take http on this machine only when told. */
setGlobalConfig({ allowInsecureUrls: true })

/** @sd-jwt/sd-jwt-vc with a holder's key, or with the key that it verifies by. */
function sdJwtPeer(keys: {
  readonly holder?: Signer
  readonly issuer?: KeyObject
  readonly statusList?: string
}): SDJwtVcInstance {
  return new SDJwtVcInstance({
    hasher: (data) => hashOf(data),
    hashAlg: 'sha-256',
    saltGenerator: (length) => randomBytes(length).toString('hex'),
    statusListFetcher: async () => keys.statusList ?? '',
    kbSignAlg: 'ES256',
    kbSigner: async (data) =>
      Buffer.from((await keys.holder?.sign(Buffer.from(data))) ?? []).toString('base64url'),
    signAlg: 'ES256',
    verifier: async (data, signature) =>
      keys.issuer !== undefined && isSignedBy(keys.issuer, data, signature),
    kbVerifier: async (data, signature, payload) => {
      const key = createPublicKey({
        key: Reflect.get(Object(Reflect.get(payload, 'cnf')), 'jwk'),
        format: 'jwk',
      })
      return isSignedBy(key, data, signature)
    },
  })
}

function isSignedBy(key: KeyObject, data: string, signature: string): boolean {
  const given = { key, dsaEncoding: 'ieee-p1363' } as const
  return verify('sha256', Buffer.from(data), given, Buffer.from(signature, 'base64url'))
}

describe('their wallet presents to our verifier', () => {
  let world: World
  let running: RunningServer
  let key: string
  let licences: readonly WalletLicence[]
  beforeAll(async () => {
    // Theirs look at the clock themselves.
    vi.useFakeTimers({ toFake: ['Date'], now: START * 1000 })
    const port = await freePort()
    world = await openWorld({
      environment: { ONETRIP_PORT: String(port), ONETRIP_API_ORIGIN: `http://localhost:${port}` },
    })
    running = await startServer({ services: world.services, closeMilliseconds: 0 })
    key = await askingKey(world)
    licences = await receiveLicences(world)
  })
  afterAll(async () => {
    vi.useRealTimers()
    await running.close()
  })

  for (const responseMode of ['direct_post', 'direct_post.jwt'] as const) {
    for (const signMatter of [false, true]) {
      test(`by ${responseMode}${signMatter ? ', signing transaction data' : ''}`, async () => {
        const clientIdPrefix = signMatter ? 'x509_san_dns' : 'x509_hash'
        const changes = { responseMode, signMatter, clientIdPrefix }
        const opened = await openVerification(world, key, changes)
        const wallet = new Openid4vpClient({ callbacks: certifiedCallbacks() })
        const parsed = wallet.parseOpenid4vpAuthorizationRequest({
          authorizationRequest: opened.openid4vpUri,
        })
        const resolved = await wallet.resolveOpenId4vpAuthorizationRequest({
          authorizationRequestPayload: parsed.params,
        })
        const request = resolved.authorizationRequestPayload
        expect(resolved.client.prefix).toBe(clientIdPrefix)
        const query = resolved.dcql?.query as JsonObject
        const texts = 'transaction_data' in request ? request.transaction_data : undefined
        const token = await presentAll({
          query,
          request,
          texts,
          licences,
          now: world.services.now(),
        })
        const response = await wallet.createOpenid4vpAuthorizationResponse({
          authorizationRequestPayload: request,
          authorizationResponsePayload: { vp_token: token },
          ...(responseMode === 'direct_post'
            ? {}
            : {
                jarm: {
                  encryption: { nonce: 'unused' },
                  serverMetadata: {
                    authorization_signing_alg_values_supported: [],
                    authorization_encryption_alg_values_supported: ['ECDH-ES'],
                    authorization_encryption_enc_values_supported: ['A256GCM', 'A128GCM'],
                  },
                },
              }),
        })
        const { response: taken } = await wallet.submitOpenid4vpAuthorizationResponse({
          authorizationRequestPayload:
            typeof request.response_uri === 'string' ? { response_uri: request.response_uri } : {},
          authorizationResponsePayload: response.authorizationResponsePayload,
          ...(response.jarm === undefined ? {} : { jarm: response.jarm }),
        })
        expect([taken.status, await taken.json()]).toEqual([200, {}])
        const answer = await askApi(world, key, { path: `/${opened.id}` })
        expect(await answer.json()).toMatchObject({
          state: 'answered',
          result: {
            outcome: 'valid',
            materials: [
              { licence: { claims: { legalRepresentative: '陈样例' } } },
              { licence: { claims: { name: '陈样例' } } },
            ],
          },
        })
      })
    }
  }
})

describe('our wallet presents to their verifier', () => {
  let trust: Trust
  let certificate: Uint8Array
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 })
    trust = await askingTrust()
    certificate = await requestCertificate({ dnsNames: ['localhost'] })
  })
  afterAll(() => vi.useRealTimers())

  function officeOf(changes: Partial<VpOfficeOptions> = {}): VpOfficeOptions {
    const asked = { query: sampleQuery(), matter: MATTER, purpose: ASKED.purpose }
    return { certificate, signer: ASKER, now: () => NOW, ...asked, ...changes }
  }

  for (const responseMode of ['direct_post', 'direct_post.jwt'] as const) {
    test(`by ${responseMode}`, async () => {
      const office = await openVpOffice(officeOf({ responseMode }))
      try {
        const known = { walletOrigin: 'http://localhost:1', origins: [office.origin] }
        const link = parseVpLink(office.link, known)
        expect(office.hits()).toBe(0)
        const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
        const fetched = await fetchVpRequest({
          link,
          http,
          random: (length) => randomBytes(length),
        })
        const { outcome, reason, request } = await verifyFetched(fetched, {
          trust,
          now: NOW,
          origins: known.origins,
        })
        expect([outcome, reason]).toEqual(['valid', undefined])
        if (request === undefined) throw new TypeError('a request is told')
        const held = (await vpCredentials()).map(({ type, credential }, at) => ({
          sdJwt: credential,
          licence: queriedLicence({
            id: `${at}`,
            sdJwt: credential,
            type,
            isValid: true,
            validFrom: '2025-01-01',
          }),
        }))
        const choices = chooseForRequest(request.asked, {
          held: held.map(({ licence }) => licence),
          trust,
        })
        const shown = choices.flatMap(({ fits: [fit] }) => {
          const sdJwt = held.find(({ licence }) => licence.id === fit?.licence.id)?.sdJwt
          return fit === undefined || sdJwt === undefined
            ? []
            : [{ fit, sdJwt, signer: SIGNERS.holderJws }]
        })
        const { origins } = known
        const parts = await presentForRequest({ request: request.asked, shown, now: NOW })
        await sendAnswer({ request: request.asked, parts, origins, http })
        const tokens = await office.presentations()
        expect(Object.keys(tokens)).toEqual(['business-licence', 'identity'])
        const issuers = [
          { signer: SIGNERS.marketJws, uri: URI.market },
          { signer: SIGNERS.policeJws, uri: URI.police },
        ]
        for (const [at, { signer, uri }] of issuers.entries()) {
          const times = { issuedAt: NOW - 60, expiresAt: NOW + 86_400, ttlSeconds: 3600 }
          const list = { uri, bits: 2, statuses: newStatusBits(1024, 2), ...times } as const
          const statusList = await signStatusListJwt(list, signer)
          const jwk = publicKeyToJwk(signer.publicKey)
          const issuer = createPublicKey({ key: { ...jwk }, format: 'jwk' })
          const text = Object.values(tokens)[at] ?? ''
          const { payload, kb } = await sdJwtPeer({ issuer, statusList }).verify(text, {
            currentDate: NOW,
            keyBindingNonce: office.nonce(),
          })
          expect(kb?.payload.aud).toBe(x509HashClientId(certificate))
          expect(payload).toMatchObject({ name: at === 0 ? expect.any(String) : '陈样例' })
        }
      } finally {
        await office.close()
      }
    })
  }

  describe('and reaches configured origins alone (SSRF canary)', () => {
    const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
    const random = (length: number): Uint8Array => randomBytes(length)

    /** An office, and somebody at another port of the same host who counts what arrives. */
    async function withCanary(
      changes: (canary: string) => Partial<VpOfficeOptions>,
      work: (places: { readonly office: VpOffice; readonly canary: VpOffice }) => Promise<void>,
    ): Promise<void> {
      const canary = await openVpOffice(officeOf())
      const office = await openVpOffice(officeOf(changes(canary.origin)))
      try {
        await work({ office, canary })
        expect(canary.hits()).toBe(0)
      } finally {
        await office.close()
        await canary.close()
      }
    }

    function read({ office, origins }: { office: VpOffice; origins: readonly string[] }) {
      const link = parseVpLink(office.link, { walletOrigin: 'http://localhost:1', origins })
      return fetchVpRequest({ link, http, random }).then((fetched) =>
        verifyFetched(fetched, { trust, now: NOW, origins }),
      )
    }

    test('another port of a configured host is another origin', () =>
      withCanary(
        () => ({}),
        async ({ office, canary }) => {
          const known = { walletOrigin: 'http://localhost:1', origins: [office.origin] }
          expect(() => parseVpLink(canary.link, known)).toThrow(
            expect.objectContaining({ code: 'request/origin' }),
          )
        },
      ))

    test('a redirect is followed by nobody, when the request is fetched or when it is answered', () =>
      withCanary(
        (canary) => ({ redirectTo: `${canary}/request` }),
        async ({ office }) => {
          const origins = [office.origin]
          await expect(read({ office, origins })).rejects.toMatchObject({
            code: 'network/unreachable',
          })
          office.redirectOnly('/response')
          const { request } = await read({ office, origins })
          if (request === undefined) throw new TypeError('a request is told')
          const declined = declineRequest({ request: request.asked, origins, http })
          await expect(declined).rejects.toMatchObject({ code: 'network/unreachable' })
        },
      ))

    test('an answer may go to another origin than the request came from only where that is configured too', () =>
      withCanary(
        (canary) => ({ responseUri: `${canary}/response` }),
        async ({ office, canary }) => {
          await expect(read({ office, origins: [office.origin] })).rejects.toMatchObject({
            code: 'request/origin',
          })
          // The certificate names the host, and both origins are known.
          const origins = [office.origin, canary.origin]
          expect(await read({ office, origins })).toMatchObject({ outcome: 'valid' })
        },
      ))
  })
})

async function presentAll(of: {
  readonly query: JsonObject
  readonly request: { readonly nonce: string; readonly client_id?: unknown }
  readonly texts: unknown
  readonly licences: readonly WalletLicence[]
  readonly now: number
}): Promise<Record<string, string[]>> {
  const { query, request, texts, licences, now } = of
  const credentials = Array.isArray(query['credentials']) ? query['credentials'] : []
  const token: Record<string, string[]> = {}
  for (const { typeCode, credential, signer } of licences) {
    const asked = credentials.find((each: JsonObject) =>
      JSON.stringify(each['meta']).includes(typeCode),
    )
    const names = (asked?.claims ?? []).map(({ path: [name] }: { path: string[] }) => [name, true])
    const hashes = Array.isArray(texts)
      ? {
          transaction_data_hashes: texts.map((text) =>
            Buffer.from(hashOf(String(text))).toString('base64url'),
          ),
          transaction_data_hashes_alg: 'sha-256',
        }
      : {}
    const payload = { iat: now, aud: String(request.client_id), nonce: request.nonce, ...hashes }
    token[asked.id] = [
      await sdJwtPeer({ holder: signer }).present(credential, Object.fromEntries(names), {
        kb: { payload },
      }),
    ]
  }
  return token
}
