/** What a held licence says, read with its type definition. */
import { Fault } from '@onetrip/codec'
import {
  type DisclosedClaim,
  liveDefaults,
  parseSdCwt,
  readClaims,
  type TypeDefinition,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { picturesOf } from '@onetrip/ui'
import { type ClaimChoice, claimChoice } from './disclosure.ts'
import type { HeldLicence } from './held-licence.ts'

/** A licence's claims and which of them may be kept back. */
export interface LicenceContent {
  readonly type: TypeDefinition
  /** What is read as text; pictures of characters are part of the text that they belong to. */
  readonly claims: readonly DisclosedClaim[]
  /** Pictures of rare characters in base64url, by the name of the claim that they belong to. */
  readonly pictures: ReadonlyMap<string, string>
  readonly choice: ClaimChoice
  /** Names of all claims that it states, pictures of characters among them. */
  readonly names: readonly string[]
  /** The chosen claims of a first showing: the type's defaults as far as one code holds them. */
  readonly defaults: ReadonlySet<string>
}

/** Reads a held licence; undefined while neither it nor the trust data have its type, and where it is damaged. */
export function licenceContent(
  licence: HeldLicence,
  trust: Trust | undefined,
): LicenceContent | undefined {
  const { typeCode, typeVersion } = licence.summary
  const type = licence.type ?? trust?.type(typeCode, typeVersion)
  if (type === undefined) {
    return undefined
  }
  try {
    return contentOf(licence, type)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function contentOf(licence: HeldLicence, type: TypeDefinition): LicenceContent {
  const all = readClaims(type, parseSdCwt(licence.sdCwt).claims.raw)
  const names = all.map(({ name }) => name)
  const choice = claimChoice(type, names)
  const { algorithm } = licence.keys.cbor
  const defaults = new Set(liveDefaults({ credential: licence.sdCwt, type, algorithm }))
  const claims = all.filter(({ of }) => of === undefined)
  return { type, claims, pictures: picturesOf(all), choice, names, defaults }
}
