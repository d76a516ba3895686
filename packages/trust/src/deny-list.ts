/**
 * The deny list: keys and devices that count for nothing from a time on, whatever else the trust data say.
 * An online role signs it, so it can only take away; within one version of the targets it only grows.
 */
import { fault, fromBase64url, type JsonValue, parseNumericDate } from '@onetrip/codec'
import { arrayOf, assertMembers, objectOf } from './trust-list-members.ts'

/** Largest deny list in bytes; every verifier fetches it first. */
export const MAX_DENY_LIST_BYTES = 4096

const THUMBPRINT_BYTES = 32

/** A key that was revoked in an emergency. */
export interface DeniedKey {
  /** RFC 7638 thumbprint, base64url of SHA-256. */
  readonly thumbprint: string
  /** Unix seconds; what it signed at or after this time counts for nothing. */
  readonly from: number
}

/** A parsed deny list. */
export interface DenyList {
  readonly keys: readonly DeniedKey[]
  /** Thumbprints of lost counters' keys. */
  readonly devices: readonly string[]
}

/** Denies nothing. */
export const EMPTY_DENY_LIST: DenyList = { keys: [], devices: [] }

/** Reads `{format: 1, keys: [{thumbprint, from}], devices: [thumbprint]}`. Throws trust/format, time/format. */
export function parseDenyList(json: JsonValue): DenyList {
  const list = objectOf(json)
  assertMembers(list, { required: ['format', 'keys', 'devices'] })
  if (list['format'] !== 1) throw fault('trust/format')
  return {
    keys: arrayOf(list['keys']).map(parseKey),
    devices: arrayOf(list['devices']).map(parseThumbprint),
  }
}

/** Everything that either list denies, a key from the earlier of its times. */
export function mergeDenyLists(one: DenyList, other: DenyList): DenyList {
  const from = new Map<string, number>()
  for (const { thumbprint, from: time } of [...one.keys, ...other.keys]) {
    from.set(thumbprint, Math.min(time, from.get(thumbprint) ?? time))
  }
  return {
    keys: [...from].map(([thumbprint, time]) => ({ thumbprint, from: time })),
    devices: [...new Set([...one.devices, ...other.devices])],
  }
}

function parseKey(json: JsonValue): DeniedKey {
  const entry = objectOf(json)
  assertMembers(entry, { required: ['thumbprint', 'from'] })
  return { thumbprint: parseThumbprint(entry['thumbprint']), from: parseNumericDate(entry['from']) }
}

function parseThumbprint(json: JsonValue | undefined): string {
  if (typeof json !== 'string' || fromBase64url(json).length !== THUMBPRINT_BYTES) {
    throw fault('trust/format')
  }
  return json
}
