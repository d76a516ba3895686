/** The one place where a fault becomes an answer: RFC 9457 for the API, OAuth form for OpenID4VCI and OpenID4VP. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { RECENT_SIGN_IN_SECONDS } from './citizens/citizen.ts'
import type { AppContext } from './http/app-context.ts'
import { DPOP_ALGORITHMS } from './oauth/dpop.ts'
import { openIdError } from './openid4vci/openid-errors.ts'
import { PROBLEM_STATUS, type Status } from './problem-status.ts'
import { RateFault } from './rates/rate-book.ts'
import type { Services } from './services.ts'
import { isMediumFault } from './storage/database.ts'

const TITLES: Record<Status, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}
const OPENID_PREFIXES = ['/openid/', '/openid4vp/'] as const
const RETRY_SECONDS = 60
/** An entry that was added is under a checkpoint within two seconds. */
const INTEGRATED_SECONDS = '2'

/** Answers any fault; what nobody expected is logged by its name and place, without its message. */
export function answerFault(services: Services, error: unknown, context: AppContext): Response {
  const { code, detail } = describe(error)
  services.metrics.countFault(code)
  if (code === 'http/internal') logUnexpected(services, error, context)
  const response = OPENID_PREFIXES.some((prefix) => context.req.path.startsWith(prefix))
    ? openIdAnswer(code, context.req.path)
    : problemAnswer({ code, detail, requestId: context.get('requestId') })
  if (error instanceof RateFault) {
    response.headers.set('Retry-After', String(error.retryAfterSeconds))
  }
  return response
}

/** A problem document; `type` is a URN made of the code. */
export function problemAnswer(problem: {
  readonly code: ErrorCode
  readonly detail?: string | undefined
  readonly requestId?: string | undefined
}): Response {
  const status = PROBLEM_STATUS[problem.code]
  const body = {
    type: `urn:onetrip:problem:${problem.code}`,
    title: TITLES[status],
    status,
    code: problem.code,
    detail: problem.detail,
    requestId: problem.requestId,
  }
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  })
  if (status === 401) headers.set('WWW-Authenticate', challengeFor(problem.code))
  if (status === 429 || status === 503) headers.set('Retry-After', String(RETRY_SECONDS))
  if (problem.code === 'log/no-entry') headers.set('Retry-After', INTEGRATED_SECONDS)
  return new Response(JSON.stringify(body), { status, headers })
}

/** RFC 6750 §3; RFC 9470 §3 where whoever asks is known, and has to sign in anew. */
function challengeFor(code: ErrorCode): string {
  const challenge = 'Bearer realm="onetrip"'
  if (code !== 'sign-in/not-recent') return challenge
  const error = 'error="insufficient_user_authentication"'
  return `${challenge}, ${error}, max_age="${RECENT_SIGN_IN_SECONDS}"`
}

function openIdAnswer(code: ErrorCode, path: string): Response {
  const { error, status } = openIdError(code, path)
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  // Either kind of token (RFC 6750 §3, RFC 9449 §7.1).
  if (status === 401) {
    headers.append('WWW-Authenticate', `Bearer error="${error}"`)
    headers.append('WWW-Authenticate', `DPoP error="${error}", algs="${DPOP_ALGORITHMS.join(' ')}"`)
  }
  if (status === 429 || status === 503) headers.set('Retry-After', String(RETRY_SECONDS))
  return new Response(JSON.stringify({ error, code }), { status, headers })
}

function describe(error: unknown): { readonly code: ErrorCode; readonly detail?: string } {
  if (error instanceof Fault) {
    return error.message === error.code
      ? { code: error.code }
      : { code: error.code, detail: error.message }
  }
  if (isMediumFault(error)) return { code: 'storage/unavailable' }
  return { code: 'http/internal' }
}

function logUnexpected(services: Services, error: unknown, context: AppContext): void {
  const known = error instanceof Error ? error : undefined
  // Only the frames, without folders: an error's message may hold a received value.
  const lines = (known?.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const frames = lines.slice(0, 4).map((line) => line.trim().replace(/[^\s(]*\//, ''))
  services.log('http/unexpected', {
    requestId: context.get('requestId') ?? '',
    name: known?.name ?? typeof error,
    frames: frames.join(' | '),
  })
}
