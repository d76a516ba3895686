/** Witnesses by configuration: JSON `[{ "vkey": "…", "url": "https://…" }]`. */
import { fault, isObject, type JsonValue, parseJson } from '@onetrip/codec'
import { parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/** As many as a policy may name. */
export const MAX_WITNESSES = 16
const MAX_LIST_BYTES = 65_536

/** A witness, and where it is asked. */
export interface WitnessService {
  readonly key: VerifierKey
  /** Its prefix, http or https, without a slash at the end. */
  readonly url: string
}

/**
 * Reads a list of witnesses. Throws `note/key` for a key that is no witness's or a name that comes twice, `json/format` for another
 * form, and what `parseJson` throws.
 */
export function parseWitnessList(bytes: Uint8Array): readonly WitnessService[] {
  const list = parseJson(bytes, { maxBytes: MAX_LIST_BYTES })
  if (!Array.isArray(list) || list.length > MAX_WITNESSES) throw fault('json/format')
  const witnesses = list.map(parseWitness)
  const names = new Set(witnesses.map(({ key }) => key.name))
  if (names.size !== witnesses.length) throw fault('note/key')
  return witnesses
}

function parseWitness(value: JsonValue): WitnessService {
  const { vkey, url, ...rest } = isObject(value) ? value : {}
  if (typeof vkey !== 'string' || typeof url !== 'string' || Object.keys(rest).length > 0) {
    throw fault('json/format')
  }
  const key = parseVerifierKey(vkey)
  if (key.kind !== 'cosignature') throw fault('note/key')
  if (!isPrefix(url)) throw fault('json/format')
  return { key, url: url.replace(/\/$/, '') }
}

function isPrefix(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password, search, hash } = new URL(url)
  return /^https?:$/.test(protocol) && username + password + search + hash === ''
}
