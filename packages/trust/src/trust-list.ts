/**
 * The trust list: who may issue what, with which keys, from when to when (ARCHITECTURE §5). It is a target of the offline
 * role `targets`; the role's signatures are the list's.
 */
import { equalBytes, fault, type JsonObject, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { isTypeCode, isUscc } from '@onetrip/credential'
import { type KeyLife, type LoggedBelow, parseKeyLife } from './key-life.ts'
import {
  type OfficeKey,
  parseOfficeKeys,
  parseSealMakerKeys,
  type SealMakerKey,
} from './owner-keys.ts'
import { parseTimeStampers, type TimeStamper } from './time-stampers.ts'
import {
  arrayOf,
  assertMembers,
  assertUnique,
  objectOf,
  parseName,
  textOf,
} from './trust-list-members.ts'
import { parseLogs, type TrustedLog } from './trusted-logs.ts'

/** `kind` of the document. */
export const TRUST_LIST_KIND = 'onetrip-trust-list'

/** A name in both languages. */
export interface DisplayName {
  readonly 'zh-CN': string
  readonly en: string
}

/** What an agency's key may sign: credentials or status lists, never both. */
export type KeyUse = 'issue' | 'status'

/** A key of an agency. */
export interface AgencyKey extends KeyLife {
  readonly use: KeyUse
  /** Type codes (21 characters) it may issue; always there for `issue`, never for `status`. */
  readonly types?: readonly string[]
}

/** An agency that issues licences. */
export interface Agency {
  /** Unified social credit code, 18 characters. */
  readonly id: string
  readonly name: DisplayName
  /** `iss` of its SD-JWT VCs. */
  readonly issuerUrl: string
  readonly keys: readonly AgencyKey[]
}

/** An office where licences are shown. */
export interface Office {
  readonly id: string
  readonly name: DisplayName
  /** Empty where the list names none. */
  readonly keys: readonly OfficeKey[]
}

/** Who makes seals for organisations, and states them. */
export interface SealMaker {
  /** Unified social credit code, 18 characters. */
  readonly id: string
  readonly name: DisplayName
  readonly keys: readonly SealMakerKey[]
}

/** A parsed trust list. */
export interface TrustList {
  readonly environment: string
  readonly agencies: readonly Agency[]
  readonly offices: readonly Office[]
  /** Empty where the list names none. */
  readonly sealMakers: readonly SealMaker[]
  /** Empty where the list names none. */
  readonly timeStampers: readonly TimeStamper[]
  /** Empty where the list names none. */
  readonly logs: readonly TrustedLog[]
}

const FORMAT = 2
const MEMBERS = {
  list: {
    required: ['kind', 'format', 'environment', 'agencies', 'offices'],
    optional: ['sealMakers', 'timeStampers', 'logs'],
  },
  agency: { required: ['id', 'name', 'issuerUrl', 'keys'] },
  key: {
    required: ['jwk', 'use', 'notBefore', 'notAfter'],
    optional: ['types', 'revokedFrom', 'loggedBelow', 'log'],
  },
  owner: { required: ['id', 'name'], optional: ['keys'] },
} as const

const USES: ReadonlyMap<JsonValue | undefined, KeyUse> = new Map([
  ['issue', 'issue'],
  ['status', 'status'],
])
const ISSUER_URL = /^https?:\/\/[\x21-\x7e]{1,504}$/

/**
 * Reads a trust list strictly: members that are not named here are refused.
 * Throws trust/format, key/format (also for a private key), key/weak, algorithm/not-allowed (P-384), time/format, note/key.
 */
export function parseTrustList(json: JsonValue): TrustList {
  const list = objectOf(json)
  assertMembers(list, MEMBERS.list)
  if (list['kind'] !== TRUST_LIST_KIND || list['format'] !== FORMAT) throw fault('trust/format')
  const logs = parseLogs(list['logs'])
  const agencies = arrayOf(list['agencies']).map((agency) => parseAgency(agency, logs))
  const offices = arrayOf(list['offices']).map((office) => parseOwner(office, parseOfficeKeys))
  const sealMakers = arrayOf(list['sealMakers'] ?? []).map((maker) =>
    parseOwner(maker, parseSealMakerKeys),
  )
  assertUnique(agencies.map((agency) => agency.id))
  assertUnique(agencies.map((agency) => agency.issuerUrl))
  for (const owners of [offices, sealMakers]) assertUnique(owners.map(({ id }) => id))
  return {
    environment: textOf(list['environment']),
    agencies,
    offices,
    sealMakers,
    timeStampers: parseTimeStampers(list['timeStampers']),
    logs,
  }
}

/** Every key of an agency, an office or a seal maker with this 8-byte `kid`: two may share one, and each has to be tried. */
export function keysByKid<Key extends KeyLife>(
  owner: { readonly keys: readonly Key[] },
  kid: Uint8Array,
): readonly Key[] {
  return owner.keys.filter((entry) => equalBytes(entry.key.kid, kid))
}

function parseAgency(json: JsonValue, logs: readonly TrustedLog[]): Agency {
  const agency = objectOf(json)
  assertMembers(agency, MEMBERS.agency)
  const id = textOf(agency['id'])
  const issuerUrl = textOf(agency['issuerUrl'])
  if (!isUscc(id) || !ISSUER_URL.test(issuerUrl)) throw fault('trust/format')
  const keys = arrayOf(agency['keys']).map((key) => parseAgencyKey(key, logs))
  // Of two entries for one key the first would decide, whatever the other says of its end or revocation.
  assertUnique(keys.map(({ key }) => jwkThumbprint(key)))
  return {
    id,
    name: parseName(agency['name']),
    issuerUrl,
    keys,
  }
}

function parseAgencyKey(json: JsonValue, logs: readonly TrustedLog[]): AgencyKey {
  const entry = objectOf(json)
  assertMembers(entry, MEMBERS.key)
  const use = USES.get(entry['use'])
  // An issuing key that names no types could be read as one that may issue any.
  if (use === undefined || (use === 'issue') !== (entry['types'] !== undefined)) {
    throw fault('trust/format')
  }
  return { use, ...parseKeyTypes(entry), ...parseKeyLife(entry), ...parseLogged(entry, logs) }
}

/** `loggedBelow` beside `revokedFrom`, and in which log, where there are several. */
function parseLogged(
  entry: JsonObject,
  logs: readonly TrustedLog[],
): { readonly logged?: LoggedBelow } {
  const { loggedBelow: index, log: name } = entry
  if (index === undefined && name === undefined) return {}
  const log = name === undefined && logs.length === 1 ? logs[0]?.name : textOf(name)
  const isOfRevoked = entry['use'] === 'issue' && entry['revokedFrom'] !== undefined
  if (!isOfRevoked || !logs.some((known) => known.name === log)) throw fault('trust/format')
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) {
    throw fault('trust/format')
  }
  return { logged: { log: log ?? '', index } }
}

function parseKeyTypes(entry: JsonObject): { readonly types?: readonly string[] } {
  if (entry['types'] === undefined) return {}
  const types = arrayOf(entry['types']).map(textOf)
  if (!types.every(isTypeCode)) throw fault('trust/format')
  assertUnique(types)
  return { types }
}

/** An office or a seal maker, by how its keys are read. */
function parseOwner<Key>(
  json: JsonValue,
  parseKeys: (json: JsonValue | undefined) => readonly Key[],
): {
  readonly id: string
  readonly name: DisplayName
  readonly keys: readonly Key[]
} {
  const owner = objectOf(json)
  assertMembers(owner, MEMBERS.owner)
  const id = textOf(owner['id'])
  if (!isUscc(id)) throw fault('trust/format')
  return { id, name: parseName(owner['name']), keys: parseKeys(owner['keys']) }
}
