/**
 * What stands in the log: coded facts and digests in deterministic CBOR (RFC 8949 §4.2.1). The entry of a licence or of a seal's
 * use follows from the thing itself, so whoever holds it can look for it; of an act only who, what kind and when is open, and a
 * salted commitment holds the rest, which its opening proves. Nothing in an entry is personal.
 */
import {
  type CborMap,
  type CborValue,
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isBytes,
  isMap,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import { HASH_BYTES } from './hashing.ts'
import { isCount } from './numbers.ts'
import { MAX_ENTRY_BYTES } from './tiles.ts'

/** A credential: each securing, each copy of a batch and each paper code by itself. */
export interface IssuanceEntry {
  readonly kind: 'issuance'
  /** The agency (`iss`, a USCC). */
  readonly issuer: string
  /** The licence type (`vct`). */
  readonly type: string
  /** `iat`, epoch seconds; absent where the credential has none. */
  readonly issuedAt?: number
  /** Of the signed bytes: {@link digestOfSign1} or {@link digestOfJwt}. */
  readonly digest: Uint8Array
}

/** A seal put on a file. */
export interface ImpressionEntry {
  readonly kind: 'impression'
  /** The seal maker (a USCC). */
  readonly maker: string
  /** The seal's number. */
  readonly seal: string
  /** Epoch seconds. */
  readonly issuedAt: number
  /** {@link digestOfSign1} of the impression. */
  readonly digest: Uint8Array
}

/** What a person or a system did. */
export interface ActEntry {
  readonly kind: 'act'
  /** Such as `licence/status`. */
  readonly act: string
  /** Epoch seconds. */
  readonly at: number
  /** In whose name (a USCC); absent where in nobody's. */
  readonly agency?: string
  /** {@link commitTo} its facts. */
  readonly commitment: Uint8Array
}

/** Any entry. */
export type LogEntry = IssuanceEntry | ImpressionEntry | ActEntry

/** A fact behind a commitment. */
export type Fact = string | number

/** A commitment and what opens it. */
export interface Commitment {
  readonly commitment: Uint8Array
  /** CBOR [salt, facts]; whoever has it can prove the facts. */
  readonly opening: Uint8Array
}

/** Random bytes in a commitment, so that facts cannot be guessed. */
export const SALT_BYTES = 16
const MAX_TEXT = 2_048

/** Encodes an entry. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  switch (entry.kind) {
    case 'issuance':
      return encodeCbor([
        ...[entry.kind, entry.issuer, entry.type, entry.issuedAt ?? null],
        entry.digest,
      ])
    case 'impression':
      return encodeCbor([entry.kind, entry.maker, entry.seal, entry.issuedAt, entry.digest])
    case 'act':
      return encodeCbor([entry.kind, entry.act, entry.at, entry.agency ?? null, entry.commitment])
  }
}

/** Reads an entry. Throws `log/entry` for what is none of ours. */
export function parseEntry(bytes: Uint8Array): LogEntry {
  const items = decode(bytes)
  const [kind, first, second, third, digest, ...rest] = isArray(items) ? items : []
  if (!isText(first) || !isBytes(digest) || digest.length !== HASH_BYTES || rest.length > 0) {
    throw fault('log/entry')
  }
  if (kind === 'act' && isCount(second) && (third === null || isText(third))) {
    const agency = third === null ? {} : { agency: third }
    return { kind, act: first, at: second, ...agency, commitment: digest }
  }
  if (!isText(second)) throw fault('log/entry')
  if (kind === 'issuance' && (third === null || isCount(third))) {
    const issuedAt = third === null ? {} : { issuedAt: third }
    return { kind, issuer: first, type: second, ...issuedAt, digest }
  }
  if (kind === 'impression' && isCount(third)) {
    return { kind, maker: first, seal: second, issuedAt: third, digest }
  }
  throw fault('log/entry')
}

/** SHA-256 of the CBOR array of a COSE_Sign1's protected header, payload and signature, as they were received. */
export function digestOfSign1(sign1: {
  readonly protectedBytes: Uint8Array
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}): Uint8Array {
  return sha256(encodeCbor([sign1.protectedBytes, sign1.payload, sign1.signature]))
}

/** SHA-256 of the issuer-signed JWT of an SD-JWT: the part before the first tilde. */
export function digestOfJwt(jwt: string): Uint8Array {
  return sha256(utf8Encode(jwt))
}

/** Commits to facts under a salt of {@link SALT_BYTES}. */
export function commitTo(facts: Readonly<Record<string, Fact>>, salt: Uint8Array): Commitment {
  const opening = encodeCbor([salt, new Map(Object.entries(facts))])
  return { commitment: sha256(opening), opening }
}

/** The facts of an opening, whose SHA-256 is the commitment. Throws `log/entry`. */
export function readOpening(opening: Uint8Array): ReadonlyMap<string, Fact> {
  const items = decode(opening)
  const [salt, facts, ...rest] = isArray(items) ? items : []
  if (!isBytes(salt) || salt.length !== SALT_BYTES || !isMap(facts) || rest.length > 0) {
    throw fault('log/entry')
  }
  return factsOf(facts)
}

function factsOf(map: CborMap): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>()
  for (const [name, fact] of map) {
    if (typeof name !== 'string' || !(isText(fact) || isCount(fact))) throw fault('log/entry')
    facts.set(name, fact)
  }
  return facts
}

function decode(bytes: Uint8Array): CborValue {
  try {
    return decodeCbor(bytes, { maxBytes: MAX_ENTRY_BYTES, floats: false })
  } catch {
    throw fault('log/entry')
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT
}
