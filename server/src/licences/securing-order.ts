/** What every securing of a recorded licence is made from. */
import type { LicenceFacts, TypeDefinition } from '@onetrip/credential'
import type { IssueOrder } from '@onetrip/issuer'
import { agencyIssuerUrl, type Config } from '../config.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { claimsOf } from './load-licence.ts'

/** A credential lives a year; the licence may be longer or shorter (ARCHITECTURE §2). */
const CREDENTIAL_LIFE_SECONDS = 365 * 86_400

/**
 * The order for a licence row at `now` (Unix seconds), the same for every form; `seal` is what it states of the agency's
 * seal for licences.
 */
export function securingOrder(options: {
  readonly config: Config
  readonly type: TypeDefinition
  readonly licence: LicenceTable
  readonly seal: Uint8Array | undefined
  readonly now: number
}): IssueOrder {
  const { config, type, licence, seal, now } = options
  return {
    type,
    facts: recordedFacts(licence),
    seal,
    agency: { id: licence.agency_id, issuerUrl: agencyIssuerUrl(config, licence.agency_id) },
    now,
    expiresAt: now + CREDENTIAL_LIFE_SECONDS,
  }
}

/** The facts of a licence row. */
export function recordedFacts(licence: LicenceTable): LicenceFacts {
  return {
    serial: licence.serial,
    version: licence.version,
    validFrom: licence.valid_from,
    ...(licence.valid_to === null ? {} : { validTo: licence.valid_to }),
    claims: claimsOf(licence),
  }
}
