/** What values of configuration variables may be, each by itself. */
import { readFileSync } from 'node:fs'
import { isObject, type PublicKey, parseJson, publicKeyFromJwk } from '@onetrip/codec'
import { parseWitnessList, type WitnessService } from '@onetrip/log'
import * as v from 'valibot'
import { isOrigin } from './origin-list.ts'

const MAX_TSA_MILLISECONDS = 60_000

/** A port, with room for two more above it; 0 for any. */
export const PORT: v.GenericSchema<string, number> = v.pipe(
  v.string(),
  v.regex(/^[0-9]{1,5}$/, 'must be a port number'),
  v.transform(Number),
  v.minValue(0, 'must be a port number'),
  v.maxValue(65533, 'must leave room for two more ports'),
)
/** Any text. */
export const TEXT: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
)
/** An origin. */
export const ORIGIN: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.check(isOrigin, 'must be an origin such as https://api.example.cn'),
)

/** An address to call. */
export const HTTP_ADDRESS: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.check(isHttpAddress, 'must be an http or https address without name, password or fragment'),
)
/** An issuer identifier (OpenID Connect Core 1.0 §1.2). */
export const ISSUER: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.check(
    (text) => isHttpAddress(text) && new URL(text).search === '',
    'must be an issuer identifier such as https://login.example.cn',
  ),
)
/** What is asked of an identity provider (OpenID Connect Core 1.0 §3.1.2.1). */
export const SCOPE: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.regex(/^openid( [\w:./-]+)*$/, 'must begin with openid'),
)
/** How well an identity provider may know somebody. */
export const LEVELS: v.GenericSchema<string, readonly string[]> = v.pipe(
  v.string(),
  v.transform((list) => list.split(',').map((level) => level.trim())),
  v.check((list) => !list.includes(''), 'must be levels, separated by commas'),
)
/** How long a time-stamp may take. */
export const TSA_MILLISECONDS: v.GenericSchema<string, number> = v.pipe(
  v.string(),
  v.regex(/^[1-9][0-9]{0,4}$/, 'must be milliseconds'),
  v.transform(Number),
  v.maxValue(MAX_TSA_MILLISECONDS, `must be at most ${MAX_TSA_MILLISECONDS}`),
)

/** RFC 8252 §7: https, this machine, or a scheme of an app's own, which has a full stop in it. */
const REDIRECT =
  /^(https:\/\/|http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]|[a-z][a-z0-9-]*\.[a-z0-9.-]+:)/
/** Pairs of client identifier and redirect address. */
export const WALLETS: v.GenericSchema<string, readonly (readonly string[])[]> = v.pipe(
  v.string(),
  v.transform((list) => list.split(',').map((pair) => pair.trim().split(/ +/))),
  v.check(
    (pairs) => pairs.every((pair) => pair.length === 2 && isRedirect(pair[1] ?? '')),
    'must be pairs of client identifier and redirect address, separated by commas',
  ),
)

/** A file with a JWK set. */
export const KEY_SET: v.GenericSchema<string, readonly PublicKey[]> = fileOf(
  'a JWK set',
  readKeySet,
)
/** A file with witnesses. */
export const WITNESSES: v.GenericSchema<string, readonly WitnessService[]> = fileOf(
  'a list of witnesses',
  parseWitnessList,
)
/** A day, as the Unix seconds at which it begins in UTC. */
export const DAY: v.GenericSchema<string, number> = v.pipe(
  v.string(),
  v.isoDate('must be a day such as 2026-11-20'),
  v.transform((day) => Date.parse(day) / 1000),
)
/** How many witnesses. */
export const QUORUM: v.GenericSchema<string, number> = v.pipe(
  v.string(),
  v.regex(/^[0-9]{1,2}$/, 'must be a number of witnesses'),
  v.transform(Number),
)

/** Whether what is said to this address stays between the two: https, and in the demo this machine. */
export function isConfidential({ protocol, hostname }: URL, mode: 'demo' | 'production'): boolean {
  return protocol === 'https:' || (mode === 'demo' && hostname === 'localhost')
}

/** The path of a file whose content `read` understands. */
function fileOf<Content>(
  what: string,
  read: (bytes: Uint8Array) => Content,
): v.GenericSchema<string, Content> {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }): Content => {
      try {
        return read(readFileSync(dataset.value))
      } catch {
        addIssue({ message: `must name a file with ${what}` })
        return NEVER
      }
    }),
  )
}

function readKeySet(bytes: Uint8Array): readonly PublicKey[] {
  const set = parseJson(bytes)
  const keys = isObject(set) ? set['keys'] : undefined
  if (!Array.isArray(keys)) throw new TypeError('not a JWK set')
  return keys.map((jwk) => publicKeyFromJwk(isObject(jwk) ? jwk : {}))
}

function isRedirect(text: string): boolean {
  return REDIRECT.test(text) && URL.canParse(text) && new URL(text).hash === ''
}

function isHttpAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hash } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === ''
}
