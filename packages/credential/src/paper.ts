/**
 * The code an office prints for someone without a phone: a plain CWT (RFC 8392) with `typ` of its own, no
 * holder's key and no redaction. What it states, anyone who holds the sheet can show.
 */
import {
  buildSign1,
  type CborKey,
  type CborValue,
  decodeCbor,
  decodeSign1,
  encodeCbor,
  encodeSign1,
  fault,
  isMap,
  REDACTED_KEYS,
  type Sign1,
} from '@onetrip/codec'
import { codeText } from './budgets.ts'
import type { CredentialClaims } from './credential-claims.ts'
import { buildCwtPayload, buildLicenceMap, parseCwtClaims } from './cwt-claims.ts'
import { cwtHeader } from './cwt-headers.ts'
import { assertCredentialLife, type IssueInput } from './issue-input.ts'
import { CLAIM, HEADER, TYP } from './labels.ts'
import { assertFacts, valueToCbor } from './licence-claims.ts'
import type { CwtDraft } from './sd-cwt-issue.ts'

/** What a paper code is made from. */
export interface PaperInput extends IssueInput {
  /** Unified social credit code of the agency. */
  readonly issuer: string
}

/** A parsed paper code; its signature is not verified by parsing. */
export interface Paper {
  readonly form: 'paper'
  readonly sign1: Sign1
  readonly claims: CredentialClaims
}

/**
 * Builds the paper code of a licence from the claims whose definition says `paper`. Throws what `assertFacts`
 * throws; `TypeError` when the type has no paper code, or for a life over 400 days.
 */
export function buildPaper(input: PaperInput): CwtDraft {
  const { type, facts, kid, algorithm } = input
  if (!type.paper) throw new TypeError('this licence type has no paper code')
  assertFacts(type, facts)
  assertCredentialLife(input.issuedAt, input.expiresAt)
  const licence: Map<CborKey, CborValue> = buildLicenceMap(input)
  for (const claim of type.claims) {
    const value = facts.claims[claim.name]
    if (claim.paper && value !== undefined) licence.set(claim.key, valueToCbor(claim, value))
  }
  const payload = encodeCbor(buildCwtPayload(input, licence))
  const protectedHeader = cwtHeader(TYP.paper, kid)
  return { protectedHeader, payload, ...buildSign1({ protectedHeader, payload, algorithm }) }
}

/** Joins a draft and its signature (64 bytes). */
export function assemblePaper(
  draft: Pick<CwtDraft, 'protectedBytes' | 'payload'>,
  signature: Uint8Array,
): Uint8Array {
  const { protectedBytes, payload } = draft
  return encodeSign1({ protectedBytes, payload, signature })
}

/** The QR text of a paper code; over 600 characters is `qr/too-big`. */
export function paperText(paper: Uint8Array): string {
  return codeText('paper', paper)
}

/** Parses a paper code. Throws `credential/wrong-type`, `credential/format`, `time/format`, `status/*`, `cose/*`, `cbor/*`. */
export function parsePaper(input: Uint8Array | Sign1): Paper {
  const sign1 = input instanceof Uint8Array ? decodeSign1(input) : input
  if (sign1.protectedHeader.get(HEADER.typ) !== TYP.paper) throw fault('credential/wrong-type')
  if (sign1.unprotectedHeader.has(HEADER.sdClaims)) throw fault('credential/format')
  const payload = decodeCbor(sign1.payload)
  if (!isMap(payload) || payload.has(CLAIM.cnf) || payload.has(REDACTED_KEYS)) {
    throw fault('credential/format')
  }
  const claims = parseCwtClaims({ signed: payload, opened: payload, hiddenCount: 0 })
  return { form: 'paper', sign1, claims }
}
