/** Makes an SD-JWT VC of a licence (RFC 9901 §4, draft-ietf-oauth-sd-jwt-vc §3). */
import { type JsonObject, type JsonValue, jwsSigningInput, toBase64url } from '@onetrip/codec'
import { assertCredentialLife, type HolderIssueInput } from './issue-input.ts'
import { encodeSaltedJson, jsonDisclosureDigest, saltTexts } from './json-disclosures.ts'
import { buildJwtPayload } from './jwt-claims.ts'
import { JOSE_TYP } from './labels.ts'
import { assertFacts } from './licence-claims.ts'

const SALT_BYTES = 16

/** What an SD-JWT VC is made from. */
export interface SdJwtInput extends HolderIssueInput {
  /** The agency's https issuer URL. */
  readonly issuerUrl: string
}

/** An SD-JWT VC that awaits its signature. */
export interface SdJwtDraft {
  /** Without `alg`, which `signingInput` holds. */
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly disclosures: readonly string[]
  /** As they stand in `_sd`: one for each disclosure, sorted. */
  readonly digests: readonly string[]
  /** ASCII text that the issuer's key signs. */
  readonly signingInput: string
}

/**
 * Builds the SD-JWT VC of a licence. Digests are sorted, so their order says nothing of the claims. Throws
 * what `assertFacts` throws; `TypeError` for a life over 400 days.
 */
export function buildSdJwt(input: SdJwtInput): SdJwtDraft {
  const { type, facts, random, kid, algorithm } = input
  assertFacts(type, facts)
  assertCredentialLife(input.issuedAt, input.expiresAt)
  const payload = buildJwtPayload(input)
  const salts = saltTexts(random(type.claims.length * SALT_BYTES))
  const disclosures: string[] = []
  const digests: string[] = []
  for (const claim of type.claims) {
    const value = facts.claims[claim.name]
    if (value === undefined) continue
    if (claim.sd === 'never') {
      payload[claim.name] = value
      continue
    }
    const salt = salts[disclosures.length] ?? ''
    const disclosure = encodeSaltedJson(salt, value, claim.name)
    disclosures.push(disclosure)
    digests.push(jsonDisclosureDigest(disclosure))
  }
  closePayload(payload, digests)
  const header = { typ: JOSE_TYP.sdJwt, kid: toBase64url(kid) }
  const signingInput = jwsSigningInput({ header, payload, algorithm })
  return { header, payload, disclosures, digests, signingInput }
}

/** Joins a draft, its signature (64 bytes) and all its disclosures. */
export function assembleSdJwt(
  draft: Pick<SdJwtDraft, 'signingInput' | 'disclosures'>,
  signature: Uint8Array,
): string {
  let text = `${draft.signingInput}.${toBase64url(signature)}~`
  for (const disclosure of draft.disclosures) text += `${disclosure}~`
  return text
}

function closePayload(payload: Record<string, JsonValue>, digests: string[]): void {
  if (digests.length === 0) return
  payload['_sd'] = digests.sort()
  payload['_sd_alg'] = 'sha-256'
}
