/**
 * Who a request speaks for: a citizen who signed in with the identity provider, by the session cookie of a browser at the API
 * origin or by the bearer of a wallet. Ports are not cookie boundaries: a page of the wallet's or the counter's origin would bring
 * the cookie along, so a request with a cookie changes something only from the API's own pages (Fetch §3.2, Fetch Metadata §2).
 */
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { bearerSecret } from '../actors/api-keys.ts'
import type { AppContext } from '../http/app-context.ts'
import { readCookie } from '../http/cookies.ts'
import { isChange } from '../http/origins.ts'
import type { Services } from '../services.ts'
import { findSession } from '../sessions/sessions.ts'

/** Name of the cookie that holds a browser's session, before its prefix. */
export const SESSION_COOKIE = 'onetrip-session'

/**
 * How long ago somebody may have signed in for what puts their licences on another phone or takes them off all (OWASP ASVS 5.0
 * §7.5.3): whoever finds a browser that was left open, or gets hold of a session, has these minutes and not its hours. Enough to
 * read a page that asks, or to move several licences one after another.
 */
export const RECENT_SIGN_IN_SECONDS = 300

const PERSON = v.strictObject({
  subject: v.string(),
  holderReference: v.string(),
  level: v.string(),
})

/** What the identity provider said of somebody whose real name it knows well enough. */
export interface Person {
  /** `sub` at the identity provider. */
  readonly subject: string
  /** What stands as `holderReference` in the licences that are theirs. */
  readonly holderReference: string
  /** How well the provider knows the real name, in its own terms; one of those that this server accepts. */
  readonly level: string
}

/** A citizen who is signed in. */
export interface Citizen extends Person {
  /** When they signed in, Unix seconds. */
  readonly signedInAt: number
  /** Hash of the session's id, by which it is ended. */
  readonly session: string
}

/**
 * The citizen a request speaks for; undefined where nobody is signed in. Throws `http/origin` for a change that comes with a
 * cookie from anywhere but the API's own pages.
 */
export async function authenticateCitizen(
  services: Services,
  context: AppContext,
): Promise<Citizen | undefined> {
  const bearer = bearerSecret(context.req.header('Authorization'))
  const cookie = readCookie(services.config, context, SESSION_COOKIE)
  if (bearer === undefined && cookie === undefined) return undefined
  const row =
    bearer === undefined
      ? await findSession(services, 'cookie', cookie)
      : await findSession(services, 'bearer', bearer)
  if (row === undefined) return undefined
  if (row.carrier === 'cookie') assertOwnPage(services, context)
  return {
    ...parsePerson(row.person),
    signedInAt: row.signed_in_at,
    session: row.hash,
  }
}

/** Whether a request says that it is somebody's: one that does not guesses nothing. */
export function bringsSession({ config }: Pick<Services, 'config'>, context: AppContext): boolean {
  const cookie = readCookie(config, context, SESSION_COOKIE)
  return context.req.header('Authorization') !== undefined || cookie !== undefined
}

/** Whether a citizen signed in less than {@link RECENT_SIGN_IN_SECONDS} ago. */
export function isRecent({ now }: Pick<Services, 'now'>, citizen: Citizen): boolean {
  return now() - citizen.signedInAt < RECENT_SIGN_IN_SECONDS
}

/**
 * Throws `sign-in/level` unless the provider knows the citizen's real name well enough to apply for something from home; at the
 * counter somebody looks at them.
 */
export function assertMayApply(
  { relyingParty }: Pick<Services, 'relyingParty'>,
  { level }: Pick<Citizen, 'level'>,
): void {
  if (relyingParty?.applyLevels.includes(level) !== true) throw fault('sign-in/level')
}

/** A person as stored with a session or a code. */
export function parsePerson(text: string): Person {
  return v.parse(PERSON, JSON.parse(text))
}

function assertOwnPage({ config }: Services, context: AppContext): void {
  if (!isChange(context.req.method)) return
  const isOwn =
    context.req.header('Origin') === config.apiOrigin ||
    context.req.header('Sec-Fetch-Site') === 'same-origin'
  if (!isOwn) throw fault('http/origin')
}
