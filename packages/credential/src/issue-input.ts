/** What every securing of a licence is made from, and the rules for its times. */
import type { Algorithm, PublicKey, Random } from '@onetrip/codec'
import type { StatusReference } from '@onetrip/status'
import type { LicenceFacts } from './licence-claims.ts'
import type { TypeDefinition } from './type-definition.ts'

const HOUR_SECONDS = 3600

/** Longest life of a credential: 400 days. */
export const MAX_CREDENTIAL_SECONDS: number = 400 * 86_400

/** What each securing needs. */
export interface IssueInput {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  /** Names the agency's seal that the licence is issued under, 8 bytes; see `sealReference`. */
  readonly seal?: Uint8Array | undefined
  /** This credential's own index; never shared with another securing. */
  readonly status: StatusReference
  /** Unix seconds; written rounded down to the hour, so that holders do not differ by it. */
  readonly issuedAt: number
  /** Unix seconds; written rounded down to the hour; at most 400 days after `issuedAt`. */
  readonly expiresAt: number
  /** Key identifier of the issuer's key, 8 bytes. */
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
}

/** What a securing for a holder's key needs besides. */
export interface HolderIssueInput extends IssueInput {
  readonly holderKey: PublicKey
  /** Called once per credential, for all its salts. */
  readonly random: Random
}

/** A time rounded down to the hour. */
export function wholeHour(seconds: number): number {
  return Math.floor(seconds / HOUR_SECONDS) * HOUR_SECONDS
}

/** Refuses a life that the caller may not give: not after its beginning, or over 400 days. */
export function assertCredentialLife(issuedAt: number, expiresAt: number): void {
  const seconds = wholeHour(expiresAt) - wholeHour(issuedAt)
  if (!(seconds > 0 && seconds <= MAX_CREDENTIAL_SECONDS)) {
    throw new TypeError('a credential lives from one hour to 400 days')
  }
}
