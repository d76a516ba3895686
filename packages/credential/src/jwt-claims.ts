/** The payload of a licence as SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §3.2.2): claims flat, by name. */
import {
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  type PublicKey,
  parseNumericDate,
  publicKeyFromJwk,
  publicKeyToJwk,
  toBase64url,
} from '@onetrip/codec'
import { parseStatusReference } from '@onetrip/status'
import { dayToNumber } from './calendar-day.ts'
import type { CredentialClaims } from './credential-claims.ts'
import { type HolderIssueInput, wholeHour } from './issue-input.ts'
import { RESERVED_NAMES } from './labels.ts'
import { isSerial, isVersion } from './licence-identifier.ts'
import { assertSealReference, parseJsonSealReference } from './seal-reference.ts'

const NEVER_REDACTED: readonly string[] = [
  ...['iss', 'aud', 'exp', 'nbf', 'iat', 'cnf', 'vct', 'vct#integrity', 'aka_vcts', 'status'],
  ...['serial', 'licenceVersion', 'validFrom', 'validTo', 'seal'],
]

/** A received payload before and after its disclosures were put in place. */
export interface JwtPayload {
  readonly signed: JsonObject
  readonly opened: JsonObject
  readonly hiddenCount: number
}

/** The payload without the type's own claims and digests. */
export function buildJwtPayload(
  input: HolderIssueInput & { readonly issuerUrl: string },
): Record<string, JsonValue> {
  const { facts, type, status, seal } = input
  const payload: Record<string, JsonValue> = {
    iss: input.issuerUrl,
    iat: wholeHour(input.issuedAt),
    exp: wholeHour(input.expiresAt),
    vct: type.vct,
    cnf: { jwk: publicKeyToJwk(input.holderKey) },
    status: { status_list: { idx: status.index, uri: status.uri } },
    serial: facts.serial,
    validFrom: facts.validFrom,
  }
  if (facts.version !== 1) payload['licenceVersion'] = facts.version
  if (facts.validTo !== undefined) payload['validTo'] = facts.validTo
  if (seal === undefined) return payload
  assertSealReference(seal)
  payload['seal'] = toBase64url(seal)
  return payload
}

/**
 * Reads the claims of a licence. Registered claims and those every licence has must stand in the signed
 * payload itself: `sd-jwt/required-claim-hidden`. Else what is missing or of a wrong type is
 * `credential/format`, `claim/format` (the seal), `time/format`, `status/*` or `key/*`. `readKey` reads `cnf`; whoever
 * already holds the key compares instead of parsing.
 */
export function parseJwtClaims(
  payload: JwtPayload,
  readKey: (confirmation: JsonValue) => PublicKey = parseConfirmation,
): CredentialClaims {
  const { signed, opened, hiddenCount } = payload
  assertNotRedacted(signed, opened)
  const { iat, nbf, licenceVersion, validTo, seal } = signed
  const version = licenceVersion ?? 1
  if (typeof version !== 'number' || !isVersion(version)) throw fault('credential/format')
  const serial = textAt(payload, 'serial')
  if (!isSerial(serial)) throw fault('credential/format')
  return {
    iss: textAt(payload, 'iss'),
    vct: textAt(payload, 'vct'),
    ...(iat === undefined ? {} : { issuedAt: parseNumericDate(iat) }),
    ...(nbf === undefined ? {} : { notBefore: parseNumericDate(nbf) }),
    expiresAt: parseNumericDate(requiredAt(payload, 'exp')),
    holderKey: readKey(requiredAt(payload, 'cnf')),
    status: parseStatusReference(requiredAt(payload, 'status')),
    serial,
    version,
    validFrom: dayIn(requiredAt(payload, 'validFrom')),
    ...(validTo === undefined ? {} : { validTo: dayIn(validTo) }),
    ...(seal === undefined ? {} : { seal: parseJsonSealReference(seal) }),
    raw: ownClaims(opened),
    hiddenCount,
  }
}

function parseConfirmation(confirmation: JsonValue): PublicKey {
  const jwk = isObject(confirmation) ? confirmation['jwk'] : undefined
  if (!isObject(jwk)) throw fault('credential/format')
  return publicKeyFromJwk(jwk)
}

function assertNotRedacted(signed: JsonObject, opened: JsonObject): void {
  if (!Object.hasOwn(signed, '_sd')) return
  for (const name of NEVER_REDACTED) {
    if (Object.hasOwn(opened, name) && !Object.hasOwn(signed, name)) {
      throw fault('sd-jwt/required-claim-hidden')
    }
  }
}

/** A claim that must be there: while digests stay hidden, a missing one is taken for a hidden one. */
function requiredAt({ signed, hiddenCount }: JwtPayload, name: string): JsonValue {
  const value = Object.hasOwn(signed, name) ? signed[name] : undefined
  if (value !== undefined) return value
  if (hiddenCount > 0 && Object.hasOwn(signed, '_sd')) throw fault('sd-jwt/required-claim-hidden')
  throw fault(name === 'exp' ? 'time/format' : 'credential/format')
}

function textAt(payload: JwtPayload, name: string): string {
  const value = requiredAt(payload, name)
  if (typeof value !== 'string' || value === '') throw fault('credential/format')
  return value
}

function dayIn(value: JsonValue): string {
  if (typeof value !== 'string') throw fault('time/format')
  dayToNumber(value)
  return value
}

function ownClaims(opened: JsonObject): ReadonlyMap<string | number, JsonValue> {
  const own = new Map<string | number, JsonValue>()
  for (const name of Object.keys(opened)) {
    const value = opened[name]
    if (value !== undefined && !RESERVED_NAMES.has(name)) own.set(name, value)
  }
  return own
}
