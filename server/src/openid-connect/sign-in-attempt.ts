/**
 * A sign-in under way: its id stands in a cookie of the browser that began it; state, nonce and code verifier derive from the id under a
 * key of the key store, so the database holds nothing with which a sign-in could be finished. It is finished once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { AppContext } from '../http/app-context.ts'
import { cookieLine, readCookie } from '../http/cookies.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { SignInSecrets } from './provider-client.ts'

const ID_BYTES = 32
/** How long somebody may take at the provider. */
const SIGN_IN_SECONDS = 600
/** A path on this origin: no other host can hide in it. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/

/** Whose sign-ins: `name` is that of their cookie, before its prefix, and of their key. */
export interface SignInKind {
  readonly name: string
}

/** A sign-in that came back from the provider to the browser that began it. */
export interface TakenSignIn {
  /** What it was begun for, JSON. */
  readonly goal: string
  readonly secrets: SignInSecrets
}

/** Sends the browser to the provider, whose address `authorize` makes. */
export async function beginAttempt(
  services: Services,
  kind: SignInKind,
  attempt: {
    /** JSON. */
    readonly goal: string
    readonly authorize: (secrets: SignInSecrets) => Promise<URL>
  },
): Promise<Response> {
  const id = toBase64url(services.random(ID_BYTES))
  const address = await attempt.authorize(secretsOf(services, kind, id))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('sign_in').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('sign_in')
      .values({ hash: hashSecret(id), goal: attempt.goal, expires_at: now + SIGN_IN_SECONDS })
      .execute()
  })
  const cookie = { name: kind.name, value: id, maxAgeSeconds: SIGN_IN_SECONDS }
  return redirect(address.href, [cookieLine(services.config, cookie)])
}

/** The sign-in that this browser began and the provider answers, once; undefined for any other. */
export async function takeAttempt(
  services: Services,
  kind: SignInKind,
  context: AppContext,
): Promise<TakenSignIn | undefined> {
  const id = readCookie(services.config, context, kind.name)
  if (id === undefined) return undefined
  const secrets = secretsOf(services, kind, id)
  const state = context.req.queries('state') ?? []
  // Of another sign-in, or made up: what this browser began stays as it is.
  if (state.length !== 1 || !isSame(state[0] ?? '', secrets.state)) return undefined
  const row = await transact(services.storage, (transaction) =>
    transaction
      .deleteFrom('sign_in')
      .where('hash', '=', hashSecret(id))
      .where('expires_at', '>', services.now())
      .returning('goal')
      .executeTakeFirst(),
  )
  return row === undefined ? undefined : { goal: row.goal, secrets }
}

/** The `Set-Cookie` line that takes away the cookie of a sign-in. */
export function clearedAttempt({ config }: Pick<Services, 'config'>, kind: SignInKind): string {
  return cookieLine(config, { name: kind.name, value: '', maxAgeSeconds: 0 })
}

/** Whether this is a path of the origin that it is used at, wherever it came from. */
export function isOwnPath(path: string): boolean {
  return OWN_PATH.test(path)
}

/** A redirection (303) that no cache keeps. */
export function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: location, 'Cache-Control': 'no-store' })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

function secretsOf(
  { keys }: Pick<Services, 'keys'>,
  { name }: SignInKind,
  id: string,
): SignInSecrets {
  const derived = (purpose: string): string =>
    createHmac('sha256', keys.secret(name)).update(`${purpose}/${id}`).digest('base64url')
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') }
}

function isSame(received: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(received)), Buffer.from(hashSecret(expected)))
}
