/** What the agency's server says of the person who signed in, and what they ask of it (`/api/my`). */
import { type ErrorCode, fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import type { DisplayText } from '@onetrip/credential'
import { fetchJson, type Http } from '@onetrip/ui'
import { LICENCE_ENDS, type LicenceEnd } from '../licence-end.ts'

const MAX_ANSWER_BYTES = 1_048_576
const TIMEOUT_MS = 20_000
const MAX_TEXT = 512
const STATUSES = ['valid', 'suspended', 'revoked'] as const
/** What the person can be told; anything else is `network/refused`. */
const KNOWN_CODES = [
  'auth/required',
  'licence/not-found',
  'licence/revoked',
  'sign-in/not-recent',
] as const satisfies readonly ErrorCode[]

/** A licence as the agency's server lists it. */
export interface AgencyLicence {
  readonly id: string
  /** 证照标识, by which the wallet knows its own copy. */
  readonly identifier: string
  /** Type code. */
  readonly type: string
  readonly typeName: DisplayText
  readonly agency: DisplayText
  /** Its number. */
  readonly serial: string
  readonly status: (typeof STATUSES)[number]
  /** How it ended. */
  readonly endedAs?: LicenceEnd
  /** In how many wallets it is. */
  readonly copies: number
}

/** An offer for this phone with its code. */
export interface NewPhoneOffer {
  readonly uri: string
  readonly txCode: string
}

/** A connection as the person who signed in. */
export interface AgencyAccess {
  readonly apiOrigin: string
  readonly bearer: string
  readonly http: Http
}

/** Their licences. Throws `auth/required` when the session is over, `issuer/answer` and the codes of fetchJson. */
export async function fetchMyLicences(access: AgencyAccess): Promise<readonly AgencyLicence[]> {
  const { licences } = await ask(access, 'GET', '/licences')
  if (!Array.isArray(licences)) {
    throw fault('issuer/answer')
  }
  return licences.map(parseLicence)
}

/** An offer of one licence for this phone. Throws also `licence/not-found`, `licence/revoked`, `sign-in/not-recent`. */
export async function askForNewPhone(access: AgencyAccess, id: string): Promise<NewPhoneOffer> {
  const { offer, txCode } = await ask(access, 'POST', `/licences/${encodeURIComponent(id)}/rebind`)
  const members = isObject(offer) ? offer : {}
  return { uri: textOf(members['uri'], 8192), txCode: textOf(txCode) }
}

/** Revokes every copy in every wallet; gives how many licences had one. Throws also `sign-in/not-recent`. */
export async function reportPhoneLost(access: AgencyAccess): Promise<number> {
  return countOf((await ask(access, 'POST', '/phone-lost'))['licences'])
}

/** Ends this session, or all of theirs. */
export async function signOut(access: AgencyAccess, everywhere: boolean): Promise<void> {
  await ask(access, 'POST', '/sign-out', { everywhere })
}

async function ask(
  access: AgencyAccess,
  method: 'GET' | 'POST',
  path: string,
  content: JsonObject = {},
): Promise<JsonObject> {
  const { status, body } = await fetchJson(access.http, {
    url: `${access.apiOrigin}/api/my${path}`,
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${access.bearer}`,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify(content) } : {}),
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (status === 200 || status === 201) {
    return body
  }
  throw fault(KNOWN_CODES.find((code) => code === body['code']) ?? 'network/refused')
}

function parseLicence(value: JsonValue): AgencyLicence {
  const members = isObject(value) ? value : {}
  const status = STATUSES.find((known) => known === members['status'])
  if (status === undefined) {
    throw fault('issuer/answer')
  }
  // A kind that a later server knows ends it as every other does.
  const endedAs = LICENCE_ENDS.find((known) => known === members['endedAs'])
  return {
    id: textOf(members['id']),
    identifier: textOf(members['identifier']),
    type: textOf(members['type']),
    typeName: displayOf(members['typeName']),
    agency: displayOf(members['agency']),
    serial: textOf(members['serial']),
    status,
    ...(endedAs === undefined ? {} : { endedAs }),
    copies: countOf(members['copies']),
  }
}

function displayOf(value: JsonValue | undefined): DisplayText {
  const members = isObject(value) ? value : {}
  return { 'zh-CN': textOf(members['zh-CN']), en: textOf(members['en']) }
}

function textOf(value: JsonValue | undefined, maxChars = MAX_TEXT): string {
  if (typeof value !== 'string' || value === '' || value.length > maxChars) {
    throw fault('issuer/answer')
  }
  return value
}

function countOf(value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw fault('issuer/answer')
  }
  return value
}
