/** A small verifier made with @openid4vc/openid4vp, over real HTTP: a request by reference for any page, and what was posted for it. */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject, Signer } from '@onetrip/codec'
import { committedNonce, NONCE_SALT_BYTES, x509HashClientId } from '@onetrip/credential'
import { setGlobalConfig } from '@openid4vc/oauth2'
import { Openid4vpVerifier } from '@openid4vc/openid4vp'
import { certifiedCallbacks } from './certified-callbacks.ts'

/** Theirs take http on this machine only when told. */
setGlobalConfig({ allowInsecureUrls: true })

const REQUEST_SECONDS = 300

/** What an office asks, and in whose name. */
export interface VpOfficeOptions {
  /** DER, of the key behind `signer`. */
  readonly certificate: Uint8Array
  readonly signer: Signer
  /** Unix seconds. */
  readonly now: () => number
  readonly query: JsonObject
  readonly matter: string
  readonly purpose: string
  /** `direct_post` when left out. */
  readonly responseMode?: 'direct_post' | 'direct_post.jwt'
  /** Any free one when left out. */
  readonly port?: number
  /** Where answers go; this office when left out. */
  readonly responseUri?: string
  /** Where every request is sent on to (302), in place of an answer. */
  readonly redirectTo?: string
}

/** An office that is listening. */
export interface VpOffice {
  readonly origin: string
  /** `openid4vp:` */
  readonly link: string
  /** Of the newest request. */
  readonly nonce: () => string
  /** How many requests arrived, preflights too. */
  readonly hits: () => number
  /** Sends on what goes to this path alone. */
  readonly redirectOnly: (path: string) => void
  /** The presentations that were posted, by credential of the query; rejects where there are none. */
  readonly presentations: () => Promise<Readonly<Record<string, string>>>
  readonly close: () => Promise<void>
}

/** Starts an office at localhost. */
export async function openVpOffice(options: VpOfficeOptions): Promise<VpOffice> {
  const { certificate, signer, now, responseMode = 'direct_post', port = 0, redirectTo } = options
  const { privateKey: answerKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const callbacks = certifiedCallbacks({ answerKey, signer })
  const verifier = new Openid4vpVerifier({ callbacks })
  const clientId = x509HashClientId(certificate)
  const salt = randomBytes(NONCE_SALT_BYTES)
  let nonce = ''
  const encryptionJwk = {
    ...createPublicKey(answerKey).export({ format: 'jwk' }),
    kty: 'EC',
    use: 'enc',
    alg: 'ECDH-ES',
    kid: 'one',
  }
  let hits = 0
  let redirected: string | undefined
  let posted: URLSearchParams | undefined
  let request: Awaited<ReturnType<typeof makeRequest>> | undefined

  const server: Server = createServer((incoming, outgoing) => {
    void (async () => {
      hits += 1
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      outgoing.setHeader('Access-Control-Allow-Origin', '*')
      if (redirectTo !== undefined && (redirected ?? incoming.url) === incoming.url) {
        outgoing.writeHead(302, { Location: redirectTo }).end()
        return
      }
      if (incoming.url === '/response') {
        posted = form
        outgoing.setHeader('Content-Type', 'application/json')
        outgoing.end('{}')
        return
      }
      request = await makeRequest(form.get('wallet_nonce') ?? undefined)
      outgoing.setHeader('Content-Type', 'application/oauth-authz-req+jwt')
      outgoing.end(request.jar?.authorizationRequestJwt)
    })().catch((error: unknown) => {
      outgoing.statusCode = 500
      outgoing.end(String(error))
    })
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const address = server.address() as AddressInfo
  const origin = `http://localhost:${address.port}`
  const requestUri = `${origin}/request`
  const { responseUri = `${origin}/response` } = options

  function makeRequest(walletNonce: string | undefined) {
    const { matter, purpose, query } = options
    // Read once: the nonce commits to the times that the request states.
    const issuedAt = now()
    const times = { issuedAt, expiresAt: issuedAt + REQUEST_SECONDS }
    const shown = { salt, clientId, certificate, responseUri, matter, purpose, query, ...times }
    nonce = committedNonce(shown)
    return verifier.createOpenId4vpAuthorizationRequest({
      now: new Date(issuedAt * 1000),
      ...(walletNonce === undefined ? {} : { wallet: { expectedNonce: walletNonce } }),
      authorizationRequestPayload: {
        response_type: 'vp_token',
        response_mode: responseMode,
        client_id: clientId,
        response_uri: responseUri,
        nonce,
        ...(walletNonce === undefined ? {} : { wallet_nonce: walletNonce }),
        dcql_query: query,
        client_metadata: {
          vp_formats_supported: { 'dc+sd-jwt': {} },
          ...(responseMode === 'direct_post'
            ? {}
            : {
                jwks: { keys: [encryptionJwk] },
                encrypted_response_enc_values_supported: ['A128GCM', 'A256GCM'],
              }),
        },
        onetrip_matter: matter,
        onetrip_purpose: purpose,
        onetrip_salt: salt.toString('base64url'),
      },
      jar: {
        requestUri,
        expiresInSeconds: REQUEST_SECONDS,
        jwtSigner: {
          method: 'x5c',
          alg: 'ES256',
          x5c: [Buffer.from(certificate).toString('base64')],
        },
      },
    })
  }

  const query = new URLSearchParams({
    client_id: clientId,
    request_uri: requestUri,
    request_uri_method: 'post',
  })
  return {
    origin,
    link: `openid4vp://?${query}`,
    nonce: () => nonce,
    hits: () => hits,
    redirectOnly: (path) => {
      redirected = path
    },
    presentations: async () => {
      if (posted === undefined || request === undefined) throw new Error('nothing was posted')
      const parsed = await verifier.parseOpenid4vpAuthorizationResponse({
        authorizationResponse: Object.fromEntries(posted),
        authorizationRequestPayload: request.authorizationRequestPayload,
        callbacks: callbacks,
      })
      if (parsed.type !== 'dcql') throw new Error('not by DCQL')
      return Object.fromEntries(
        Object.entries(parsed.dcql.presentations).map(([id, [text]]) => [id, String(text)]),
      )
    },
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
