/**
 * What all signed statements of this package have in common: a protected header with nothing but what is ours in it,
 * an 8-byte `kid`, and a `typ` that no other statement has (threat T22).
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  decodeJws,
  decodeSign1,
  encodeJson,
  equalBytes,
  fault,
  fromBase64url,
  isMap,
  isObject,
  type JsonObject,
  type JsonValue,
  type Jws,
  parseJson,
  type Sign1,
  utf8Encode,
} from '@onetrip/codec'
import { HEADER } from './labels.ts'

/** Length of `kid`. */
export const KID_BYTES = 8

/** A COSE_Sign1 that awaits its signature. */
export interface CoseDraft {
  readonly protectedBytes: Uint8Array
  readonly payload: Uint8Array
  /** Sig_structure. */
  readonly toBeSigned: Uint8Array
}

/** A compact JWS that awaits its signature. */
export interface JwsText {
  /** Header, full stop, payload; its UTF-8 is what is signed. */
  readonly signingInput: string
  readonly toBeSigned: Uint8Array
}

/** A decoded COSE_Sign1 with the key that it names. */
export interface NamedSign1 {
  readonly sign1: Sign1
  readonly kid: Uint8Array
}

/** A decoded JWS with the key that it names. */
export interface NamedJws {
  readonly jws: Jws
  readonly kid: Uint8Array
}

/**
 * Decodes a COSE_Sign1 whose protected header holds `alg`, `kid`, `typ` and `labels`, and whose unprotected one is empty.
 * Throws `seal/wrong-type` (another `typ`), `seal/format`, `cose/*`, `cbor/*`.
 */
export function parseSign1(
  bytes: Uint8Array,
  form: {
    readonly typ: number
    readonly maxBytes: number
    readonly labels?: readonly CborKey[]
  },
): NamedSign1 {
  const { typ, maxBytes, labels = [] } = form
  if (bytes.length > maxBytes) throw fault('seal/format')
  const sign1 = decodeSign1(bytes, { maxBytes, floats: false })
  const { protectedHeader, unprotectedHeader, kid } = sign1
  if (protectedHeader.get(HEADER.typ) !== typ) throw fault('seal/wrong-type')
  assertOnly(protectedHeader, [HEADER.alg, HEADER.kid, HEADER.typ, ...labels])
  if (kid?.length !== KID_BYTES || unprotectedHeader.size !== 0) throw fault('seal/format')
  return { sign1, kid }
}

/**
 * Decodes a JWS whose header holds `alg`, `kid` and `typ` only. Throws `seal/wrong-type` (another `typ`), `seal/format`,
 * `jws/*`, `json/*`, `encoding/base64url`.
 */
export function parseJws(
  text: string,
  form: { readonly typ: string; readonly maxCharacters: number },
): NamedJws {
  const { typ, maxCharacters } = form
  if (text.length > maxCharacters) throw fault('seal/format')
  const jws = decodeJws(text, { maxCharacters })
  if (jws.header['typ'] !== typ) throw fault('seal/wrong-type')
  if (jws.kid === undefined || Object.keys(jws.header).length !== 3) throw fault('seal/format')
  const kid = fromBase64url(jws.kid)
  if (kid.length !== KID_BYTES) throw fault('seal/format')
  return { jws, kid }
}

/** The JSON object that a JWS signs. Throws `seal/format`, `json/*`. */
export function jwsClaims({ payload }: Jws): JsonObject {
  const claims = parseJson(payload)
  if (!isObject(claims)) throw fault('seal/format')
  return claims
}

/** One statement has one form, so that nothing rides along in it: another is `seal/format`. */
export function assertJsonForm({ payload }: Jws, claims: JsonObject): void {
  if (!equalBytes(utf8Encode(encodeJson(claims)), payload)) throw fault('seal/format')
}

/** A map with exactly these keys, else `seal/format`. */
export function cborMapOf(value: CborValue | undefined, keys: readonly CborKey[]): CborMap {
  if (!isMap(value)) throw fault('seal/format')
  assertOnly(value, keys)
  return value
}

/** A text, else `seal/format`. */
export function textOf(value: CborValue | JsonValue | undefined): string {
  if (typeof value !== 'string') throw fault('seal/format')
  return value
}

/** An integer, else `seal/format`. */
export function integerOf(value: CborValue | JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw fault('seal/format')
  return value
}

/** A member that is an object, else `seal/format`. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw fault('seal/format')
  return value
}

function assertOnly(map: CborMap, keys: readonly CborKey[]): void {
  if (map.size !== keys.length || !keys.every((key) => map.has(key))) throw fault('seal/format')
}
