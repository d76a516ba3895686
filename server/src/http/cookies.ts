/**
 * Cookies of the API origin: opaque ids only. Over https their names begin with `__Host-`, so that no other host and no
 * path can set or shadow them (RFC 6265bis §4.1.3.2); the demo's http at localhost cannot have that prefix in every browser.
 */
import type { Config } from '../config.ts'
import type { AppContext } from './app-context.ts'

/** 256 bits in base64url. */
const ID = /^[\w-]{43}$/
const PREFIX = '__Host-'

/** The value of a cookie of ours, 43 base64url characters; undefined where it is absent, malformed or there twice. */
export function readCookie(
  config: Pick<Config, 'apiOrigin'>,
  context: AppContext,
  name: string,
): string | undefined {
  const prefix = `${nameOf(config, name)}=`
  const pairs = (context.req.header('Cookie') ?? '').split(';').map((pair) => pair.trim())
  const values = pairs.filter((pair) => pair.startsWith(prefix))
  const value = values[0]?.slice(prefix.length) ?? ''
  return values.length === 1 && ID.test(value) ? value : undefined
}

/** The `Set-Cookie` line of a value for so many seconds; zero takes it away. */
export function cookieLine(
  config: Pick<Config, 'apiOrigin'>,
  cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number },
): string {
  const { name, value, maxAgeSeconds } = cookie
  const line = `${nameOf(config, name)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax`
  return isSecure(config) ? `${line}; Secure` : line
}

function nameOf(config: Pick<Config, 'apiOrigin'>, name: string): string {
  return isSecure(config) ? PREFIX + name : name
}

function isSecure({ apiOrigin }: Pick<Config, 'apiOrigin'>): boolean {
  return apiOrigin.startsWith('https:')
}
