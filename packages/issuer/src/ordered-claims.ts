/**
 * What was ordered, as the payload that has to be signed for it. Written a second time on purpose, apart from the
 * builders of the credential package: a slip in one of the two shows before a key is used. Nothing is issued from
 * what stands here.
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  fromBase64url,
  type JsonObject,
  type JsonValue,
  type PublicKey,
  publicKeyToCose,
  publicKeyToJwk,
  REDACTED_KEYS,
  toBase64url,
} from '@onetrip/codec'
import {
  CLAIM,
  type ClaimDefinition,
  type ClaimValue,
  dayToNumber,
  LICENCE,
  type LicenceFacts,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'

/** What a draft has to state. */
export interface OrderedClaims {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  readonly seal?: Uint8Array | undefined
  readonly status: StatusReference
  /** Unix seconds; the draft states the hour. */
  readonly issuedAt: number
  /** Unix seconds; the draft states the hour. */
  readonly expiresAt: number
  readonly iss: string
}

/** What a securing for a holder's key has to state. */
export interface OrderedSecuring extends OrderedClaims {
  readonly holderKey: PublicKey
}

/** One of the type's own claims with the value ordered. */
export interface OrderedClaim {
  readonly claim: ClaimDefinition
  readonly value: ClaimValue
}

const HOUR_SECONDS = 3_600
const COSE_KEY = 1

/** The claims ordered that every reader sees, or those that stand in disclosures, in the definition's order. */
export function orderedClaims(
  { type, facts }: OrderedClaims,
  sd: ClaimDefinition['sd'],
): readonly OrderedClaim[] {
  const claims: OrderedClaim[] = []
  for (const claim of type.claims) {
    if (claim.sd !== sd || !Object.hasOwn(facts.claims, claim.name)) continue
    const value = facts.claims[claim.name]
    if (value !== undefined) claims.push({ claim, value })
  }
  return claims
}

/** A value in CBOR, where a day is a number and pictures are bytes. */
export function cborValueOf({ claim, value }: OrderedClaim): ClaimValue | Uint8Array {
  if (claim.format === 'glyphs') return fromBase64url(String(value))
  return claim.format === 'date' ? dayToNumber(String(value)) : value
}

/** The payload of an SD-CWT. */
export function orderedCwt(ordered: OrderedSecuring, digests: readonly Uint8Array[]): CborMap {
  const licence = orderedLicence(ordered, orderedClaims(ordered, 'never'))
  if (digests.length > 0) licence.set(REDACTED_KEYS, digests)
  const key = publicKeyToCose(ordered.holderKey, { compressed: true })
  return orderedPayload(ordered, licence).set(CLAIM.cnf, new Map().set(COSE_KEY, key))
}

/** The payload of a paper code: no holder's key, no digests, only what is printed. */
export function orderedPaper(ordered: OrderedClaims): CborMap {
  const all = [...orderedClaims(ordered, 'never'), ...orderedClaims(ordered, 'allowed')]
  const printed = all.filter(({ claim }) => claim.paper)
  return orderedPayload(ordered, orderedLicence(ordered, printed))
}

/** The payload of an SD-JWT VC, its members in the order in which they are written. */
export function orderedJwt(ordered: OrderedSecuring, digests: readonly string[]): JsonObject {
  const { type, facts, status, seal } = ordered
  const payload: Record<string, JsonValue> = {
    iss: ordered.iss,
    iat: hourOf(ordered.issuedAt),
    exp: hourOf(ordered.expiresAt),
    vct: type.vct,
    cnf: { jwk: publicKeyToJwk(ordered.holderKey) },
    status: { status_list: { idx: status.index, uri: status.uri } },
    serial: facts.serial,
    validFrom: facts.validFrom,
  }
  if (facts.version !== 1) payload['licenceVersion'] = facts.version
  if (facts.validTo !== undefined) payload['validTo'] = facts.validTo
  if (seal !== undefined) payload['seal'] = toBase64url(seal)
  for (const { claim, value } of orderedClaims(ordered, 'never')) payload[claim.name] = value
  if (digests.length === 0) return payload
  payload['_sd'] = digests
  payload['_sd_alg'] = 'sha-256'
  return payload
}

function orderedPayload(ordered: OrderedClaims, licence: CborMap): Map<CborKey, CborValue> {
  const { status } = ordered
  const place = new Map<CborKey, CborValue>().set('idx', status.index).set('uri', status.uri)
  return new Map<CborKey, CborValue>()
    .set(CLAIM.iss, ordered.iss)
    .set(CLAIM.exp, hourOf(ordered.expiresAt))
    .set(CLAIM.iat, hourOf(ordered.issuedAt))
    .set(CLAIM.vct, ordered.type.typeCode)
    .set(CLAIM.status, new Map<CborKey, CborValue>().set('status_list', place))
    .set(CLAIM.licence, licence)
}

function orderedLicence(
  { type, facts, seal }: OrderedClaims,
  claims: readonly OrderedClaim[],
): Map<CborKey, CborValue> {
  const { serial, version, validFrom, validTo } = facts
  const licence = new Map<CborKey, CborValue>().set(LICENCE.serial, serial)
  if (version !== 1) licence.set(LICENCE.version, version)
  licence.set(LICENCE.validFrom, dayToNumber(validFrom))
  if (validTo !== undefined) licence.set(LICENCE.validTo, dayToNumber(validTo))
  if (type.version !== 1) licence.set(LICENCE.typeVersion, type.version)
  if (seal !== undefined) licence.set(LICENCE.seal, seal)
  for (const one of claims) licence.set(one.claim.key, cborValueOf(one))
  return licence
}

/** The hour that a draft states. */
export function hourOf(seconds: number): number {
  return seconds - (seconds % HOUR_SECONDS)
}
