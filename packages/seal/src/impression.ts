/**
 * An impression as COSE_Sign1 in the form of a COSE Hash Envelope (RFC 9995 §4): the payload is the SHA-256 of the file,
 * and what else is stated stands in a CWT Claims header (RFC 9597 §2); all of it is protected.
 */
import {
  type Algorithm,
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  encodeCbor,
  equalBytes,
  fault,
  isArray,
  isBytes,
  isMap,
  parseNumericDate,
} from '@onetrip/codec'
import {
  areImpressionFacts,
  assertImpressionFacts,
  type ImpressionFacts,
  type UsedSeal,
} from './impression-facts.ts'
import { CLAIM, HEADER, SHA_256, TYP, USED_SEAL } from './labels.ts'
import {
  type CoseDraft,
  cborMapOf,
  integerOf,
  type NamedSign1,
  parseSign1,
  textOf,
} from './signed-forms.ts'

/** Largest impression in bytes: all facts at their limits need about 1,950. */
export const MAX_IMPRESSION_BYTES = 2_048

const CLAIMS: readonly CborKey[] = [
  ...[CLAIM.iat, CLAIM.purpose, CLAIM.seal, CLAIM.fileLength, CLAIM.appearance, CLAIM.approval],
]
const LABELS: readonly CborKey[] = [
  ...[HEADER.cwtClaims, HEADER.payloadHashAlg, HEADER.preimageContentType],
]

/** A parsed impression; its signature is not verified by parsing. */
export interface Impression extends NamedSign1 {
  readonly facts: ImpressionFacts
}

/** What an impression is made from. */
export interface ImpressionInput {
  readonly facts: ImpressionFacts
  /** Names the seal's key, 8 bytes. */
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
}

/** Builds an impression up to its signature. `TypeError` for what none may state. */
export function buildImpression({ facts, kid, algorithm }: ImpressionInput): CoseDraft {
  assertImpressionFacts(facts)
  const { sha256: payload, mediaType } = facts.file
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.cwtClaims, claimsOf(facts)],
    [HEADER.typ, TYP.impression],
    [HEADER.payloadHashAlg, SHA_256],
    [HEADER.preimageContentType, mediaType],
  ])
  return { payload, ...buildSign1({ protectedHeader, payload, algorithm }) }
}

/**
 * Parses an impression. Throws `seal/wrong-type` (another `typ`), `seal/format` (too large; a hash that is not SHA-256; a
 * header or claim that is missing, of a wrong form or not named here), `time/format`, `cose/*`, `cbor/*`.
 */
export function parseImpression(bytes: Uint8Array): Impression {
  const form = { typ: TYP.impression, maxBytes: MAX_IMPRESSION_BYTES, labels: LABELS }
  const named = parseSign1(bytes, form)
  const { protectedHeader, payload } = named.sign1
  if (protectedHeader.get(HEADER.payloadHashAlg) !== SHA_256) throw fault('seal/format')
  const { claims, covers } = claimsIn(protectedHeader.get(HEADER.cwtClaims))
  const facts: ImpressionFacts = {
    file: {
      sha256: payload,
      length: integerOf(claims.get(CLAIM.fileLength)),
      mediaType: textOf(protectedHeader.get(HEADER.preimageContentType)),
    },
    seal: usedSealIn(claims.get(CLAIM.seal)),
    appearance: bytesOf(claims.get(CLAIM.appearance)),
    purpose: textOf(claims.get(CLAIM.purpose)),
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    approval: textOf(claims.get(CLAIM.approval)),
    covers,
  }
  if (!areImpressionFacts(facts)) throw fault('seal/format')
  return { ...named, facts }
}

/** Whether two forms state the same impression. */
export function sameImpression(a: ImpressionFacts, b: ImpressionFacts): boolean {
  return (
    equalBytes(a.file.sha256, b.file.sha256) &&
    a.file.mediaType === b.file.mediaType &&
    equalBytes(encodeCbor(claimsOf(a)), encodeCbor(claimsOf(b)))
  )
}

/** What covers nothing has no such claim, so that nothing is said in two ways. */
function claimsOf(facts: ImpressionFacts): CborMap {
  const { seal, covers } = facts
  const claims = new Map<CborKey, CborValue>([
    [CLAIM.iat, facts.issuedAt],
    [CLAIM.purpose, facts.purpose],
    [
      CLAIM.seal,
      new Map<CborKey, CborValue>([
        [USED_SEAL.maker, seal.maker],
        [USED_SEAL.id, seal.id],
        [USED_SEAL.sha256, seal.sha256],
      ]),
    ],
    [CLAIM.fileLength, facts.file.length],
    [CLAIM.appearance, facts.appearance],
    [CLAIM.approval, facts.approval],
  ])
  return covers.length === 0 ? claims : claims.set(CLAIM.covers, covers)
}

function claimsIn(value: CborValue | undefined): {
  readonly claims: CborMap
  readonly covers: readonly Uint8Array[]
} {
  const covers = isMap(value) ? value.get(CLAIM.covers) : undefined
  if (covers === undefined) return { claims: cborMapOf(value, CLAIMS), covers: [] }
  if (!isArray(covers) || covers.length === 0) throw fault('seal/format')
  return { claims: cborMapOf(value, [...CLAIMS, CLAIM.covers]), covers: covers.map(bytesOf) }
}

function usedSealIn(value: CborValue | undefined): UsedSeal {
  const seal = cborMapOf(value, Object.values(USED_SEAL))
  return {
    maker: textOf(seal.get(USED_SEAL.maker)),
    id: textOf(seal.get(USED_SEAL.id)),
    sha256: bytesOf(seal.get(USED_SEAL.sha256)),
  }
}

function bytesOf(value: CborValue | undefined): Uint8Array {
  if (!isBytes(value)) throw fault('seal/format')
  return value
}
