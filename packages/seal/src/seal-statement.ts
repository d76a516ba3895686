/** A seal as COSE_Sign1 over a CWT (RFC 8392) of its own `typ`, which holds nothing but what is named here. */
import {
  type Algorithm,
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  decodeCbor,
  encodeCbor,
  encodeSign1,
  equalBytes,
  fault,
  isArray,
  isBytes,
  isCborOf,
  isMap,
  type PublicKey,
  parseNumericDate,
  publicKeyFromCose,
  publicKeyToCose,
} from '@onetrip/codec'
import { parseStatusReference } from '@onetrip/status'
import { CLAIM, HEADER, IMAGE, OWNER, TYP } from './labels.ts'
import {
  areSealFacts,
  orderKeys,
  parseImageMediaType,
  parseSealKind,
  type SealFacts,
  type SealImage,
  type SealOwner,
} from './seal-facts.ts'
import {
  type CoseDraft,
  cborMapOf,
  integerOf,
  type NamedSign1,
  parseSign1,
  textOf,
} from './signed-forms.ts'

/** Largest seal in bytes: all facts at their limits need about 1,650. */
export const MAX_SEAL_BYTES = 1_792

const CLAIMS: readonly CborKey[] = [
  ...[CLAIM.iss, CLAIM.sub, CLAIM.exp, CLAIM.nbf, CLAIM.iat, CLAIM.status],
  ...[CLAIM.sealName, CLAIM.sealKind, CLAIM.sealOwner, CLAIM.sealImage, CLAIM.sealKeys],
]

/** A parsed seal; its signature is not verified by parsing. */
export interface SealStatement extends NamedSign1 {
  readonly facts: SealFacts
}

/** What a seal is made from; keys may come in any order. */
export interface SealInput {
  readonly facts: SealFacts
  /** Names the maker's key, 8 bytes. */
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
}

/** Builds a seal up to its signature. `TypeError` for what no seal maker may state. */
export function buildSeal({ facts, kid, algorithm }: SealInput): CoseDraft {
  const ordered = orderedFacts(facts)
  const payload = encodeCbor(claimsOf(ordered))
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kid, kid],
    [HEADER.typ, TYP.seal],
  ])
  return { payload, ...buildSign1({ protectedHeader, payload, algorithm }) }
}

/** Joins a draft of a seal or an impression and its signature (64 bytes). */
export function assembleCose(
  { protectedBytes, payload }: Pick<CoseDraft, 'protectedBytes' | 'payload'>,
  signature: Uint8Array,
): Uint8Array {
  return encodeSign1({ protectedBytes, payload, signature })
}

/**
 * Parses a seal. Throws `seal/wrong-type` (another `typ`), `seal/format` (too large; a header or claim that is missing,
 * of a wrong form or not named here), `time/format`, `status/*`, `key/*`, `cose/*`, `cbor/*`.
 */
export function parseSeal(bytes: Uint8Array): SealStatement {
  const named = parseSign1(bytes, { typ: TYP.seal, maxBytes: MAX_SEAL_BYTES })
  const { payload } = named.sign1
  const claims = cborMapOf(decodeCbor(payload, { maxBytes: MAX_SEAL_BYTES }), CLAIMS)
  const facts: SealFacts = {
    maker: textOf(claims.get(CLAIM.iss)),
    id: textOf(claims.get(CLAIM.sub)),
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    validFrom: parseNumericDate(claims.get(CLAIM.nbf)),
    validTo: parseNumericDate(claims.get(CLAIM.exp)),
    name: textOf(claims.get(CLAIM.sealName)),
    kind: parseSealKind(textOf(claims.get(CLAIM.sealKind))),
    owner: ownerIn(claims.get(CLAIM.sealOwner)),
    image: imageIn(claims.get(CLAIM.sealImage)),
    keys: keysIn(claims.get(CLAIM.sealKeys)),
    status: parseStatusReference(claims.get(CLAIM.status)),
  }
  // One statement has one form: no further claim, no other way to write a key.
  if (!areSealFacts(facts) || !isCborOf(payload, claimsOf(facts))) throw fault('seal/format')
  return { ...named, facts }
}

/** Whether two forms state the same seal. */
export function sameSeal(a: SealFacts, b: SealFacts): boolean {
  return equalBytes(encodeCbor(claimsOf(a)), encodeCbor(claimsOf(b)))
}

/** The facts with their keys in order. `TypeError` for what no seal maker may state. */
export function orderedFacts(facts: SealFacts): SealFacts {
  const ordered = { ...facts, keys: orderKeys(facts.keys) }
  if (!areSealFacts(ordered)) throw new TypeError('a seal states what no seal maker may')
  return ordered
}

function claimsOf(facts: SealFacts): CborMap {
  const { owner, image, status } = facts
  const place = new Map<CborKey, CborValue>([
    ['idx', status.index],
    ['uri', status.uri],
  ])
  return new Map<CborKey, CborValue>([
    [CLAIM.iss, facts.maker],
    [CLAIM.sub, facts.id],
    [CLAIM.exp, facts.validTo],
    [CLAIM.nbf, facts.validFrom],
    [CLAIM.iat, facts.issuedAt],
    [CLAIM.status, new Map([['status_list', place]])],
    [CLAIM.sealName, facts.name],
    [CLAIM.sealKind, facts.kind],
    [
      CLAIM.sealOwner,
      new Map([
        [OWNER.name, owner.name],
        [OWNER.uscc, owner.uscc],
      ]),
    ],
    [
      CLAIM.sealImage,
      new Map<CborKey, CborValue>([
        [IMAGE.sha256, image.sha256],
        [IMAGE.mediaType, image.mediaType],
        [IMAGE.widthMm, image.widthMm],
        [IMAGE.heightMm, image.heightMm],
      ]),
    ],
    [CLAIM.sealKeys, facts.keys.map((key) => publicKeyToCose(key, { compressed: true }))],
  ])
}

function ownerIn(value: CborValue | undefined): SealOwner {
  const owner = cborMapOf(value, Object.values(OWNER))
  return { name: textOf(owner.get(OWNER.name)), uscc: textOf(owner.get(OWNER.uscc)) }
}

function imageIn(value: CborValue | undefined): SealImage {
  const image = cborMapOf(value, Object.values(IMAGE))
  const sha256 = image.get(IMAGE.sha256)
  if (!isBytes(sha256)) throw fault('seal/format')
  return {
    sha256,
    mediaType: parseImageMediaType(textOf(image.get(IMAGE.mediaType))),
    widthMm: integerOf(image.get(IMAGE.widthMm)),
    heightMm: integerOf(image.get(IMAGE.heightMm)),
  }
}

function keysIn(value: CborValue | undefined): readonly PublicKey[] {
  if (!isArray(value)) throw fault('seal/format')
  return value.map((key) => {
    if (!isMap(key)) throw fault('seal/format')
    return publicKeyFromCose(key)
  })
}
