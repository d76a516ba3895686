/**
 * Makes an mdoc of a licence (ISO/IEC 18013-5:2021 §9.1.2.4): each element salted, their digests with the holder's key, the times
 * and the status entry signed as COSE_Sign1. Number of a digest and order of the elements follow the random alone.
 */
import {
  type Algorithm,
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  compareBytes,
  encodeCbor,
  publicKeyToCose,
  sha256,
  sigStructure,
} from '@onetrip/codec'
import { buildLicenceMap, statusClaim } from './cwt-claims.ts'
import { assertCredentialLife, type HolderIssueInput, wholeHour } from './issue-input.ts'
import { HEADER, LICENCE_ELEMENT, MDOC_ALGORITHMS, MDOC_TAG } from './labels.ts'
import { assertFacts, type ClaimValue, valueToCbor } from './licence-claims.ts'
import type { ClaimDefinition } from './type-definition.ts'

const RANDOM_BYTES = 16

/** What an mdoc is made from. */
export interface MdocInput extends HolderIssueInput {
  /** Unified social credit code of the agency. */
  readonly issuer: string
  /** DER of the X.509 certificate of the issuer's key, for software that finds keys by it. */
  readonly certificate: Uint8Array
}

/** An mdoc that awaits its signature. */
export interface MdocDraft {
  readonly docType: string
  readonly protectedBytes: Uint8Array
  /** `MobileSecurityObjectBytes`. */
  readonly payload: Uint8Array
  readonly kid: Uint8Array
  readonly certificate: Uint8Array
  /** Each `IssuerSignedItem`, without the tag around it. */
  readonly items: readonly Uint8Array[]
  /** `Sig_structure`. */
  readonly toBeSigned: Uint8Array
}

/** Builds the mdoc of a licence. Throws what `assertFacts` throws; `TypeError` for a life over 400 days. */
export function buildMdoc(input: MdocInput): MdocDraft {
  const { type, facts, kid, certificate, algorithm } = input
  assertFacts(type, facts)
  assertCredentialLife(input.issuedAt, input.expiresAt)
  const items = saltedItems(input)
  const payload = encodeCbor(enclose(securityObject(input, items)))
  const protectedBytes = mdocHeader(algorithm)
  const toBeSigned = sigStructure({ protectedBytes, payload })
  return { docType: type.vct, protectedBytes, payload, kid, certificate, items, toBeSigned }
}

/** Joins a draft and its signature (64 bytes): `IssuerSigned` with all its elements. */
export function assembleMdoc(
  draft: Omit<MdocDraft, 'toBeSigned'>,
  signature: Uint8Array,
): Uint8Array {
  const { docType, protectedBytes, payload, kid, certificate, items } = draft
  const unprotected = new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.x5chain, certificate],
  ])
  return encodeCbor(
    issuerSigned({ docType, items, issuerAuth: [protectedBytes, unprotected, payload, signature] }),
  )
}

/** `IssuerSigned` of parts that are encoded already. */
export function issuerSigned(parts: {
  readonly docType: string
  readonly items: readonly Uint8Array[]
  readonly issuerAuth: CborValue
}): CborMap {
  const { docType, items, issuerAuth } = parts
  const elements = items.map((bytes) => new CborTag(MDOC_TAG.enclosed, bytes))
  return new Map<CborKey, CborValue>([
    ['nameSpaces', new Map([[docType, elements]])],
    ['issuerAuth', issuerAuth],
  ])
}

/** The protected header: the algorithm alone (§9.1.2.4). `TypeError` for one that we only verify. */
export function mdocHeader(algorithm: Algorithm): Uint8Array {
  const number = MDOC_ALGORITHMS[algorithm]
  if (number === undefined) throw new TypeError('no mdoc is signed by that algorithm')
  return encodeCbor(new Map([[HEADER.alg, number]]))
}

/** An item encoded and enclosed in tag 24. */
export function enclose(value: CborValue): CborTag {
  return new CborTag(MDOC_TAG.enclosed, encodeCbor(value))
}

function saltedItems(input: MdocInput): readonly Uint8Array[] {
  const { type, facts, random, issuer } = input
  const stated = type.claims.flatMap((claim) => {
    const value = facts.claims[claim.name]
    return value === undefined ? [] : [{ name: claim.name, value: elementValue(claim, value) }]
  })
  const elements = [{ name: LICENCE_ELEMENT, value: [issuer, buildLicenceMap(input)] }, ...stated]
  const salts = random(elements.length * RANDOM_BYTES)
  return elements
    .map((element, at) => ({
      ...element,
      salt: salts.slice(at * RANDOM_BYTES, (at + 1) * RANDOM_BYTES),
    }))
    .sort((one, other) => compareBytes(one.salt, other.salt))
    .map(({ name, value, salt }, id) =>
      encodeCbor(
        new Map<CborKey, CborValue>([
          ['digestID', id],
          ['random', salt],
          ['elementIdentifier', name],
          ['elementValue', value],
        ]),
      ),
    )
}

function elementValue(claim: ClaimDefinition, value: ClaimValue): CborValue {
  return claim.format === 'date' ? new CborTag(MDOC_TAG.fullDate, value) : valueToCbor(claim, value)
}

function securityObject(input: MdocInput, items: readonly Uint8Array[]): CborMap {
  const { type, status, holderKey, issuedAt, expiresAt } = input
  const digests = items.map(
    (bytes, id) => [id, sha256(encodeCbor(new CborTag(MDOC_TAG.enclosed, bytes)))] as const,
  )
  const deviceKey: CborMap = publicKeyToCose(holderKey)
  return new Map<CborKey, CborValue>([
    ['version', '1.0'],
    ['digestAlgorithm', 'SHA-256'],
    ['docType', type.vct],
    ['valueDigests', new Map([[type.vct, new Map<CborKey, CborValue>(digests)]])],
    ['deviceKeyInfo', new Map([['deviceKey', deviceKey]])],
    [
      'validityInfo',
      new Map([
        ['signed', dateTime(issuedAt)],
        ['validFrom', dateTime(issuedAt)],
        ['validUntil', dateTime(expiresAt)],
      ]),
    ],
    ['status', statusClaim(status)],
  ])
}

function dateTime(seconds: number): CborTag {
  const text = new Date(wholeHour(seconds) * 1000).toISOString()
  return new CborTag(MDOC_TAG.dateTime, `${text.slice(0, 19)}Z`)
}
