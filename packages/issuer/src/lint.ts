/**
 * The last look before a key is used: our own parsers read each draft back and have to find exactly what was
 * ordered; no salt may come twice and no order of digests follow the claims (RFC 9901 §4.2.4.1, §9.3;
 * threats SD15).
 */
import { fault, type PublicKey, samePublicKey } from '@onetrip/codec'
import {
  assemblePaper,
  type CredentialClaims,
  type LicenceFacts,
  paperText,
  parsePaper,
  readClaims,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'
import { readSdCwtDraft, readSdJwtDraft } from './drafted-claims.ts'
import type { PendingPaper, PendingSdCwt, PendingSdJwt } from './pending.ts'

/** What a draft has to state. */
export interface ExpectedClaims {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  readonly status: StatusReference
  /** Unix seconds; the draft states the hour. */
  readonly issuedAt: number
  /** Unix seconds; the draft states the hour. */
  readonly expiresAt: number
}

/** What a securing for a holder's key has to state. */
export interface ExpectedSecuring extends ExpectedClaims {
  readonly iss: string
  readonly holderKey: PublicKey
}

const HOUR_SECONDS = 3_600
/** Stands where the signature will be, so that the parsers can be used; its value is never read. */
const NO_SIGNATURE: Uint8Array = new Uint8Array(64)

/**
 * Refuses an SD-CWT draft that is not exactly what was ordered; answers its salts in base64url.
 * Throws credential/lint and the codes of parsing.
 */
export function lintSdCwt(pending: PendingSdCwt, expected: ExpectedSecuring): readonly string[] {
  const { claims, salts } = readSdCwtDraft(pending, expected.holderKey)
  assertStates(claims, { ...expected, vct: expected.type.typeCode })
  assertDistinctSalts(salts)
  return salts
}

/** Refuses an SD-JWT VC draft as {@link lintSdCwt} does; answers its salts in base64url. */
export function lintSdJwt(pending: PendingSdJwt, expected: ExpectedSecuring): readonly string[] {
  const { claims, salts } = readSdJwtDraft(pending, expected.holderKey)
  assertStates(claims, { ...expected, vct: expected.type.vct })
  assertDistinctSalts(salts)
  return salts
}

/** Refuses a salt that comes twice, in one credential or in two of one licence. Throws credential/lint. */
export function assertDistinctSalts(salts: readonly string[]): void {
  if (new Set(salts).size !== salts.length) throw refused('two disclosures share a salt')
}

/**
 * Refuses a paper draft that does not state what was ordered or does not fit its code.
 * Throws credential/lint, qr/too-big and the codes of parsing.
 */
export function lintPaper(
  pending: PendingPaper,
  expected: ExpectedClaims & { readonly iss: string },
): void {
  const assembled = assemblePaper(pending, NO_SIGNATURE)
  const { type, facts } = expected
  const printed = type.claims.filter(({ paper, name }) => paper && name in facts.claims)
  const claims = Object.fromEntries(printed.map(({ name }) => [name, facts.claims[name] ?? '']))
  const { claims: read } = parsePaper(assembled)
  assertStates(read, { ...expected, facts: { ...facts, claims }, vct: type.typeCode })
  paperText(assembled)
}

function assertStates(
  read: CredentialClaims,
  expected: ExpectedClaims & {
    readonly iss: string
    readonly vct: string
    readonly holderKey?: PublicKey
  },
): void {
  const { type, facts, status, holderKey } = expected
  const isSameLicence =
    read.serial === facts.serial &&
    read.version === facts.version &&
    read.validFrom === facts.validFrom &&
    read.validTo === facts.validTo
  const isSameIssue =
    read.iss === expected.iss &&
    read.vct === expected.vct &&
    (read.typeVersion ?? type.version) === type.version &&
    isSameHour(read.issuedAt, expected.issuedAt) &&
    isSameHour(read.expiresAt, expected.expiresAt) &&
    read.notBefore === undefined
  const isSameStatus = read.status.uri === status.uri && read.status.index === status.index
  if (!isSameLicence || !isSameIssue || !isSameStatus) throw refused('other facts than ordered')
  if (!isSameKey(read.holderKey, holderKey)) throw refused('another holder key than ordered')
  assertSameClaims(read, expected)
}

function assertSameClaims(read: CredentialClaims, { type, facts }: ExpectedClaims): void {
  const claims = readClaims(type, read.raw)
  const ordered = Object.values(facts.claims).filter((value) => value !== undefined)
  const isSame = claims.every(({ name, value }) => facts.claims[name] === value)
  if (!isSame || claims.length !== ordered.length || read.hiddenCount !== 0) {
    throw refused('other claims than ordered')
  }
}

function isSameHour(stated: number | undefined, ordered: number): boolean {
  if (stated === undefined) return false
  return stated <= ordered && ordered - stated < HOUR_SECONDS && stated % HOUR_SECONDS === 0
}

function isSameKey(read: PublicKey | undefined, ordered: PublicKey | undefined): boolean {
  if (read === undefined || ordered === undefined) return read === ordered
  return samePublicKey(read, ordered)
}

function refused(why: string): Error {
  return fault('credential/lint', why)
}
