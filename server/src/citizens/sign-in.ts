/**
 * Signing in: the browser goes to the identity provider and comes back, and the sign-in ends where it was begun for. Its id stands in
 * a cookie; state, nonce and code verifier derive from it under a key of the key store, so the database holds nothing with which a
 * sign-in could be finished. No address of a request is ever redirected to: the goal is the wallet's configured origin, or a path
 * that a route of this server named.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type ErrorCode, Fault, fault, toBase64url } from '@onetrip/codec'
import * as v from 'valibot'
import { hashSecret } from '../actors/api-keys.ts'
import type { AppContext } from '../http/app-context.ts'
import { cookieLine, readCookie } from '../http/cookies.ts'
import type { Services } from '../services.ts'
import { SESSION_LIFE } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'
import { type Person, SESSION_COOKIE } from './citizen.ts'
import { signIn } from './citizen-acts.ts'
import type { RelyingParty, SignInSecrets } from './relying-party.ts'
import { makeWalletCode } from './wallet-code.ts'

const COOKIE = 'onetrip-sign-in'
const ID_BYTES = 32
/** How long somebody may take at the provider. */
const SIGN_IN_SECONDS = 600
/** A path on this origin: no other host can hide in it. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/
/** SHA-256 in base64url. */
const CHALLENGE = /^[\w-]{43}$/

const GOAL: v.GenericSchema<unknown, SignInGoal> = v.variant('kind', [
  v.strictObject({ kind: v.literal('wallet'), challenge: v.pipe(v.string(), v.regex(CHALLENGE)) }),
  v.strictObject({ kind: v.literal('page'), path: v.pipe(v.string(), v.regex(OWN_PATH)) }),
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
  const id = toBase64url(services.random(ID_BYTES))
  const address = await party.authorize(secretsOf(services, id))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('sign_in').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('sign_in')
      .values({
        hash: hashSecret(id),
        goal: JSON.stringify(goal),
        expires_at: now + SIGN_IN_SECONDS,
      })
      .execute()
  })
  const cookie = { name: COOKIE, value: id, maxAgeSeconds: SIGN_IN_SECONDS }
  return redirect(address.href, [cookieLine(services.config, cookie)])
}

/**
 * Takes the browser back from the provider, once. Whatever went wrong with a wallet's sign-in is told to the wallet by its code;
 * for a page, throws `sign-in/refused`, `sign-in/level`, `sign-in/unavailable`. A sign-in that was not begun in this browser, is
 * over or was finished is `sign-in/state`, told to the wallet.
 */
export async function finishSignIn(services: Services, context: AppContext): Promise<Response> {
  const party = partyOf(services)
  const cleared = cookieLine(services.config, { name: COOKIE, value: '', maxAgeSeconds: 0 })
  const id = readCookie(services.config, context, COOKIE)
  const goal = id === undefined ? undefined : await takeGoal(services, context, id)
  if (id === undefined || goal === undefined) return toWallet(services, 'sign-in/state', [cleared])
  try {
    const { search } = new URL(context.req.url)
    const person = await party.finish(search, secretsOf(services, id))
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

/** The goal of the sign-in that this browser began and the provider answers; it is taken once. */
async function takeGoal(
  services: Services,
  context: AppContext,
  id: string,
): Promise<SignInGoal | undefined> {
  const state = context.req.queries('state') ?? []
  // Of another sign-in, or made up: what this browser began stays as it is.
  if (state.length !== 1 || !isSame(state[0] ?? '', secretsOf(services, id).state)) return undefined
  const row = await transact(services.storage, (transaction) =>
    transaction
      .deleteFrom('sign_in')
      .where('hash', '=', hashSecret(id))
      .where('expires_at', '>', services.now())
      .returning('goal')
      .executeTakeFirst(),
  )
  return row === undefined ? undefined : v.parse(GOAL, JSON.parse(row.goal))
}

function secretsOf({ keys }: Pick<Services, 'keys'>, id: string): SignInSecrets {
  const derived = (purpose: string): string =>
    createHmac('sha256', keys.secret('sign-in')).update(`${purpose}/${id}`).digest('base64url')
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') }
}

function partyOf({ relyingParty }: Pick<Services, 'relyingParty'>): RelyingParty {
  if (relyingParty === undefined) throw fault('http/not-found')
  return relyingParty
}

function isSame(received: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(received)), Buffer.from(hashSecret(expected)))
}

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: location, 'Cache-Control': 'no-store' })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}
