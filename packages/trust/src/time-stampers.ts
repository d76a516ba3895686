/** Time-stampers (RFC 3161 TSAs) of the trust list: whose tokens prove a time, under which certificates. */
import { fault, fromBase64url, type JsonValue, parseNumericDate } from '@onetrip/codec'
import { isUscc } from '@onetrip/credential'
import {
  arrayOf,
  assertMembers,
  assertUnique,
  objectOf,
  parseName,
  textOf,
} from './trust-list-members.ts'

/** Who states times. */
export interface TimeStamper {
  /** Unified social credit code, 18 characters. */
  readonly id: string
  readonly name: { readonly 'zh-CN': string; readonly en: string }
  /** DER of X.509 certificates: its own, or of the CA above it. */
  readonly certificates: readonly Uint8Array[]
  /** Unix seconds, inclusive, as is `to`: times outside are not believed. */
  readonly from?: number
  readonly to?: number
}

const MAX_CERTIFICATE_BYTES = 4096
const MAX_CERTIFICATES = 8
const MEMBERS = { required: ['id', 'name', 'certificates'], optional: ['from', 'to'] } as const

/**
 * Reads the `timeStampers` of a trust list; without the member there is none. Throws `trust/format`, `time/format`,
 * `encoding/base64url`.
 */
export function parseTimeStampers(json: JsonValue | undefined): readonly TimeStamper[] {
  const stampers = json === undefined ? [] : arrayOf(json).map(parseTimeStamper)
  assertUnique(stampers.map(({ id }) => id))
  return stampers
}

function parseTimeStamper(json: JsonValue): TimeStamper {
  const entry = objectOf(json)
  assertMembers(entry, MEMBERS)
  const id = textOf(entry['id'])
  const texts = arrayOf(entry['certificates'])
  if (!isUscc(id) || texts.length === 0 || texts.length > MAX_CERTIFICATES) {
    throw fault('trust/format')
  }
  const { from, to } = entry
  const life = {
    ...(from === undefined ? {} : { from: parseNumericDate(from) }),
    ...(to === undefined ? {} : { to: parseNumericDate(to) }),
  }
  if ((life.from ?? 0) > (life.to ?? Infinity)) throw fault('trust/format')
  return { id, name: parseName(entry['name']), certificates: texts.map(certificateIn), ...life }
}

function certificateIn(text: JsonValue): Uint8Array {
  if (typeof text !== 'string') throw fault('trust/format')
  const bytes = fromBase64url(text)
  if (bytes.length === 0 || bytes.length > MAX_CERTIFICATE_BYTES) throw fault('trust/format')
  return bytes
}
