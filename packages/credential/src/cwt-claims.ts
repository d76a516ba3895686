/** The payload of a licence as CWT (RFC 8392), for SD-CWT and paper: labels in `labels.ts`. */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  fault,
  isMap,
  type Mutable,
  type PublicKey,
  parseNumericDate,
  publicKeyFromCose,
  publicKeyToCose,
  REDACTED_KEYS,
} from '@onetrip/codec'
import { parseStatusReference, type StatusReference } from '@onetrip/status'
import { dayToNumber, numberToDay } from './calendar-day.ts'
import type { CredentialClaims } from './credential-claims.ts'
import { type IssueInput, wholeHour } from './issue-input.ts'
import { CLAIM, COSE_KEY_CONFIRMATION, FIRST_OWN_KEY, LICENCE } from './labels.ts'
import { isSerial, isVersion } from './licence-identifier.ts'
import { assertSealReference, parseCborSealReference } from './seal-reference.ts'

const NEVER_REDACTED: readonly number[] = Object.values(CLAIM)
const NEVER_REDACTED_IN_LICENCE: readonly number[] = Object.values(LICENCE)

/** A received payload before and after its disclosures were put in place. */
export interface CwtPayload {
  readonly signed: CborMap
  readonly opened: CborMap
  readonly hiddenCount: number
}

/** The payload map around a licence map; a paper code names no holder's key. */
export function buildCwtPayload(
  input: IssueInput & { readonly issuer: string },
  licence: CborMap,
  holderKey?: PublicKey,
): CborMap {
  const payload = new Map<CborKey, CborValue>([
    [CLAIM.iss, input.issuer],
    [CLAIM.exp, wholeHour(input.expiresAt)],
    [CLAIM.iat, wholeHour(input.issuedAt)],
    [CLAIM.vct, input.type.typeCode],
    [CLAIM.status, statusClaim(input.status)],
    [CLAIM.licence, licence],
  ])
  if (holderKey === undefined) return payload
  return payload.set(
    CLAIM.cnf,
    new Map([[COSE_KEY_CONFIRMATION, publicKeyToCose(holderKey, { compressed: true })]]),
  )
}

/** The licence map without the type's own claims; versions of 1, a missing end and no seal are left out. */
export function buildLicenceMap({ facts, type, seal }: IssueInput): Map<CborKey, CborValue> {
  const licence = new Map<CborKey, CborValue>([
    [LICENCE.serial, facts.serial],
    [LICENCE.validFrom, dayToNumber(facts.validFrom)],
  ])
  if (facts.version !== 1) licence.set(LICENCE.version, facts.version)
  if (facts.validTo !== undefined) licence.set(LICENCE.validTo, dayToNumber(facts.validTo))
  if (type.version !== 1) licence.set(LICENCE.typeVersion, type.version)
  if (seal === undefined) return licence
  assertSealReference(seal)
  return licence.set(LICENCE.seal, seal)
}

/**
 * Reads the claims of a licence. Registered claims, the holder's key, the status and keys 0 to 5 of the
 * licence must stand in the signed payload itself: `sd-cwt/required-claim-hidden`. Else what is missing
 * or of a wrong type is `credential/format`, `claim/format` (the seal), `time/format`, `status/*` or `key/*`. `readKey` reads `cnf`; whoever
 * already holds the key compares instead of parsing.
 */
export function parseCwtClaims(
  payload: CwtPayload,
  readKey: (confirmation: CborValue) => PublicKey = parseConfirmation,
): CredentialClaims {
  const { signed, opened, hiddenCount } = payload
  assertNotRedacted(signed, opened, NEVER_REDACTED)
  const signedLicence = mapAt(signed, CLAIM.licence)
  const licence = mapAt(opened, CLAIM.licence)
  assertNotRedacted(signedLicence, licence, NEVER_REDACTED_IN_LICENCE)
  const issuedAt = signed.get(CLAIM.iat)
  const notBefore = signed.get(CLAIM.nbf)
  const confirmation = signed.get(CLAIM.cnf)
  const validTo = signedLicence.get(LICENCE.validTo)
  const seal = signedLicence.get(LICENCE.seal)
  const claims: Mutable<CredentialClaims> = {
    iss: textAt(signed, CLAIM.iss),
    vct: textAt(signed, CLAIM.vct),
    expiresAt: parseNumericDate(requiredAt(signed, CLAIM.exp)),
    status: parseStatusReference(requiredAt(signed, CLAIM.status)),
    serial: serialAt(signedLicence),
    version: versionAt(signedLicence, LICENCE.version),
    validFrom: dayAt(requiredAt(signedLicence, LICENCE.validFrom)),
    typeVersion: versionAt(signedLicence, LICENCE.typeVersion),
    raw: ownClaims(licence),
    hiddenCount,
  }
  if (issuedAt !== undefined) claims.issuedAt = parseNumericDate(issuedAt)
  if (notBefore !== undefined) claims.notBefore = parseNumericDate(notBefore)
  if (confirmation !== undefined) claims.holderKey = readKey(confirmation)
  if (validTo !== undefined) claims.validTo = dayAt(validTo)
  if (seal !== undefined) claims.seal = parseCborSealReference(seal)
  return claims
}

/** Refuses a payload without holder's key: `sd-cwt/required-claim-hidden` or `credential/format`. */
export function assertHolderKey(signed: CborMap): void {
  requiredAt(signed, CLAIM.cnf)
}

/** The `status` claim (Token Status List §6.2). */
export function statusClaim(status: StatusReference): CborMap {
  const place = new Map<CborKey, CborValue>([
    ['idx', status.index],
    ['uri', status.uri],
  ])
  return new Map<CborKey, CborValue>([['status_list', place]])
}

function parseConfirmation(confirmation: CborValue): PublicKey {
  const key = isMap(confirmation) ? confirmation.get(COSE_KEY_CONFIRMATION) : undefined
  if (!isMap(key)) throw fault('credential/format')
  return publicKeyFromCose(key)
}

function assertNotRedacted(signed: CborMap, opened: CborMap, keys: readonly number[]): void {
  if (!signed.has(REDACTED_KEYS)) return
  for (const key of keys) {
    if (opened.has(key) && !signed.has(key)) throw fault('sd-cwt/required-claim-hidden')
  }
}

/** A claim that must be there; in a map with redactions, a missing one is taken for a hidden one. */
function requiredAt(map: CborMap, key: number): CborValue {
  const value = map.get(key)
  if (value !== undefined) return value
  if (map.has(REDACTED_KEYS)) throw fault('sd-cwt/required-claim-hidden')
  throw fault(key === CLAIM.exp ? 'time/format' : 'credential/format')
}

function mapAt(map: CborMap, key: number): CborMap {
  const value = requiredAt(map, key)
  if (!isMap(value)) throw fault('credential/format')
  return value
}

function textAt(map: CborMap, key: number): string {
  const value = requiredAt(map, key)
  if (typeof value !== 'string' || value === '') throw fault('credential/format')
  return value
}

function serialAt(licence: CborMap): string {
  const serial = textAt(licence, LICENCE.serial)
  if (!isSerial(serial)) throw fault('credential/format')
  return serial
}

function versionAt(licence: CborMap, key: number): number {
  const version = licence.get(key) ?? 1
  if (typeof version !== 'number' || !isVersion(version)) throw fault('credential/format')
  return version
}

function dayAt(value: CborValue): string {
  if (typeof value !== 'number') throw fault('time/format')
  return numberToDay(value)
}

function ownClaims(licence: CborMap): ReadonlyMap<string | number, CborValue> {
  const own = new Map<string | number, CborValue>()
  for (const [key, value] of licence) {
    if (typeof key === 'number' && key >= 0 && key < FIRST_OWN_KEY) continue
    if (typeof key !== 'symbol') own.set(key, value)
  }
  return own
}
