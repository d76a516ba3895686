/**
 * The answer of OpenID4VP 1.0 (§8): `vp_token` by ids of the query, each with a list of presentations; posted as form, plain or
 * as a JWE. Reading opens no presentation.
 */
import {
  encodeJson,
  encryptJwe,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  utf8Encode,
} from '@onetrip/codec'
import { QUERY_LIMITS } from './openid4vp-query.ts'
import type { VpRequest } from './openid4vp-request.ts'

/** A presentation and the credential of the query that it answers. */
export interface VpPart {
  readonly queryId: string
  /** SD-JWT VC with KB-JWT. */
  readonly presentation: string
}

/** Largest `vp_token` in UTF-16 units, and most values in it. */
export const VP_TOKEN_LIMITS = { maxBytes: 131_072, maxItems: 4096 } as const

/** Members of a form; the names are those of the standard. */
export type VpForm = Readonly<Record<string, string>>

/** The form that answers a request, encrypted where the request asks for it. `TypeError` for nothing. */
export async function buildVpResponse(
  request: Pick<VpRequest, 'state' | 'encryption'>,
  parts: readonly VpPart[],
): Promise<VpForm> {
  if (parts.length === 0) throw new TypeError('nothing is answered')
  const { state, encryption } = request
  const token = Object.fromEntries(parts.map((part) => [part.queryId, [part.presentation]]))
  const stated = state === undefined ? {} : { state }
  if (encryption === undefined) return { vp_token: encodeJson(token), ...stated }
  const [recipient] = encryption.keys
  const [dearest] = encryption.encryptions
  if (recipient === undefined || dearest === undefined) throw new TypeError('no key to encrypt to')
  const plaintext = utf8Encode(encodeJson({ vp_token: token, ...stated }))
  return { response: await encryptJwe({ plaintext, recipient, encryption: dearest }) }
}

/** The form that declines a request (§8.5). */
export function declineVpRequest({ state }: Pick<VpRequest, 'state'>): VpForm {
  return { error: 'access_denied', ...(state === undefined ? {} : { state }) }
}

/**
 * Reads a `vp_token`, which is an object (in a form its JSON text is parsed first): one presentation for each id, since nothing
 * is asked of which several are wanted. Throws `answer/format`, `json/*`.
 */
export function parseVpToken(token: JsonValue | undefined): readonly VpPart[] {
  const object = typeof token === 'string' ? parseJson(token) : token
  if (!isObject(object)) throw fault('answer/format')
  const ids = Object.keys(object)
  if (ids.length === 0 || ids.length > QUERY_LIMITS.credentials) throw fault('answer/format')
  return ids.map((queryId) => ({ queryId, presentation: onlyText(object, queryId) }))
}

/**
 * The text of a `vp_token` in its one form, whatever it was sent as: ids ascending, no white space; each presentation stands in it as it
 * was shown. What receipts name.
 */
export function vpTokenText(parts: readonly VpPart[]): string {
  const members = ascending(parts).map(
    ({ queryId, presentation }) => `${encodeJson(queryId)}:${encodeJson([presentation])}`,
  )
  return `{${members.join(',')}}`
}

/** Reads such a text, ids ascending. Throws as {@link parseVpToken}. */
export function parseVpTokenText(text: string): readonly VpPart[] {
  return ascending(parseVpToken(parseJson(text, VP_TOKEN_LIMITS)))
}

/** Whether a text is a `vp_token`, before anything of it is read: no code, and no presentation, begins so. */
export function isVpTokenText(text: string): boolean {
  return text.startsWith('{')
}

function ascending(parts: readonly VpPart[]): readonly VpPart[] {
  return parts.toSorted((one, other) => (one.queryId < other.queryId ? -1 : 1))
}

function onlyText(token: JsonObject, id: string): string {
  const presentations = token[id]
  if (!Array.isArray(presentations) || presentations.length !== 1) throw fault('answer/format')
  const [only]: readonly JsonValue[] = presentations
  if (typeof only !== 'string') throw fault('answer/format')
  return only
}
