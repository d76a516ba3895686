/**
 * Reads a status list that comes from outside: first its structure, then its signature, and only then
 * its compressed bits (Token Status List draft-20 §5, §8.3).
 */
import {
  type Algorithm,
  ANY_KEY_ORDER,
  decodeCbor,
  decodeJws,
  decodeSign1,
  type ErrorCode,
  Fault,
  fault,
  fromBase64url,
  isMap,
  isObject,
  type PublicKey,
  parseJson,
  parseNumericDate,
  utf8Encode,
  verifyJws,
  verifySign1,
} from '@onetrip/codec'
import { inflateZlib } from './inflate.ts'
import { getStatus, isStatusSize, type StatusSize } from './status-bits.ts'
import { isStatusUri } from './status-reference.ts'

/** Largest status list accepted, signed and compressed, in bytes (CBOR) or characters (JWT). */
export const MAX_LIST_BYTES = 524_288

/** Most entries of a list; with 2 bits it inflates to 256 KiB, with 8 bits to 1 MiB. */
export const MAX_LIST_ENTRIES: number = 2 ** 20

/** `typ` of a list in CBOR (header 16) and, without `application/`, in JSON. */
export const LIST_TYPE = { cwt: 'application/statuslist+cwt', jwt: 'statuslist+jwt' } as const

/** CWT claims of a list (RFC 8392 §4; draft-20 §5.2). */
export const LIST_CLAIM = { sub: 2, exp: 4, iat: 6, list: 65_533, ttl: 65_534 } as const

const HEADER_TYPE = 16
const KID_BYTES = 8
const TTL_RANGE = { minSeconds: 60, maxSeconds: 86_400 } as const

/** A status list whose structure was read; nothing in it is verified or inflated. */
export interface StatusListToken {
  readonly form: 'cwt' | 'jwt'
  readonly algorithm: Algorithm
  /** 8 bytes in our lists; a foreign text `kid` as its UTF-8. */
  readonly kid?: Uint8Array
  /** `sub`: the one URI of the list in both forms. */
  readonly uri: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds. */
  readonly expiresAt?: number
  /** Clamped to 60 to 86,400; 86,400 when the list does not say. */
  readonly ttlSeconds: number
  readonly bits: StatusSize
  /** A zlib stream. */
  readonly compressed: Uint8Array
  /** Throws signature/* and algorithm/not-allowed. */
  readonly verify: (key: PublicKey) => Promise<void>
}

/** A verified and opened status list. */
export interface StatusList {
  readonly uri: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds. */
  readonly expiresAt?: number
  readonly ttlSeconds: number
  readonly bits: StatusSize
  /** Number of entries. */
  readonly size: number
  /** Reads a status, 0 <= value < 2^bits. Throws status/index for anything but 0 <= index < size. */
  readonly get: (index: number) => number
}

/**
 * Reads the structure of a list: bytes are the CWT form, text is the JWT form.
 * Throws status/format, status/bits, status/too-large, and the codes of cbor, cose, json and jws.
 */
export function decodeStatusList(token: Uint8Array | string): StatusListToken {
  if (token.length > MAX_LIST_BYTES) throw fault('status/too-large')
  return typeof token === 'string' ? decodeJwt(token) : decodeCwt(token)
}

/**
 * Verifies the signature, then inflates, at most 2^20 entries.
 * Throws signature/*, algorithm/not-allowed, status/too-large and status/format.
 */
export async function openStatusList(token: StatusListToken, key: PublicKey): Promise<StatusList> {
  await token.verify(key)
  return readUnverifiedStatusList(token)
}

/**
 * Inflates a list whose signature nobody looked at, at most 2^20 entries: for telling what a file holds, never
 * for a verdict. Throws status/too-large and status/format.
 */
export function readUnverifiedStatusList(token: StatusListToken): StatusList {
  const { uri, issuedAt, expiresAt, ttlSeconds, bits } = token
  const statuses = inflateZlib(token.compressed, (MAX_LIST_ENTRIES * bits) / 8)
  return {
    uri,
    issuedAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ttlSeconds,
    bits,
    size: (statuses.length * 8) / bits,
    get: (index) => getStatus({ statuses, bits, index }),
  }
}

function decodeCwt(bytes: Uint8Array): StatusListToken {
  const sign1 = decodeSign1(bytes, { maxBytes: MAX_LIST_BYTES })
  if (sign1.protectedHeader.get(HEADER_TYPE) !== LIST_TYPE.cwt) throw fault('status/format')
  // Examples of the draft sort their claims otherwise than RFC 8949 §4.2.1 does.
  const claims = decodeCbor(sign1.payload, { maxBytes: MAX_LIST_BYTES, [ANY_KEY_ORDER]: true })
  if (!isMap(claims)) throw fault('status/format')
  const list = claims.get(LIST_CLAIM.list)
  if (!isMap(list)) throw fault('status/format')
  const compressed = list.get('lst')
  if (!(compressed instanceof Uint8Array)) throw fault('status/format')
  const { kid } = sign1
  return {
    form: 'cwt',
    algorithm: sign1.algorithm,
    ...(kid === undefined ? {} : { kid }),
    ...readClaims({
      sub: claims.get(LIST_CLAIM.sub),
      iat: claims.get(LIST_CLAIM.iat),
      exp: claims.get(LIST_CLAIM.exp),
      ttl: claims.get(LIST_CLAIM.ttl),
      bits: list.get('bits'),
    }),
    compressed,
    verify: (key) => verifySign1(sign1, key),
  }
}

function decodeJwt(text: string): StatusListToken {
  const jws = decodeJws(text, { maxCharacters: MAX_LIST_BYTES })
  if (jws.header['typ'] !== LIST_TYPE.jwt) throw fault('status/format')
  const claims = parseJson(jws.payload, { maxBytes: MAX_LIST_BYTES })
  const list = isObject(claims) ? claims['status_list'] : undefined
  if (!isObject(claims) || !isObject(list)) throw fault('status/format')
  const compressed = list['lst']
  if (typeof compressed !== 'string') throw fault('status/format')
  return {
    form: 'jwt',
    algorithm: jws.algorithm,
    ...(jws.kid === undefined ? {} : { kid: decodeKid(jws.kid) }),
    ...readClaims({
      sub: claims['sub'],
      iat: claims['iat'],
      exp: claims['exp'],
      ttl: claims['ttl'],
      bits: list['bits'],
    }),
    compressed: fromBase64url(compressed),
    verify: (key) => verifyJws(jws, key),
  }
}

interface RawClaims {
  readonly sub: unknown
  readonly iat: unknown
  readonly exp: unknown
  readonly ttl: unknown
  readonly bits: unknown
}

function readClaims({
  sub,
  iat,
  exp,
  ttl,
  bits,
}: RawClaims): Pick<StatusListToken, 'uri' | 'issuedAt' | 'expiresAt' | 'ttlSeconds' | 'bits'> {
  if (!isStatusUri(sub)) throw fault('status/format')
  if (!isStatusSize(bits)) throw fault('status/bits')
  return {
    uri: sub,
    issuedAt: parseNumericDate(iat),
    ...(exp === undefined ? {} : { expiresAt: parseNumericDate(exp) }),
    ttlSeconds: clampTtl(ttl),
    bits,
  }
}

function clampTtl(ttl: unknown): number {
  const { minSeconds, maxSeconds } = TTL_RANGE
  if (ttl === undefined) return maxSeconds
  if (typeof ttl !== 'number' || !Number.isSafeInteger(ttl) || ttl < 0) throw fault('status/format')
  return Math.min(maxSeconds, Math.max(minSeconds, ttl))
}

function decodeKid(text: string): Uint8Array {
  try {
    const kid = fromBase64url(text)
    if (kid.length === KID_BYTES) return kid
  } catch (error) {
    const expected: ErrorCode = 'encoding/base64url'
    if (!(error instanceof Fault) || error.code !== expected) throw error
  }
  return utf8Encode(text)
}
