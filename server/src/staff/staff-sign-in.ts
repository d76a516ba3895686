/** Members of staff sign in with the identity provider of the console: code flow into a session of this browser, and back to the console. */
import { type ErrorCode, Fault, fault } from '@onetrip/codec'
import * as v from 'valibot'
import { hashSecret } from '../actors/api-keys.ts'
import type { AppContext } from '../http/app-context.ts'
import { cookieLine, readCookie } from '../http/cookies.ts'
import type { Freshness, ProviderClient } from '../openid-connect/provider-client.ts'
import {
  beginAttempt,
  clearedAttempt,
  isOwnPath,
  redirect,
  type SignInKind,
  takeAttempt,
} from '../openid-connect/sign-in-attempt.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { keepPerson } from './own-matter.ts'
import { openStaffSession, STAFF_COOKIE, STAFF_SESSION_LIFE } from './staff-sessions.ts'

/** Where the console stands at the API origin. */
export const CONSOLE_PATH = '/console/'

const STAFF: SignInKind = { name: 'onetrip-staff-sign-in' }
/** Somebody who is signed in at the provider need not do so again, within the life of a session. */
const KNOWN: Freshness = { maxAgeSeconds: STAFF_SESSION_LIFE.seconds, isAnew: false }
/** Before what seals, revokes or gives rights: whoever finds a browser that was left open is asked. */
const ANEW: Freshness = { maxAgeSeconds: 60, isAnew: true }

const GOAL = v.strictObject({
  path: v.pipe(v.string(), v.maxLength(512), v.check(isConsolePath)),
  anew: v.boolean(),
})
const CLAIMS = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  auth_time: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

/** What for. */
export interface StaffSignIn {
  /** A path of the console to come back to. */
  readonly path: string
  /** Whether the provider has to authenticate them anew. */
  readonly anew: boolean
}

/** Sends the browser to the provider. Throws `http/not-found` where staff do not sign in here, `input/invalid`, `sign-in/unavailable`. */
export async function beginStaffSignIn(services: Services, goal: StaffSignIn): Promise<Response> {
  const provider = providerOf(services)
  if (!v.is(GOAL, goal)) throw fault('input/invalid', 'at fault: to')
  return beginAttempt(services, STAFF, {
    goal: JSON.stringify(goal),
    authorize: (secrets) => provider.authorize(secrets, freshnessOf(goal)),
  })
}

/**
 * Takes the browser back from the provider, once, into a session of its own; the one that this browser had before ends. Whatever goes
 * wrong is told to the console by its code: `staff/not-a-member`, `sign-in/state`, `sign-in/refused`, `sign-in/unavailable`.
 */
export async function finishStaffSignIn(
  services: Services,
  context: AppContext,
): Promise<Response> {
  const provider = providerOf(services)
  const cleared = clearedAttempt(services, STAFF)
  const taken = await takeAttempt(services, STAFF, context)
  if (taken === undefined) return toConsole(services, 'sign-in/state', [cleared])
  const goal = v.parse(GOAL, JSON.parse(taken.goal))
  try {
    const { search } = new URL(context.req.url)
    const claims = await provider.finish(search, taken.secrets, freshnessOf(goal))
    const secret = await signIn(services, context, { issuer: provider.issuer, claims })
    const cookie = { name: STAFF_COOKIE, value: secret, maxAgeSeconds: STAFF_SESSION_LIFE.seconds }
    const { config } = services
    return redirect(config.apiOrigin + goal.path, [cleared, cookieLine(config, cookie)])
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return toConsole(services, error.code, [cleared])
  }
}

/** Tells the console that nobody was signed in, and why. */
export function toConsole(
  { config }: Pick<Services, 'config'>,
  code: ErrorCode,
  cookies: readonly string[] = [],
): Response {
  const reason = `#sign_in_refused=${encodeURIComponent(code)}`
  return redirect(config.apiOrigin + CONSOLE_PATH + reason, cookies)
}

async function signIn(
  services: Services,
  context: AppContext,
  from: { readonly issuer: string; readonly claims: ReadonlyMap<string, unknown> },
): Promise<string> {
  const claims = v.safeParse(CLAIMS, Object.fromEntries(from.claims))
  if (!claims.success) throw fault('sign-in/refused')
  const { sub, auth_time: saidAt } = claims.output
  return transact(services.storage, async (transaction) => {
    const member = await transaction
      .selectFrom('staff')
      .select(['id', 'actor_id', 'agency_id'])
      .where('issuer', '=', from.issuer)
      .where('subject', '=', sub)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (member === undefined) throw fault('staff/not-a-member')
    await endFormer(services, transaction, context)
    await keepPerson(services, transaction, { member, claims: from.claims })
    // A provider whose clock is ahead gives nobody more time.
    const authenticatedAt = Math.min(saidAt, services.now())
    return openStaffSession(services, transaction, { member, authenticatedAt })
  })
}

async function endFormer(
  { config }: Services,
  transaction: StorageTransaction,
  context: AppContext,
): Promise<void> {
  const former = readCookie(config, context, STAFF_COOKIE)
  if (former === undefined) return
  await transaction.deleteFrom('staff_session').where('hash', '=', hashSecret(former)).execute()
}

function isConsolePath(path: string): boolean {
  return path.startsWith(CONSOLE_PATH) && isOwnPath(path)
}

function freshnessOf({ anew }: StaffSignIn): Freshness {
  return anew ? ANEW : KNOWN
}

function providerOf({ staffProvider }: Pick<Services, 'staffProvider'>): ProviderClient {
  if (staffProvider === undefined) throw fault('http/not-found')
  return staffProvider
}
