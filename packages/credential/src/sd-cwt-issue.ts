/** Makes an SD-CWT of a licence (draft-ietf-spice-sd-cwt §6): redaction inside the licence map. */
import {
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  compareBytes,
  encodeCbor,
  encodeSign1,
  REDACTED_KEYS,
} from '@onetrip/codec'
import { cborDisclosureDigest, encodeCborDisclosure } from './cbor-disclosures.ts'
import { buildCwtPayload, buildLicenceMap } from './cwt-claims.ts'
import { cwtHeader, unprotectedHeader } from './cwt-headers.ts'
import { assertCredentialLife, type HolderIssueInput } from './issue-input.ts'
import { TYP } from './labels.ts'
import { assertFacts, valueToCbor } from './licence-claims.ts'

const SALT_BYTES = 16

/** What an SD-CWT is made from. */
export interface SdCwtInput extends HolderIssueInput {
  /** Unified social credit code of the agency. */
  readonly issuer: string
}

/** A COSE_Sign1 that awaits its signature. */
export interface CwtDraft {
  /** Without `alg`, which `protectedBytes` holds. */
  readonly protectedHeader: CborMap
  readonly protectedBytes: Uint8Array
  readonly payload: Uint8Array
  /** Sig_structure: what the issuer's key signs. */
  readonly toBeSigned: Uint8Array
}

/** An SD-CWT that awaits its signature. */
export interface SdCwtDraft extends CwtDraft {
  readonly disclosures: readonly Uint8Array[]
  /** As they stand in the payload: one for each disclosure, sorted bytewise. */
  readonly digests: readonly Uint8Array[]
}

/**
 * Builds the SD-CWT of a licence. Digests are sorted, so their order says nothing of the claims. Throws
 * what `assertFacts` throws; `TypeError` for a life over 400 days.
 */
export function buildSdCwt(input: SdCwtInput): SdCwtDraft {
  const { type, facts, random, kid, algorithm } = input
  assertFacts(type, facts)
  assertCredentialLife(input.issuedAt, input.expiresAt)
  const licence = buildLicenceMap(input)
  const redacted = redactClaims(input, licence, random)
  const payload = encodeCbor(buildCwtPayload(input, licence, input.holderKey))
  const protectedHeader = cwtHeader(TYP.sdCwt, kid)
  const built = buildSign1({ protectedHeader, payload, algorithm })
  const { toBeSigned, protectedBytes } = built
  return { protectedHeader, protectedBytes, payload, toBeSigned, ...redacted }
}

/** Joins a draft, its signature (64 bytes) and all its disclosures. */
export function assembleSdCwt(
  draft: Pick<SdCwtDraft, 'protectedBytes' | 'payload' | 'disclosures'>,
  signature: Uint8Array,
): Uint8Array {
  const { protectedBytes, payload, disclosures } = draft
  const header = unprotectedHeader(disclosures)
  return encodeSign1({ protectedBytes, unprotectedHeader: header, payload, signature })
}

/** Writes plain claims and digests into the licence map. */
function redactClaims(
  { type, facts }: SdCwtInput,
  licence: Map<CborKey, CborValue>,
  random: SdCwtInput['random'],
): Pick<SdCwtDraft, 'disclosures' | 'digests'> {
  const salts = random(type.claims.length * SALT_BYTES)
  const disclosures: Uint8Array[] = []
  const digests: Uint8Array[] = []
  for (const claim of type.claims) {
    const value = facts.claims[claim.name]
    if (value === undefined) continue
    const cborValue = valueToCbor(claim, value)
    if (claim.sd === 'never') {
      licence.set(claim.key, cborValue)
      continue
    }
    const start = disclosures.length * SALT_BYTES
    const salt = salts.subarray(start, start + SALT_BYTES)
    const disclosure = encodeCborDisclosure(salt, cborValue, claim.key)
    disclosures.push(disclosure)
    digests.push(cborDisclosureDigest(disclosure))
  }
  if (digests.length > 0) licence.set(REDACTED_KEYS, digests.sort(compareBytes))
  return { disclosures, digests }
}
