/** What a held licence says, read with its type definition. */
import {
  type DisclosedClaim,
  liveDefaults,
  parseSdCwt,
  readClaims,
  type TypeDefinition,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { type ClaimChoice, claimChoice } from './disclosure.ts'
import type { HeldLicence } from './held-licence.ts'

/** A licence's claims and which of them may be kept back. */
export interface LicenceContent {
  readonly type: TypeDefinition
  readonly claims: readonly DisclosedClaim[]
  readonly choice: ClaimChoice
  /** The chosen claims of a first showing: the type's defaults as far as one code holds them. */
  readonly defaults: ReadonlySet<string>
}

/** Reads a held licence; undefined while neither it nor the trust data have its type. */
export function licenceContent(
  licence: HeldLicence,
  trust: Trust | undefined,
): LicenceContent | undefined {
  const { typeCode, typeVersion } = licence.summary
  const type = licence.type ?? trust?.type(typeCode, typeVersion)
  if (type === undefined) {
    return undefined
  }
  const claims = readClaims(type, parseSdCwt(licence.sdCwt).claims.raw)
  const choice = claimChoice(
    type,
    claims.map(({ name }) => name),
  )
  const { algorithm } = licence.keys.cbor
  const defaults = new Set(liveDefaults({ credential: licence.sdCwt, type, algorithm }))
  return { type, claims, choice, defaults }
}
