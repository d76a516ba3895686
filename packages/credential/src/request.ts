/**
 * What a counter asks of a holder: a CWT (RFC 8392) with `typ` of its own, signed by the counter's device. It names the matter,
 * what it is for in words, the wanted licences and claims, and a nonce, so that no two are alike; it lives five minutes. An answer
 * binds itself to the digest of the whole: whoever asks with one nonce twice asks with two digests.
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  fault,
  isBytes,
  parseNumericDate,
  type Random,
  type Signer,
  sha256,
} from '@onetrip/codec'
import { codeText } from './budgets.ts'
import {
  type CounterCertificate,
  isMatterCode,
  parseCounterCertificate,
} from './counter-certificate.ts'
import { type DeviceSigned, parseDeviceSigned, signAsDevice } from './device-signed.ts'
import { CLAIM, TYP } from './labels.ts'
import { isPlainLine } from './licence-claims.ts'
import { areWants, orderedWants, parseWants, type Want, wantsToCbor } from './request-wants.ts'

/** Longest life of a request: five minutes. */
export const MAX_REQUEST_SECONDS = 300

/** Bytes of the nonce. */
export const REQUEST_NONCE_BYTES = 16

/** Bytes of {@link requestDigest}. */
export const REQUEST_DIGEST_BYTES = 32

/** Largest request in bytes: everything at its limits needs about 24,000. */
export const MAX_REQUEST_BYTES = 24_576

/** Longest purpose in words. */
export const MAX_PURPOSE_CHARACTERS = 100

/** What a request states. */
export interface RequestFacts {
  /** Unified social credit code of the office that asks, as its certificate says. */
  readonly office: string
  /** Code of the matter in the catalogue. */
  readonly matter: string
  /** What it is for, in words: one line of 1 to 100 characters. */
  readonly purpose: string
  /** 16 bytes. */
  readonly nonce: Uint8Array
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, exclusive; at most 300 after `issuedAt`. */
  readonly expiresAt: number
  readonly wants: readonly Want[]
}

/** A parsed request; parsing verifies no signature. */
export interface OfficeRequest extends RequestFacts, DeviceSigned {
  /** {@link requestDigest} of the bytes that were parsed. */
  readonly digest: Uint8Array
}

/** What a request is made from. */
export interface RequestInput
  extends Pick<RequestFacts, 'matter' | 'purpose' | 'wants' | 'issuedAt'> {
  /** Unix seconds; five minutes after `issuedAt` unless given. */
  readonly expiresAt?: number
  /** Makes the nonce. */
  readonly random: Random
  /** Of the device, COSE_Sign1. */
  readonly certificate: Uint8Array
  /** The device's key. */
  readonly signer: Signer
}

/** Signs a request; claims are put in order. `TypeError` for what no counter may ask, or for another device's certificate. */
export function signRequest(input: RequestInput): Promise<Uint8Array> {
  const { matter, purpose, issuedAt, random, certificate, signer } = input
  const { office } = parseCounterCertificate(certificate)
  const facts: RequestFacts = {
    office,
    matter,
    purpose,
    nonce: random(REQUEST_NONCE_BYTES),
    issuedAt,
    expiresAt: input.expiresAt ?? issuedAt + MAX_REQUEST_SECONDS,
    wants: orderedWants(input.wants),
  }
  if (!isRequest(facts)) throw new TypeError('a request asks what no counter may')
  return signAsDevice({ typ: TYP.request, claims: claimsOf(facts), certificate, signer })
}

/**
 * SHA-256 of a request's bytes as received, whole: 32 bytes. The nonce that holders' keys sign, and what a receipt names the
 * request by, so that both speak of its matter, purpose and wants.
 */
export function requestDigest(request: Uint8Array): Uint8Array {
  return sha256(request)
}

/** The text of a request's code; over 1,853 characters an animated one. */
export function requestText(request: Uint8Array): string {
  return codeText('request', request)
}

/**
 * Parses a request. Throws `request/wrong-type` (another `typ`), `request/format` (a header or claim that is missing, of a
 * wrong form, beyond its limit or not named here; an office that its certificate does not name), `time/format`, `counter/*`,
 * `key/*`, `cose/*`, `cbor/*`.
 */
export function parseRequest(bytes: Uint8Array): OfficeRequest {
  const parsed = parseDeviceSigned(bytes, {
    typ: TYP.request,
    maxBytes: MAX_REQUEST_BYTES,
    wrongType: 'request/wrong-type',
    format: 'request/format',
    read: readClaims,
    write: claimsOf,
  })
  return { ...parsed, digest: requestDigest(bytes) }
}

function claimsOf(facts: RequestFacts): CborMap {
  return new Map<CborKey, CborValue>([
    [CLAIM.iss, facts.office],
    [CLAIM.exp, facts.expiresAt],
    [CLAIM.iat, facts.issuedAt],
    [CLAIM.cnonce, facts.nonce],
    [CLAIM.purpose, facts.purpose],
    [CLAIM.matter, facts.matter],
    [CLAIM.wants, wantsToCbor(facts.wants)],
  ])
}

function readClaims(claims: CborMap, { office }: CounterCertificate): RequestFacts {
  const nonce = claims.get(CLAIM.cnonce)
  const purpose = claims.get(CLAIM.purpose)
  const matter = claims.get(CLAIM.matter)
  const isTyped = isBytes(nonce) && typeof purpose === 'string' && typeof matter === 'string'
  if (!isTyped || claims.get(CLAIM.iss) !== office) throw fault('request/format')
  const facts: RequestFacts = {
    office,
    matter,
    purpose,
    nonce,
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    expiresAt: parseNumericDate(claims.get(CLAIM.exp)),
    wants: parseWants(claims.get(CLAIM.wants)),
  }
  if (!isRequest(facts)) throw fault('request/format')
  return facts
}

function isRequest({ matter, purpose, nonce, issuedAt, expiresAt, wants }: RequestFacts): boolean {
  return (
    isMatterCode(matter) &&
    isPlainLine(purpose, MAX_PURPOSE_CHARACTERS) &&
    nonce.length === REQUEST_NONCE_BYTES &&
    issuedAt < expiresAt &&
    expiresAt - issuedAt <= MAX_REQUEST_SECONDS &&
    areWants(wants)
  )
}
