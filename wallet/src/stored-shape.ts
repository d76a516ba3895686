/** Stored records from unknown to typed: a damaged one is `storage/corrupt`, never half shown (WA03). */
import { fault } from '@onetrip/codec'
import { dayToNumber } from '@onetrip/credential'
import { HELD_LICENCE_FORMAT, type HeldLicence } from './held-licence.ts'
import { HISTORY_FORMAT, type HistoryEntry } from './history-entry.ts'
import { LICENCE_ENDS } from './licence-end.ts'
import type { LockOffer } from './lock-offer.ts'
import { LOCK_FORMAT, type LockRecord } from './lock-record.ts'
import { REMINDED_FORMAT } from './reminders.ts'
import type { PendingReceipt } from './request-licence.ts'
import { LOST_TRIES, type Tries } from './tries.ts'

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === 'string'
const yesOrNo: Check = (value) => typeof value === 'boolean'
/** A whole number from 0; the upper end where one is given. */
const whole =
  (most = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most
/** Unix seconds up to the year 9999: what a calendar day can be made of. */
const time = whole(253_402_271_999)
const day: Check = (value) => {
  try {
    dayToNumber(String(value))
    return typeof value === 'string'
  } catch {
    return false
  }
}
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
const named = shape({ code: text, name: maybe(displayText) })
const recipient = shape({ kind: text, name: text })
const oneOf =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value))
const holderKey = shape({
  algorithm: text,
  publicRaw: bytes,
  secret: oneOf(
    // Some browsers give a stored key back as null.
    shape({ kind: exactly('device'), privateKey: object }),
    shape({ kind: exactly('passcode'), wrapped: object }),
    shape({ kind: exactly('elsewhere') }),
  ),
})

const holderKeys = shape({ cbor: holderKey, jws: holderKey })

const LICENCE = shape({
  format: exactly(HELD_LICENCE_FORMAT),
  id: text,
  summary: shape({
    typeCode: text,
    typeVersion: whole(),
    typeName: displayText,
    hue: whole(359),
    about: text,
    number: text,
    version: whole(),
    holder: text,
    holderPictures: maybe(text),
    issuer: displayText,
    validFrom: day,
    validTo: maybe(day),
    identifier: maybe(text),
    expiresAt: time,
  }),
  sdCwt: bytes,
  sdJwt: text,
  type: maybe(shape({ typeCode: text, vct: text, claims: list(object) })),
  keys: holderKeys,
  spares: maybe(list(shape({ sdCwt: bytes, sdJwt: text, keys: holderKeys }))),
  receivedAt: time,
  shownCount: whole(),
  lastShownAt: maybe(time),
  copies: list(
    shape({
      id: text,
      madeAt: time,
      purpose: text,
      recipient,
      endDay: day,
      disclosed: list(text),
      text,
    }),
  ),
  delegations: maybe(
    list(
      shape({
        id: text,
        madeAt: time,
        name: text,
        matter: named,
        endDay: day,
        claims: list(displayText),
        text,
        takenBackAt: maybe(time),
      }),
    ),
  ),
  lentKeys: maybe(list(holderKeys)),
  endedAs: maybe(oneOf(...LICENCE_ENDS.map(exactly))),
  entrusted: maybe(
    list(
      shape({
        id: text,
        keptAt: time,
        typeCode: text,
        typeName: displayText,
        number: text,
        holder: maybe(text),
        matter: named,
        endsAt: time,
        claims: list(displayText),
        text,
      }),
    ),
  ),
  reminded: maybe(
    shape({ format: exactly(REMINDED_FORMAT), standing: maybe(text), dismissed: list(text) }),
  ),
})

const SHOWING = shape({
  format: exactly(HISTORY_FORMAT),
  id: text,
  at: time,
  kind: text,
  licenceId: text,
  typeName: displayText,
  number: text,
  claims: list(displayText),
  recipient: maybe(recipient),
  purpose: maybe(text),
  unproven: maybe(exactly(true)),
})
const CONSENT = shape({
  format: exactly(HISTORY_FORMAT),
  id: text,
  at: time,
  kind: exactly('consent'),
  office: shape({ id: text, name: displayText }),
  device: shape({ number: text, name: text }),
  matter: shape({ code: text, name: maybe(displayText) }),
  purpose: text,
  shown: list(
    shape({
      material: text,
      materialName: maybe(displayText),
      licenceId: text,
      typeName: displayText,
      number: text,
      claims: list(displayText),
    }),
  ),
  unproven: maybe(exactly(true)),
  request: text,
  answer: text,
  receipt: maybe(shape({ at: time, text, unconfirmed: maybe(exactly(true)) })),
})
const ENTRY = oneOf(CONSENT, SHOWING)

const wrapped = shape({ iv: bytes, ciphertext: bytes })
const LOCK = shape({
  format: exactly(LOCK_FORMAT),
  id: text,
  salt: bytes,
  // A damaged cost must not ask for all the memory there is.
  cost: shape({ memoryKib: whole(1024 * 1024), passes: whole(100), lanes: whole(16) }),
  dataKey: wrapped,
  deviceKey: maybe(object),
  lockAfterSeconds: whole(),
  prf: maybe(shape({ credentialId: bytes, input: bytes, dataKey: wrapped })),
})

const RECEIPT = shape({
  id: text,
  keys: holderKeys,
  spareKeys: maybe(list(holderKeys)),
  accessToken: maybe(shape({ value: text, expiresAt: time })),
  startedAt: time,
})
const TRIES = shape({
  count: whole(),
  lastAt: time,
  notBefore: time,
  restartedAt: maybe(time),
})
const LOCK_OFFER = shape({ postponedAt: maybe(time), declined: maybe(yesOrNo) })

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

/** Narrows what was stored as a receipt; a damaged one is begun again. */
export function parseReceipt(value: unknown): PendingReceipt | undefined {
  return RECEIPT(value) ? (value as PendingReceipt) : undefined
}

/** Narrows what was stored about tries; a damaged count is {@link LOST_TRIES}. */
export function parseTries(value: unknown): Tries | undefined {
  return value === undefined || TRIES(value) ? (value as Tries | undefined) : LOST_TRIES
}

/** Narrows what was stored about the offer of a lock; what is damaged was never said. */
export function parseLockOffer(value: unknown): LockOffer {
  return LOCK_OFFER(value) ? (value as LockOffer) : {}
}
