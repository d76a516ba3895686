/**
 * The server as a relying party of an OpenID Connect provider: authorization code with PKCE, state and nonce (OpenID Connect Core
 * 1.0 §3.1; RFC 9700 §2.1). openid-client is known to this file alone. The provider's signature on the ID token is verified although
 * the token came over TLS, answers are capped, and redirects are not followed.
 */
import { Fault, fault } from '@onetrip/codec'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  PrivateKeyJwt,
} from 'openid-client'
import { readCapped } from '../http/read-capped.ts'

const MAX_ANSWER_BYTES = 262_144
const TIMEOUT_SECONDS = 10
const SERVER_FAULT = 500

/** A provider, and as which client it knows this server. */
export interface ProviderConfig {
  /** Its issuer identifier. */
  readonly issuer: string
  readonly clientId: string
  /** Absent for a client without one; PKCE is there either way. */
  readonly clientSecret?: string
  /** A P-256 private key, JWK, with which the client signs assertions (RFC 7523 §2.2) in place of a secret. */
  readonly clientKey?: JsonWebKey
  /** What is asked for, `openid` among it. */
  readonly scope: string
}

/** What one sign-in is known by; each 43 base64url characters. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** How long ago the provider may have authenticated somebody; `isAnew`: it has to do so now, whoever is signed in there. */
export interface Freshness {
  readonly maxAgeSeconds: number
  readonly isAnew: boolean
}

/** The two steps with the provider. */
export interface ProviderClient {
  readonly issuer: string
  /** Where the browser is sent. Throws `sign-in/unavailable`. */
  readonly authorize: (secrets: SignInSecrets, freshness: Freshness) => Promise<URL>
  /**
   * The claims of the ID token when the browser comes back with the query `search`; `auth_time` is checked. Throws `sign-in/refused` for
   * every answer that is not a good one, `sign-in/unavailable`.
   */
  readonly finish: (
    search: string,
    secrets: SignInSecrets,
    freshness: Freshness,
  ) => Promise<ReadonlyMap<string, unknown>>
}

/** The provider does not answer, or says itself that it cannot. */
class Unreachable extends TypeError {}

/** The client at `redirectUri`; the provider's metadata are fetched when they are first needed, and kept. */
export function providerClient(provider: ProviderConfig, redirectUri: string): ProviderClient {
  let known: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    known ??= discover(provider).catch(() => {
      known = undefined
      throw fault('sign-in/unavailable')
    })
    return known
  }
  return {
    issuer: provider.issuer,
    authorize: async (secrets, { maxAgeSeconds, isAnew }) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: provider.scope,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
        code_challenge_method: 'S256',
        max_age: String(maxAgeSeconds),
        ...(isAnew ? { prompt: 'login' } : {}),
      }),
    finish: async (search, secrets, { maxAgeSeconds }) => {
      const client = await configuration()
      try {
        const answer = await authorizationCodeGrant(client, new URL(redirectUri + search), {
          pkceCodeVerifier: secrets.codeVerifier,
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          idTokenExpected: true,
          maxAge: maxAgeSeconds,
        })
        return new Map(Object.entries(answer.claims() ?? {}))
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}

async function discover(provider: ProviderConfig): Promise<Configuration> {
  const { issuer, clientId } = provider
  const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : []
  return discovery(new URL(issuer), clientId, undefined, await authenticationOf(provider), {
    execute: [enableNonRepudiationChecks, ...insecure],
    timeout: TIMEOUT_SECONDS,
    [customFetch]: cappedFetch,
  })
}

async function authenticationOf({ clientSecret, clientKey }: ProviderConfig): Promise<ClientAuth> {
  if (clientKey !== undefined) {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    return PrivateKeyJwt(
      await crypto.subtle.importKey('jwk', clientKey, algorithm, false, ['sign']),
    )
  }
  return clientSecret === undefined ? None() : ClientSecretBasic(clientSecret)
}

const cappedFetch: CustomFetch = async (url, { method, headers: sent, body: form, signal }) => {
  const response = await fetch(url, {
    method,
    headers: sent,
    body: form instanceof Uint8Array ? new Uint8Array(form) : (form ?? null),
    redirect: 'manual',
    ...(signal === undefined ? {} : { signal }),
  }).catch(() => {
    throw new Unreachable()
  })
  if (response.status >= SERVER_FAULT) throw new Unreachable()
  const { status, headers, body } = response
  const bytes = body === null ? null : new Uint8Array(await readCapped(body, MAX_ANSWER_BYTES))
  return new Response(bytes, { status, headers })
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return fault(error instanceof Unreachable ? 'sign-in/unavailable' : 'sign-in/refused')
}
