/**
 * Citizens sign in: the browser goes to the identity provider and comes back, and the sign-in ends where it was begun for. No address
 * of a request is ever redirected to: the goal is the wallet's configured origin, or a path that a route of this server named.
 */
import { type ErrorCode, Fault, fault } from '@onetrip/codec'
import * as v from 'valibot'
import type { AppContext } from '../http/app-context.ts'
import { cookieLine } from '../http/cookies.ts'
import {
  beginAttempt,
  clearedAttempt,
  isOwnPath,
  redirect,
  type SignInKind,
  takeAttempt,
} from '../openid-connect/sign-in-attempt.ts'
import type { Services } from '../services.ts'
import { SESSION_LIFE } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'
import { type Person, SESSION_COOKIE } from './citizen.ts'
import { signIn } from './citizen-acts.ts'
import type { RelyingParty } from './relying-party.ts'
import { makeWalletCode } from './wallet-code.ts'

const CITIZENS: SignInKind = { name: 'onetrip-sign-in' }
/** SHA-256 in base64url. */
const CHALLENGE = /^[\w-]{43}$/

const GOAL: v.GenericSchema<unknown, SignInGoal> = v.variant('kind', [
  v.strictObject({ kind: v.literal('wallet'), challenge: v.pipe(v.string(), v.regex(CHALLENGE)) }),
  v.strictObject({ kind: v.literal('page'), path: v.pipe(v.string(), v.check(isOwnPath)) }),
])

/**
 * Where a sign-in leads. `wallet`: a one-time code in the fragment of the wallet's address, for whoever knows what `challenge` is the
 * SHA-256 of (base64url). `page`: a session of this browser, and on to a path of this origin.
 */
export type SignInGoal =
  | { readonly kind: 'wallet'; readonly challenge: string }
  | { readonly kind: 'page'; readonly path: string }

/**
 * Sends the browser to the identity provider. Throws `http/not-found` where citizens do not sign in here, `input/invalid` for a
 * malformed challenge, `sign-in/unavailable`. `TypeError` for a path that leads elsewhere.
 */
export async function beginSignIn(services: Services, goal: SignInGoal): Promise<Response> {
  const party = partyOf(services)
  if (!v.safeParse(GOAL, goal).success) {
    if (goal.kind === 'wallet') throw fault('input/invalid', 'at fault: challenge')
    throw new TypeError('sign-in: not a path of this origin')
  }
  const { authorize } = party
  return beginAttempt(services, CITIZENS, { goal: JSON.stringify(goal), authorize })
}

/**
 * Takes the browser back from the provider, once. Whatever went wrong with a wallet's sign-in is told to the wallet by its code;
 * for a page, throws `sign-in/refused`, `sign-in/level`, `sign-in/unavailable`. A sign-in that was not begun in this browser, is
 * over or was finished is `sign-in/state`, told to the wallet.
 */
export async function finishSignIn(services: Services, context: AppContext): Promise<Response> {
  const party = partyOf(services)
  const cleared = clearedAttempt(services, CITIZENS)
  const taken = await takeAttempt(services, CITIZENS, context)
  if (taken === undefined) return toWallet(services, 'sign-in/state', [cleared])
  const goal = v.parse(GOAL, JSON.parse(taken.goal))
  try {
    const { search } = new URL(context.req.url)
    const person = await party.finish(search, taken.secrets)
    return await reach(services, goal, person, cleared)
  } catch (error) {
    if (goal.kind === 'page' || !(error instanceof Fault)) throw error
    return toWallet(services, error.code, [cleared])
  }
}

/** Tells the wallet that nobody was signed in, and why. */
export function toWallet(
  { config }: Pick<Services, 'config'>,
  code: ErrorCode,
  cookies: readonly string[] = [],
): Response {
  return redirect(`${config.walletOrigin}/#sign_in_refused=${encodeURIComponent(code)}`, cookies)
}

async function reach(
  services: Services,
  goal: SignInGoal,
  person: Person,
  cleared: string,
): Promise<Response> {
  const { config, storage } = services
  if (goal.kind === 'wallet') {
    const code = await makeWalletCode(services, { person, challenge: goal.challenge })
    return redirect(`${config.walletOrigin}/#sign_in_code=${code}`, [cleared])
  }
  const session = await transact(storage, (transaction) =>
    signIn(services, transaction, {
      carrier: 'cookie',
      subject: person.subject,
      person: JSON.stringify(person),
    }),
  )
  const maxAgeSeconds = SESSION_LIFE.cookie.seconds
  const cookie = cookieLine(config, { name: SESSION_COOKIE, value: session.id, maxAgeSeconds })
  return redirect(config.apiOrigin + goal.path, [cleared, cookie])
}

function partyOf({ relyingParty }: Pick<Services, 'relyingParty'>): RelyingParty {
  if (relyingParty === undefined) throw fault('http/not-found')
  return relyingParty
}
