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
  ClientSecretBasic,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client'
import * as v from 'valibot'
import type { IdentityProviderConfig } from '../config.ts'
import { readCapped } from '../http/read-capped.ts'
import { plainText } from '../licences/plain-text.ts'
import type { Person } from './citizen.ts'

const MAX_ANSWER_BYTES = 262_144
const TIMEOUT_SECONDS = 10
const SERVER_FAULT = 500
/** Where somebody has to sign in anew, how long ago that may have been. */
const FRESH_SECONDS = 60

const SUBJECT = v.pipe(v.string(), v.minLength(1), v.maxLength(255))
const REFERENCE = plainText(120)
const LEVEL = v.union([v.string(), v.pipe(v.number(), v.integer(), v.transform(String))])

/** What one sign-in is known by; each 43 base64url characters. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** The two steps with the provider. */
export interface RelyingParty {
  /**
   * Where the browser is sent. The provider authenticates anew, whoever is signed in there: of a phone that somebody else holds, its
   * own session must not be enough. Throws `sign-in/unavailable`.
   */
  readonly authorize: (secrets: SignInSecrets) => Promise<URL>
  /**
   * Whom the provider names when the browser comes back with the query `search`. Throws `sign-in/refused` for every answer that is not
   * a good one, `sign-in/level` for a name that is not known well enough, `sign-in/unavailable`.
   */
  readonly finish: (search: string, secrets: SignInSecrets) => Promise<Person>
}

/** The provider does not answer, or says itself that it cannot. */
class Unreachable extends TypeError {}

/** The relying party at `redirectUri`; the provider's metadata are fetched when they are first needed, and kept. */
export function relyingParty(provider: IdentityProviderConfig, redirectUri: string): RelyingParty {
  let known: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    known ??= discover(provider).catch(() => {
      known = undefined
      throw fault('sign-in/unavailable')
    })
    return known
  }
  return {
    authorize: async (secrets) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: provider.scope,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: String(FRESH_SECONDS),
      }),
    finish: async (search, secrets) => {
      const client = await configuration()
      try {
        const answer = await authorizationCodeGrant(client, new URL(redirectUri + search), {
          pkceCodeVerifier: secrets.codeVerifier,
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          idTokenExpected: true,
          maxAge: FRESH_SECONDS,
        })
        return personOf(provider, answer.claims())
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}

function discover(provider: IdentityProviderConfig): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = provider
  const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : []
  const authentication = clientSecret === undefined ? None() : ClientSecretBasic(clientSecret)
  return discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [enableNonRepudiationChecks, ...insecure],
    timeout: TIMEOUT_SECONDS,
    [customFetch]: cappedFetch,
  })
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

function personOf(provider: IdentityProviderConfig, claims: object | undefined): Person {
  const members = new Map<string, unknown>(Object.entries(claims ?? {}))
  const subject = v.safeParse(SUBJECT, members.get('sub'))
  const holderReference = v.safeParse(REFERENCE, members.get(provider.holderClaim))
  if (!subject.success || !holderReference.success) throw fault('sign-in/refused')
  const level = v.safeParse(LEVEL, members.get(provider.levelClaim))
  if (!level.success || !provider.levels.includes(level.output)) throw fault('sign-in/level')
  return {
    subject: subject.output,
    holderReference: holderReference.output,
    level: level.output,
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return fault(error instanceof Unreachable ? 'sign-in/unavailable' : 'sign-in/refused')
}
