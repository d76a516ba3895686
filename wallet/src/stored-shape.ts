/** Stored records from unknown to typed: a damaged one is `storage/corrupt`, never half shown (WA03). */
import { fault } from '@onetrip/codec'
import { HELD_LICENCE_FORMAT, type HeldLicence } from './held-licence.ts'
import { HISTORY_FORMAT, type HistoryEntry } from './history-entry.ts'
import { LOCK_FORMAT, type LockRecord } from './lock-record.ts'

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => Number.isFinite(value)
const bytes: Check = (value) => value instanceof Uint8Array
const object: Check = (value) => typeof value === 'object' && value !== null
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const exactly =
  (wanted: unknown): Check =>
  (value) =>
    value === wanted
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const shape =
  (wanted: Shape): Check =>
  (value) => {
    if (!object(value)) {
      return false
    }
    const entries = new Map<string, unknown>(Object.entries(value as object))
    return Object.entries(wanted).every(([name, check]) => check(entries.get(name)))
  }

const displayText = shape({ 'zh-CN': text, en: text })
const recipient = shape({ kind: text, name: text })
const either =
  (one: Check, other: Check): Check =>
  (value) =>
    one(value) || other(value)
const holderKey = shape({
  algorithm: text,
  publicRaw: bytes,
  secret: either(
    // Some browsers give a stored key back as null.
    shape({ kind: exactly('device'), privateKey: object }),
    shape({ kind: exactly('passcode'), wrapped: object }),
  ),
})

const LICENCE = shape({
  format: exactly(HELD_LICENCE_FORMAT),
  id: text,
  summary: shape({
    typeCode: text,
    typeVersion: number,
    typeName: displayText,
    hue: number,
    about: text,
    number: text,
    version: number,
    holder: text,
    holderPictures: maybe(text),
    issuer: displayText,
    validFrom: text,
    validTo: maybe(text),
    identifier: maybe(text),
    expiresAt: number,
  }),
  sdCwt: bytes,
  sdJwt: text,
  type: maybe(shape({ typeCode: text, vct: text, claims: list(object) })),
  keys: shape({ cbor: holderKey, jws: holderKey }),
  receivedAt: number,
  shownCount: number,
  lastShownAt: maybe(number),
  copies: list(
    shape({
      id: text,
      madeAt: number,
      purpose: text,
      recipient,
      endDay: text,
      disclosed: list(text),
      text,
    }),
  ),
})

const ENTRY = shape({
  format: exactly(HISTORY_FORMAT),
  id: text,
  at: number,
  kind: text,
  licenceId: text,
  typeName: displayText,
  number: text,
  claims: list(displayText),
  recipient: maybe(recipient),
  purpose: maybe(text),
})

const wrapped = shape({ iv: bytes, ciphertext: bytes })
const LOCK = shape({
  format: exactly(LOCK_FORMAT),
  id: text,
  salt: bytes,
  cost: object,
  dataKey: wrapped,
  deviceKey: maybe(object),
  lockAfterSeconds: number,
  prf: maybe(shape({ credentialId: bytes, input: bytes, dataKey: wrapped })),
})

/** Narrows what was stored as a licence; `storage/corrupt`. */
export function parseLicence(value: unknown): HeldLicence {
  if (!LICENCE(value)) {
    throw fault('storage/corrupt')
  }
  return value as HeldLicence
}

/** Narrows what was stored as an entry of the history; `storage/corrupt`. */
export function parseEntry(value: unknown): HistoryEntry {
  if (!ENTRY(value)) {
    throw fault('storage/corrupt')
  }
  return value as HistoryEntry
}

/** Narrows what was stored as the lock; `storage/corrupt`. */
export function parseLock(value: unknown): LockRecord {
  if (!LOCK(value)) {
    throw fault('storage/corrupt')
  }
  return value as LockRecord
}
