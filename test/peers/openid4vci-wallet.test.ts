/**
 * OpenID4VCI 1.0 with a wallet that others wrote, over real HTTP: @openid4vc/openid4vci 0.4 obtains licences from our server by
 * both grants, in batches, under DPoP; it does not encrypt, so jose does that for it on the way.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RunningServer, startServer } from '@onetrip/server'
import { clientAuthenticationNone, setGlobalConfig } from '@openid4vc/oauth2'
import { type IssuerMetadataResult, Openid4vciClient } from '@openid4vc/openid4vci'
import { CompactEncrypt, compactDecrypt, decodeJwt, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueFood, openWorld, START, TYPES, type World } from '../../server/testing/test-world.ts'
import { HOLDER, signedIn } from '../../server/testing/wallet-client.ts'
import { type PeerSigner, peerKeys } from './peer-callbacks.ts'

/** Theirs takes http on this machine only when told. */
setGlobalConfig({ allowInsecureUrls: true })

const CLIENT_ID = 'peer-wallet'
const REDIRECT = 'http://127.0.0.1:9/back'
const CONFIGURATION = `${TYPES.food}.dc+sd-jwt`

const keys = peerKeys(START)
let world: World
let running: RunningServer
let issuer: string

beforeAll(async () => {
  const port = await freePort()
  issuer = `http://localhost:${port}`
  world = await openWorld({
    environment: { ONETRIP_PORT: String(port), ONETRIP_API_ORIGIN: issuer },
  })
  running = await startServer({ services: world.services, closeMilliseconds: 0 })
})
afterAll(async () => {
  await running.close()
  await world.close().catch(() => undefined)
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return address.port
}

function client(fetcher: typeof fetch = fetch): Openid4vciClient {
  return new Openid4vciClient({
    callbacks: {
      ...keys.callbacks,
      fetch: fetcher,
      clientAuthentication: clientAuthenticationNone({ clientId: CLIENT_ID }),
    },
  })
}

/** A licence's offer as a foreign wallet reads it. */
async function offered(wallet: Openid4vciClient, serial: string) {
  const issued = await issueFood(world, { serial, holderReference: HOLDER })
  const uri = `openid-credential-offer://?${new URL(issued.offer.uri).hash.slice(1)}`
  const credentialOffer = await wallet.resolveCredentialOffer(uri)
  const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer)
  return { issued, credentialOffer, issuerMetadata }
}

/** An access token for it by its pre-authorized code. */
async function preAuthorized(wallet: Openid4vciClient, serial: string) {
  const { issued, ...offer } = await offered(wallet, serial)
  const { accessTokenResponse } = await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({
    ...offer,
    txCode: issued.txCode,
  })
  return { ...offer, accessToken: accessTokenResponse.access_token }
}

async function proofs(
  wallet: Openid4vciClient,
  issuerMetadata: IssuerMetadataResult,
  signers: readonly PeerSigner[],
): Promise<string[]> {
  const { c_nonce: nonce } = await wallet.requestNonce({ issuerMetadata })
  const made = signers.map((signer) =>
    wallet.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId: CONFIGURATION,
      nonce,
      signer,
    }),
  )
  return (await Promise.all(made)).map(({ jwt }) => jwt)
}

/** The `x` of the key that each credential of an answer is bound to. */
function boundTo(answer: { readonly credentials?: readonly unknown[] | undefined }): unknown[] {
  return (answer.credentials ?? []).map((member) => {
    const text = JSON.stringify(member).match(/"credential":"([^"~]+)/)?.[1] ?? ''
    const cnf = decodeJwt<{ cnf?: { jwk?: { x?: string } } }>(text).cnf
    return cnf?.jwk?.x
  })
}

const xOf = ({ publicJwk }: PeerSigner) => publicJwk['x']

describe('a foreign wallet', () => {
  test('obtains a batch by a pre-authorized code, and tells that it has it', async () => {
    const wallet = client()
    const { accessToken, issuerMetadata } = await preAuthorized(wallet, 'PEER1')
    const signers = [keys.newSigner(), keys.newSigner(), keys.newSigner()]
    const { credentialResponse } = await wallet.retrieveCredentials({
      accessToken,
      issuerMetadata,
      credentialConfigurationId: CONFIGURATION,
      proofs: { jwt: await proofs(wallet, issuerMetadata, signers) },
    })
    expect(boundTo(credentialResponse)).toEqual(signers.map(xOf))
    const told = await wallet.sendNotification({
      accessToken,
      issuerMetadata,
      notification: {
        event: 'credential_accepted',
        notificationId: credentialResponse.notification_id ?? '',
      },
    })
    expect(told.response.status).toBe(204)
  })

  test('obtains a licence by PAR, PKCE, the page and DPoP, with the server’s nonces', async () => {
    const wallet = client()
    const { issued, credentialOffer, issuerMetadata } = await offered(wallet, 'PEER2')
    const dpop = { signer: keys.newSigner() }
    const begun = await wallet.createAuthorizationRequestUrlFromOffer({
      credentialOffer,
      issuerMetadata,
      clientId: CLIENT_ID,
      redirectUri: REDIRECT,
      dpop,
    })
    const place = await answerAsPerson(begun.authorizationRequestUrl, issued.id)
    const authorizationServerMetadata = issuerMetadata.authorizationServers[0]
    if (authorizationServerMetadata === undefined) throw new TypeError('no authorization server')
    const answer = wallet.parseAndVerifyAuthorizationResponseRedirectUrl({
      url: place,
      authorizationServerMetadata,
    })
    const { accessTokenResponse, dpop: used } =
      await wallet.retrieveAuthorizationCodeAccessTokenFromOffer({
        issuerMetadata,
        credentialOffer,
        authorizationCode: answer.code ?? '',
        pkceCodeVerifier: begun.pkce?.codeVerifier ?? '',
        redirectUri: REDIRECT,
        dpop,
      })
    expect(accessTokenResponse.token_type).toBe('DPoP')
    const signer = keys.newSigner()
    const { credentialResponse } = await wallet.retrieveCredentials({
      accessToken: accessTokenResponse.access_token,
      issuerMetadata,
      credentialConfigurationId: CONFIGURATION,
      proofs: { jwt: await proofs(wallet, issuerMetadata, [signer]) },
      dpop: used ?? dpop,
    })
    expect(boundTo(credentialResponse)).toEqual([xOf(signer)])
  })

  test('obtains an encrypted answer to an encrypted request', async () => {
    const media: (string | null)[] = []
    const wallet = client(encrypting(media))
    const { accessToken, issuerMetadata } = await preAuthorized(wallet, 'PEER3')
    const signer = keys.newSigner()
    const { credentialResponse } = await wallet.retrieveCredentials({
      accessToken,
      issuerMetadata,
      credentialConfigurationId: CONFIGURATION,
      proofs: { jwt: await proofs(wallet, issuerMetadata, [signer]) },
    })
    expect(boundTo(credentialResponse)).toEqual([xOf(signer)])
    expect(media).toEqual(['application/jwt'])
  })
})

/** Opens the page as the browser of who is signed in does, allows the licence, and gives the address that leads back. */
async function answerAsPerson(address: string, licenceId: string): Promise<string> {
  const Cookie = await signedIn(world, HOLDER)
  const page = await (await fetch(address, { headers: { Cookie } })).text()
  expect(page).toContain(`value="${licenceId}"`)
  const query = new URL(address).searchParams
  const form = new URLSearchParams({
    client_id: query.get('client_id') ?? '',
    request_uri: query.get('request_uri') ?? '',
    licence: licenceId,
    answer: 'allow',
  })
  const response = await fetch(`${issuer}/openid/authorize`, {
    method: 'POST',
    headers: { Origin: issuer, Cookie },
    body: form,
    redirect: 'manual',
  })
  return response.headers.get('Location') ?? ''
}

/** Encrypts what goes to the credential endpoint, and opens what comes back; notes the media types of the answers. */
function encrypting(media: (string | null)[]): typeof fetch {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ECDH-ES', use: 'enc', kid: 'mine' }
  return async (input, init) => {
    if (!String(input).endsWith('/openid/credential')) return fetch(input, init)
    const metadata = await (await fetch(`${issuer}/.well-known/openid-credential-issuer`)).json()
    const [key] = metadata.credential_request_encryption.jwks.keys
    const wish = { jwk, enc: 'A256GCM' }
    const body = { ...JSON.parse(String(init?.body)), credential_response_encryption: wish }
    const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(body)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: key.kid })
      .encrypt(await importJWK(key, 'ECDH-ES'))
    const headers = new Headers(init?.headers)
    headers.set('Content-Type', 'application/jwt')
    const response = await fetch(input, { ...init, headers, body: jwe })
    media.push(response.headers.get('Content-Type'))
    const { plaintext } = await compactDecrypt(await response.text(), privateKey)
    return new Response(Buffer.from(plaintext), {
      status: response.status,
      headers: { 'Content-Type': 'application/json' },
    })
  }
}
