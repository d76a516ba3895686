/**
 * Reads a draft back with the decoders and claim parsers that read a credential from outside, leaving out what
 * only a stranger's credential needs: the signature, the check of the holder's key (it is compared with the one
 * ordered) and the digest of every disclosure. A hash that goes wrong goes wrong for all, so one digest of
 * each securing is computed again.
 */
import {
  type CborMap,
  type CborValue,
  compareBytes,
  decodeCbor,
  encodeCbor,
  encodeJson,
  equalBytes,
  fault,
  fromBase64url,
  isArray,
  isBytes,
  isMap,
  isObject,
  type JsonValue,
  type PublicKey,
  parseJson,
  publicKeyToCose,
  publicKeyToJwk,
  REDACTED_KEYS,
  toBase64url,
} from '@onetrip/codec'
import {
  CLAIM,
  type CredentialClaims,
  cborDisclosureDigest,
  jsonDisclosureDigest,
  parseCwtClaims,
  parseJwtClaims,
} from '@onetrip/credential'
import type { PendingSdCwt, PendingSdJwt } from './pending.ts'

/** What a draft states, with every disclosure in its place. */
export interface DraftedClaims {
  readonly claims: CredentialClaims
  /** Salts of the disclosures in base64url, 22 characters each. */
  readonly salts: readonly string[]
}

/** Confirmation method of a COSE_Key (RFC 8747 §3.2). */
const COSE_KEY = 1
const SALT_BYTES = 16
const SALT_CHARS = 22
/** 16 bytes and two of nothing: whole groups of base64url, so that all salts are encoded at once. */
const PADDED = { bytes: 18, chars: 24 } as const

/** Reads an SD-CWT draft. Throws credential/lint and the codes of parsing. */
export function readSdCwtDraft(
  { payload, disclosures }: PendingSdCwt,
  holderKey: PublicKey,
): DraftedClaims {
  const signed = mapIn(decodeCbor(payload, { redactedKeys: true }))
  const digests = mapIn(signed.get(CLAIM.licence)).get(REDACTED_KEYS) ?? []
  if (!isArray(digests) || !digests.every(isBytes)) throw refused('no list of digests')
  assertDigests({ digests, count: disclosures.length, compare: compareBytes })
  const claims = parseCwtClaims({ signed, opened: signed, hiddenCount: 0 }, (confirmation) => {
    const ordered = encodeCbor(
      new Map([[COSE_KEY, publicKeyToCose(holderKey, { compressed: true })]]),
    )
    if (!equalBytes(encodeCbor(confirmation), ordered)) throw refused('another holder key')
    return holderKey
  })
  const raw = new Map(claims.raw)
  const salts = disclosures.map((disclosure) => {
    const { salt, key, value } = readCborDisclosure(disclosure)
    if (raw.has(key)) throw refused('a claim stands twice')
    raw.set(key, value)
    return salt
  })
  const last = disclosures.at(-1)
  if (last !== undefined) {
    const digest = cborDisclosureDigest(last)
    if (!digests.some((one) => equalBytes(one, digest))) throw refused('a digest does not fit')
  }
  return { claims: { ...claims, raw }, salts: saltTexts(salts) }
}

/** Reads an SD-JWT VC draft. Throws credential/lint and the codes of parsing. */
export function readSdJwtDraft(
  { signingInput, disclosures }: PendingSdJwt,
  holderKey: PublicKey,
): DraftedClaims {
  const payload = fromBase64url(signingInput.slice(signingInput.indexOf('.') + 1))
  const signed = parseJson(payload)
  if (!isObject(signed)) throw refused('no claims')
  const digests = signed['_sd'] ?? []
  if (!Array.isArray(digests) || !digests.every(isText)) throw refused('no list of digests')
  assertDigests({ digests, count: disclosures.length, compare: compareTexts })
  const claims = parseJwtClaims({ signed, opened: signed, hiddenCount: 0 }, (confirmation) => {
    const ordered = encodeJson({ jwk: publicKeyToJwk(holderKey) })
    if (encodeJson(confirmation) !== ordered) throw refused('another holder key')
    return holderKey
  })
  const raw = new Map(claims.raw)
  const salts = disclosures.map((disclosure) => {
    const { salt, name, value } = readJsonDisclosure(disclosure)
    if (raw.has(name)) throw refused('a claim stands twice')
    raw.set(name, value)
    return salt
  })
  const last = disclosures.at(-1)
  if (last !== undefined && !digests.includes(jsonDisclosureDigest(last))) {
    throw refused('a digest does not fit')
  }
  return { claims: { ...claims, raw }, salts }
}

/** Sorted digests follow the hash alone; any other order could be the order of the claims. */
function assertDigests<T>(options: {
  readonly digests: readonly T[]
  readonly count: number
  readonly compare: (a: T, b: T) => number
}): void {
  const { digests, count, compare } = options
  if (digests.length !== count) throw refused('not one digest for each disclosure')
  for (let at = 1; at < digests.length; at += 1) {
    const [before, digest] = [digests[at - 1], digests[at]]
    if (before === undefined || digest === undefined || compare(before, digest) >= 0) {
      throw refused('the digests are not sorted')
    }
  }
}

function readCborDisclosure(bytes: Uint8Array): {
  readonly salt: Uint8Array
  readonly key: number
  readonly value: CborValue
} {
  const parts = decodeCbor(bytes)
  const [salt, value, key] = isArray(parts) ? parts : []
  if (!isBytes(salt) || salt.length !== SALT_BYTES) throw refused('a salt is not 16 bytes')
  if (value === undefined || typeof key !== 'number') throw refused('not a disclosure')
  return { salt, key, value }
}

function readJsonDisclosure(text: string): {
  readonly salt: string
  readonly name: string
  readonly value: JsonValue
} {
  const parts = parseJson(fromBase64url(text))
  const [salt, name, value] = Array.isArray(parts) ? parts : []
  if (!isText(salt) || salt.length !== SALT_CHARS) throw refused('a salt is not 16 bytes')
  if (value === undefined || !isText(name)) throw refused('not a disclosure')
  return { salt, name, value }
}

function saltTexts(salts: readonly Uint8Array[]): readonly string[] {
  const padded = new Uint8Array(salts.length * PADDED.bytes)
  for (const [at, salt] of salts.entries()) padded.set(salt, at * PADDED.bytes)
  const text = toBase64url(padded)
  return salts.map((_, at) => text.slice(at * PADDED.chars, at * PADDED.chars + SALT_CHARS))
}

function mapIn(value: CborValue | undefined): CborMap {
  if (!isMap(value)) throw refused('no claims')
  return value
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function refused(why: string): Error {
  return fault('credential/lint', why)
}
