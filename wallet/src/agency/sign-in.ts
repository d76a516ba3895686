/**
 * Signing in with the agency's server, which is another origin: this window goes there and on to the identity provider, and comes back
 * with a code in the fragment. Only the window that left can exchange it, for the verifier stays in its session storage (as RFC 7636 §4).
 */
import { type ErrorCode, fault, sha256, toBase64url, utf8Encode } from '@onetrip/codec'
import { fetchJson, type Http } from '@onetrip/ui'

const VERIFIER_BYTES = 32
const MAX_ANSWER_BYTES = 4096
const TIMEOUT_MS = 20_000
const CODE = /^#sign_in_code=([\w-]{43})$/
const REFUSED = /^#sign_in_refused=([\w%-]{1,64})$/
const BEARER = /^[\w-]{43}$/
/** Why somebody was not signed in, as far as they can do something about it. */
const REFUSALS = [
  'http/rate-limited',
  'sign-in/level',
  'sign-in/refused',
  'sign-in/state',
  'sign-in/unavailable',
] as const satisfies readonly ErrorCode[]

/** What a window comes back with. */
export type SignInReturn = { readonly code: string } | { readonly refusal: ErrorCode }

/** A session at the agency's server; kept in memory only. */
export interface AgencySession {
  readonly bearer: string
  /** Unix seconds. */
  readonly endsAt: number
}

/** Makes a verifier, 43 base64url characters. */
export function makeVerifier(random: (length: number) => Uint8Array): string {
  return toBase64url(random(VERIFIER_BYTES))
}

/** The address at which the window signs in. */
export function signInAddress(apiOrigin: string, verifier: string): string {
  return `${apiOrigin}/sign-in/wallet?challenge=${toBase64url(sha256(utf8Encode(verifier)))}`
}

/** Reads what stands after `#` of an address; undefined when it is no return. An unknown reason is `sign-in/refused`. */
export function readSignInReturn(hash: string): SignInReturn | undefined {
  const code = CODE.exec(hash)?.[1]
  if (code !== undefined) {
    return { code }
  }
  const reason = REFUSED.exec(hash)?.[1]?.replaceAll('%2F', '/')
  if (reason === undefined) {
    return undefined
  }
  return { refusal: REFUSALS.find((known) => known === reason) ?? 'sign-in/refused' }
}

/** Exchanges the code for a session. Throws `sign-in/code`, `issuer/answer` and the codes of fetchJson. */
export async function exchangeCode(options: {
  readonly apiOrigin: string
  readonly code: string
  readonly verifier: string
  readonly http: Http
}): Promise<AgencySession> {
  const { apiOrigin, code, verifier, http } = options
  const { status, body } = await fetchJson(http, {
    url: `${apiOrigin}/sign-in/exchange`,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ code, verifier }),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status !== 200) {
    throw fault('sign-in/code')
  }
  const { bearer, endsAt } = body
  if (typeof bearer !== 'string' || !BEARER.test(bearer) || !Number.isSafeInteger(endsAt)) {
    throw fault('issuer/answer')
  }
  return { bearer, endsAt: Number(endsAt) }
}
