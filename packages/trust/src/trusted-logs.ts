/** The logs of a trust list: whose records of what was issued count, under which key, and how many witnesses must have seen them. */
import { fault, type JsonValue, parseNumericDate, toHex } from '@onetrip/codec'
import { parseVerifierKey, type VerifierKey } from '@onetrip/log'
import { arrayOf, assertMembers, assertUnique, objectOf, textOf } from './trust-list-members.ts'

/** A log that the trust list names. */
export interface TrustedLog {
  /** Its origin, which is its key's name. */
  readonly name: string
  readonly key: VerifierKey
  /** Unix seconds; before it nothing of the log counts. */
  readonly notBefore: number
  /** Unix seconds; what is issued later does not stand in it. */
  readonly notAfter: number
  readonly witnesses: readonly VerifierKey[]
  /** How many of the witnesses must have cosigned a checkpoint; 0 where none is asked. */
  readonly quorum: number
}

const MAX_LOGS = 8
const MAX_WITNESSES = 16
const MEMBERS = { required: ['vkey', 'notBefore', 'notAfter', 'witnesses', 'quorum'] } as const

/** Reads the `logs` of a trust list; without the member there is none. Throws `trust/format`, `time/format`, `note/key`. */
export function parseLogs(json: JsonValue | undefined): readonly TrustedLog[] {
  const logs = json === undefined ? [] : arrayOf(json).map(parseLog)
  if (logs.length > MAX_LOGS) throw fault('trust/format')
  assertUnique(logs.map(({ name }) => name))
  return logs
}

function parseLog(json: JsonValue): TrustedLog {
  const entry = objectOf(json)
  assertMembers(entry, MEMBERS)
  const key = parseVerifierKey(textOf(entry['vkey']))
  const witnesses = arrayOf(entry['witnesses']).map((text) => parseVerifierKey(textOf(text)))
  const notBefore = parseNumericDate(entry['notBefore'])
  const notAfter = parseNumericDate(entry['notAfter'])
  const { quorum } = entry
  if (key.kind !== 'note' || notBefore > notAfter) throw fault('trust/format')
  if (witnesses.length > MAX_WITNESSES || witnesses.some(({ kind }) => kind !== 'cosignature')) {
    throw fault('trust/format')
  }
  if (typeof quorum !== 'number' || !Number.isInteger(quorum)) throw fault('trust/format')
  if (quorum < 0 || quorum > witnesses.length) throw fault('trust/format')
  // One key under two names would be two witnesses, and the log's own its witness.
  assertUnique([key, ...witnesses].map(({ publicKey }) => toHex(publicKey.raw)))
  return { name: key.name, key, notBefore, notAfter, witnesses, quorum }
}
