/**
 * COSE_Sign1 (RFC 9052 §4.2, §4.4), tag 18 outermost. Bytes are verified as they were received; the
 * algorithm comes from the protected header alone and is tied to the key (RFC 9864 §2.2).
 */

import { verifySignature } from '#platform'
import { ALGORITHMS, type Algorithm, algorithmFromCose, assertMaySign } from './algorithms.ts'
import { concatBytes } from './bytes.ts'
import { type CborLimits, decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import {
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  isArray,
  isBytes,
  isMap,
} from './cbor-value.ts'
import { fault } from './errors.ts'
import type { PublicKey } from './keys.ts'
import type { Signer } from './signer.ts'

const SIGN1_TAG = 18
const HEADER = { algorithm: 1, critical: 2, kid: 4 } as const

const EMPTY: Uint8Array = new Uint8Array(0)
const EMPTY_HEADER: CborMap = new Map()
const EMPTY_MAP: Uint8Array = Uint8Array.of(0xa0)
const NIL: Uint8Array = Uint8Array.of(0xf6)
/** Array of 4, then the text "Signature1" (RFC 9052 §4.4). */
const SIG_STRUCTURE_START: Uint8Array = encodeCbor(['Signature1', 0, 0, 0]).subarray(0, 12)
/** Tag 18, then an array of 4. */
const SIGN1_START: Uint8Array = Uint8Array.of(0xd2, 0x84)

/** A COSE_Sign1 whose structure and headers passed; its signature is not verified by decoding. */
export interface Sign1 {
  /** The protected header as received. */
  readonly protectedBytes: Uint8Array
  readonly protectedHeader: CborMap
  readonly unprotectedHeader: CborMap
  /** Not decoded. */
  readonly payload: Uint8Array
  /** As received, of any length. */
  readonly signature: Uint8Array
  readonly algorithm: Algorithm
  /** From either bucket: a hint, whose trust comes from the key that it finds. */
  readonly kid?: Uint8Array
}

/** A COSE_Sign1 whose payload is not in it (RFC 9052 §4.1, nil): whoever verifies has it from elsewhere. */
export type DetachedSign1 = Omit<Sign1, 'payload'>

/** What a Sig_structure covers. */
export interface SignedParts {
  readonly protectedBytes: Uint8Array
  readonly payload: Uint8Array
  /** Default: empty. */
  readonly externalAad?: Uint8Array
}

/** What goes into a COSE_Sign1 that we make; `alg` is added to the protected header. */
export interface Sign1Draft {
  readonly protectedHeader: CborMap
  readonly payload: Uint8Array
  readonly algorithm: Algorithm
}

/** The parts of a finished COSE_Sign1. */
export interface Sign1Parts {
  readonly protectedBytes: Uint8Array
  readonly unprotectedHeader?: CborMap
  /** Null: it is kept elsewhere. */
  readonly payload: Uint8Array | null
  readonly signature: Uint8Array
}

/**
 * Decodes a COSE_Sign1. The limits' `tags` are for items inside the headers; tag 18 at the start is
 * always taken. Throws `cose/wrong-tag`, `cose/wrong-type`, `cose/no-payload`,
 * `cose/algorithm-missing`, `cose/algorithm-unprotected`, `cose/critical-header` (any `crit`: we
 * know none), `cose/duplicate-header`, `algorithm/not-allowed`, and what `decodeCbor` throws.
 */
export function decodeSign1(bytes: Uint8Array, limits: CborLimits = {}): Sign1 {
  return sign1FromValue(decodeTagged(bytes, limits), limits)
}

/**
 * Decodes a COSE_Sign1 without payload. Throws as {@link decodeSign1} does; `cose/wrong-type` where there is a payload.
 */
export function decodeDetachedSign1(bytes: Uint8Array, limits: CborLimits = {}): DetachedSign1 {
  return detachedSign1FromValue(decodeTagged(bytes, limits), limits)
}

/** Takes a COSE_Sign1 without payload that is already an item, as {@link sign1FromValue} does. */
export function detachedSign1FromValue(value: CborValue, limits: CborLimits = {}): DetachedSign1 {
  const { payload, ...detached } = partsFromValue(value, limits)
  if (payload !== null) throw fault('cose/wrong-type')
  return detached
}

/**
 * Takes a COSE_Sign1 that is already an item, for one that stands in the header of another (kcwt).
 * Throws as {@link decodeSign1} does.
 */
export function sign1FromValue(value: CborValue, limits: CborLimits = {}): Sign1 {
  const sign1 = partsFromValue(value, limits)
  if (!hasPayload(sign1)) throw fault('cose/no-payload')
  return sign1
}

function decodeTagged(bytes: Uint8Array, limits: CborLimits): CborValue {
  const tags = [...(limits.tags ?? []), SIGN1_TAG]
  return decodeCbor(bytes, { ...limits, tags })
}

/** What stands in a COSE_Sign1, its payload too where there is one. */
type DecodedSign1 = DetachedSign1 & { readonly payload: Uint8Array | null }

function hasPayload(sign1: DecodedSign1): sign1 is DecodedSign1 & Sign1 {
  return sign1.payload !== null
}

function partsFromValue(value: CborValue, limits: CborLimits): DecodedSign1 {
  if (!(value instanceof CborTag) || value.tag !== SIGN1_TAG) throw fault('cose/wrong-tag')
  if (!isArray(value.value) || value.value.length !== 4) throw fault('cose/wrong-type')
  const [protectedBytes, unprotectedHeader, payload, signature] = value.value
  if (!isBytes(protectedBytes) || !isMap(unprotectedHeader)) throw fault('cose/wrong-type')
  if (payload !== null && !isBytes(payload)) throw fault('cose/wrong-type')
  if (!isBytes(signature)) throw fault('cose/wrong-type')
  const protectedHeader = decodeProtectedHeader(protectedBytes, limits)
  assertHeaders(protectedHeader, unprotectedHeader)
  const algorithm = algorithmFromCose(protectedHeader.get(HEADER.algorithm))
  const headers = { protectedBytes, protectedHeader, unprotectedHeader }
  const sign1 = { ...headers, payload, signature, algorithm }
  const kid = protectedHeader.get(HEADER.kid) ?? unprotectedHeader.get(HEADER.kid)
  if (kid === undefined) return sign1
  if (!isBytes(kid)) throw fault('cose/wrong-type')
  return { ...sign1, kid }
}

/**
 * The bytes that a COSE_Sign1 signs: Sig_structure with context "Signature1" (RFC 9052 §4.4). The
 * protected header stands in it as received, but for the empty one, whose two forms are both h''.
 */
export function sigStructure({ protectedBytes, payload, externalAad }: SignedParts): Uint8Array {
  const header = isEmptyMap(protectedBytes) ? EMPTY : protectedBytes
  const aad = externalAad ?? EMPTY
  return concatBytes(
    ...[SIG_STRUCTURE_START, headOf(header), header, headOf(aad), aad, headOf(payload), payload],
  )
}

/**
 * Verifies the signature under a key. Throws `algorithm/not-allowed` when the header's algorithm is
 * not the key's, `signature/format` on a wrong length, `signature/invalid`.
 */
export async function verifySign1(
  sign1: Sign1,
  key: PublicKey,
  externalAad: Uint8Array = EMPTY,
): Promise<void> {
  const { protectedBytes, payload } = sign1
  return verifySigned(sign1, sigStructure({ protectedBytes, payload, externalAad }), key)
}

/** As {@link verifySign1} does, for a caller that has the bytes of the Sig_structure already. */
export async function verifySigned(
  { algorithm, signature }: Pick<Sign1, 'algorithm' | 'signature'>,
  data: Uint8Array,
  key: PublicKey,
): Promise<void> {
  if (algorithm !== key.algorithm) throw fault('algorithm/not-allowed')
  if (!(await verifySignature({ key, signature, data }))) throw fault('signature/invalid')
}

/**
 * Makes the protected header, `alg` included, and the bytes to be signed. Throws
 * `algorithm/not-allowed` for an algorithm that we only verify.
 */
export function buildSign1({ protectedHeader, payload, algorithm }: Sign1Draft): {
  readonly toBeSigned: Uint8Array
  readonly protectedBytes: Uint8Array
} {
  assertMaySign(algorithm)
  if (protectedHeader.has(HEADER.algorithm)) throw new TypeError('alg is added, not passed')
  const header = new Map<CborKey, CborValue>(protectedHeader)
  header.set(HEADER.algorithm, ALGORITHMS[algorithm].cose[0] ?? null)
  const protectedBytes = encodeCbor(header)
  return { toBeSigned: sigStructure({ protectedBytes, payload }), protectedBytes }
}

/** Joins the parts of a COSE_Sign1 under tag 18. */
export function encodeSign1(parts: Sign1Parts): Uint8Array {
  const { protectedBytes, unprotectedHeader, payload, signature } = parts
  const isBare = unprotectedHeader === undefined || unprotectedHeader.size === 0
  const unprotected = isBare ? EMPTY_MAP : encodeCbor(unprotectedHeader)
  const signed = payload === null ? [NIL] : [headOf(payload), payload]
  const [header, last] = [headOf(protectedBytes), headOf(signature)]
  return concatBytes(
    ...[SIGN1_START, header, protectedBytes, unprotected, ...signed, last, signature],
  )
}

/** Signs a payload as COSE_Sign1 and encodes it; `alg` is the signer's. */
export async function signSign1(input: {
  readonly protectedHeader: CborMap
  readonly unprotectedHeader?: CborMap
  readonly payload: Uint8Array
  readonly signer: Signer
}): Promise<Uint8Array> {
  const { protectedHeader, payload, signer } = input
  const unprotectedHeader = input.unprotectedHeader ?? EMPTY_HEADER
  const { algorithm } = signer.publicKey
  const { toBeSigned, protectedBytes } = buildSign1({ protectedHeader, payload, algorithm })
  const signature = await signer.sign(toBeSigned)
  return encodeSign1({ protectedBytes, unprotectedHeader, payload, signature })
}

function decodeProtectedHeader(protectedBytes: Uint8Array, limits: CborLimits): CborMap {
  if (protectedBytes.length === 0) return EMPTY_HEADER
  const header = decodeCbor(protectedBytes, limits)
  if (!isMap(header)) throw fault('cose/wrong-type')
  return header
}

/** What RFC 9052 §3 asks of the two buckets together. */
function assertHeaders(protectedHeader: CborMap, unprotectedHeader: CborMap): void {
  for (const label of unprotectedHeader.keys()) {
    if (protectedHeader.has(label)) throw fault('cose/duplicate-header')
  }
  if (protectedHeader.has(HEADER.critical) || unprotectedHeader.has(HEADER.critical)) {
    throw fault('cose/critical-header')
  }
  if (protectedHeader.has(HEADER.algorithm)) return
  if (unprotectedHeader.has(HEADER.algorithm)) throw fault('cose/algorithm-unprotected')
  throw fault('cose/algorithm-missing')
}

function isEmptyMap(protectedBytes: Uint8Array): boolean {
  return protectedBytes.length === 1 && protectedBytes[0] === EMPTY_MAP[0]
}

/** The shortest head of a byte string (RFC 8949 §3, major type 2). */
function headOf({ length }: Uint8Array): Uint8Array {
  if (length < 24) return Uint8Array.of(0x40 | length)
  if (length < 0x100) return Uint8Array.of(0x58, length)
  if (length < 0x10000) return Uint8Array.of(0x59, length >> 8, length)
  return Uint8Array.of(0x5a, length >>> 24, length >> 16, length >> 8, length)
}
