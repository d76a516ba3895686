/**
 * OpenID4VCI 1.0 with an issuer that others wrote, over real HTTP: @openid4vc/openid4vci 0.4 makes the offer, checks the code and
 * each proof of a batch, and our wallet's code obtains what it gives and takes it after the receiving check.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { publicKeyFromJwk, toBase64url } from '@onetrip/codec'
import { Oauth2AuthorizationServer, setGlobalConfig } from '@openid4vc/oauth2'
import {
  type IssuerMetadataResult,
  Openid4vciIssuer,
  Openid4vciVersion,
} from '@openid4vc/openid4vci'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueFood, SAMPLE_NOW, sampleTrust } from '../../wallet/samples/sample-world.ts'
import { parseOffer } from '../../wallet/src/offer.ts'
import { stretchNow } from '../../wallet/src/passcode-kdf.ts'
import { checkReceived } from '../../wallet/src/received-licence.ts'
import { requestLicence } from '../../wallet/src/request-licence.ts'
import { peerKeys, plainJwk } from './peer-callbacks.ts'

setGlobalConfig({ allowInsecureUrls: true })

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const TX_CODE = '246810'
const BATCH_SIZE = 3
const NONCE = 'a-nonce-of-the-peer'
const WALLET_ORIGIN = 'http://localhost:8788'

const keys = peerKeys(SAMPLE_NOW)
const callbacks = {
  ...keys.callbacks,
  clientAuthentication: () => undefined,
}
const peer = new Openid4vciIssuer({ callbacks })
const authorization = new Oauth2AuthorizationServer({ callbacks })
const signer = keys.newSigner()
/** Proofs that the peer verified, by configuration. */
const verified: { readonly configuration: string; readonly count: number }[] = []

let metadata: IssuerMetadataResult
let address: string
let code: string
const server = createServer((request, response) => {
  answer(request).then(
    (body) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body)),
    () =>
      response
        .writeHead(400, { 'Content-Type': 'application/json' })
        .end('{"error":"invalid_request"}'),
  )
})

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  address = `http://127.0.0.1:${port}`
  const credentialIssuer = peer.createCredentialIssuerMetadata({
    credential_issuer: address,
    credential_endpoint: `${address}/credential`,
    nonce_endpoint: `${address}/nonce`,
    batch_credential_issuance: { batch_size: BATCH_SIZE },
    credential_configurations_supported: {
      cwt: { format: 'dc+sd-cwt', ...PROOFS },
      jwt: { format: 'dc+sd-jwt', vct: 'https://types.onetrip.example/food', ...PROOFS },
    },
  })
  metadata = {
    originalDraftVersion: Openid4vciVersion.V1,
    credentialIssuer,
    authorizationServers: [
      authorization.createAuthorizationServerMetadata({
        issuer: address,
        token_endpoint: `${address}/token`,
      }),
    ],
    knownCredentialConfigurations: peer.getKnownCredentialConfigurationsSupported(credentialIssuer),
  }
})
afterAll(() => new Promise((closed) => server.close(closed)))

const PROOFS = {
  cryptographic_binding_methods_supported: ['jwk'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['Ed25519', 'ES256'] } },
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  switch (request.url) {
    case '/.well-known/openid-credential-issuer':
      return metadata.credentialIssuer
    case '/.well-known/oauth-authorization-server':
      return metadata.authorizationServers[0]
    case '/nonce':
      return peer.createNonceResponse({ cNonce: NONCE })
    case '/token':
      return token(request, text)
    default:
      return credential(JSON.parse(text))
  }
}

async function token(incoming: IncomingMessage, text: string): Promise<unknown> {
  const accessTokenRequest = Object.fromEntries(new URLSearchParams(text))
  const request = {
    headers: new Headers({ 'content-type': incoming.headers['content-type'] ?? '' }),
    method: 'POST' as const,
    url: `${address}/token`,
  }
  const parsed = authorization.parseAccessTokenRequest({ request, accessTokenRequest })
  const [authorizationServerMetadata] = metadata.authorizationServers
  if (authorizationServerMetadata === undefined) throw new TypeError('no authorization server')
  if (parsed.grant.grantType !== PRE_AUTHORIZED) throw new TypeError('another grant')
  await authorization.verifyPreAuthorizedCodeAccessTokenRequest({
    authorizationServerMetadata,
    grant: parsed.grant,
    accessTokenRequest: parsed.accessTokenRequest,
    request,
    expectedPreAuthorizedCode: code,
    expectedTxCode: TX_CODE,
  })
  return authorization.createAccessTokenResponse({
    audience: address,
    authorizationServer: address,
    expiresInSeconds: 300,
    subject: 'holder',
    signer,
  })
}

async function credential(body: Record<string, unknown>): Promise<unknown> {
  const request = peer.parseCredentialRequest({ issuerMetadata: metadata, credentialRequest: body })
  const configuration = request.credentialConfigurationId ?? ''
  const credentials: { credential: string }[] = []
  for (const jwt of request.proofs?.jwt ?? []) {
    const proof = await peer.verifyCredentialRequestJwtProof({
      issuerMetadata: metadata,
      jwt,
      expectedNonce: NONCE,
      now: new Date(SAMPLE_NOW * 1000),
    })
    const key = publicKeyFromJwk(plainJwk(proof.signer.publicJwk))
    const issued = await issueFood({ cbor: key, jws: key })
    credentials.push({
      credential: configuration === 'cwt' ? toBase64url(issued.cbor) : issued.jws,
    })
  }
  verified.push({ configuration, count: credentials.length })
  return peer.createCredentialResponse({ credentialRequest: request, credentials })
}

describe('our wallet', () => {
  test('obtains a batch from a foreign issuer and keeps each copy after its own check', async () => {
    const { credentialOffer, credentialOfferObject } = await peer.createCredentialOffer({
      issuerMetadata: metadata,
      credentialConfigurationIds: ['jwt', 'cwt'],
      grants: { [PRE_AUTHORIZED]: { tx_code: { input_mode: 'numeric', length: TX_CODE.length } } },
    })
    code = credentialOfferObject.grants?.[PRE_AUTHORIZED]?.['pre-authorized_code'] ?? ''
    const { offeredVct, ...requested } = await requestLicence({
      offer: parseOffer(credentialOffer, WALLET_ORIGIN),
      txCode: TX_CODE,
      http: (url, init) => fetch(url, init),
      keys: {
        subtle: crypto.subtle,
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
        roundTrip: async (key) => key,
        askPasscode: async () => '',
        stretch: async (request) => stretchNow(request),
      },
      pending: { load: async () => undefined, save: async () => undefined },
      now: () => SAMPLE_NOW,
      sleep: async () => undefined,
    })
    expect(offeredVct).toBe('https://types.onetrip.example/food')
    expect(verified).toEqual([
      { configuration: 'cwt', count: BATCH_SIZE },
      { configuration: 'jwt', count: BATCH_SIZE },
    ])
    const trust = await sampleTrust()
    const licence = await checkReceived({ requested, trust, now: SAMPLE_NOW })
    expect([licence, ...(licence.spares ?? [])]).toHaveLength(BATCH_SIZE)
  })
})
