/**
 * The last look before a key is used: our own parser reads each draft back and has to find exactly the facts
 * that were ordered, and no salt or order of digests may tell two credentials together or claims apart
 * (RFC 9901 §4.2.3, §10.1; threats SD15). Nothing is verified again that costs a signature.
 */
import {
  compareBytes,
  decodeCbor,
  fault,
  fromBase64url,
  isArray,
  isBytes,
  isMap,
  isObject,
  type PublicKey,
  parseJson,
  REDACTED_KEYS,
  samePublicKey,
  toBase64url,
  utf8Decode,
} from '@onetrip/codec'
import {
  assemblePaper,
  assembleSdCwt,
  assembleSdJwt,
  type CredentialClaims,
  type LicenceFacts,
  paperText,
  parsePaper,
  parseSdCwt,
  parseSdJwt,
  readClaims,
  type TypeDefinition,
} from '@onetrip/credential'
import type { StatusReference } from '@onetrip/status'
import type { PendingLicence, PendingPaper, PendingSdCwt, PendingSdJwt } from './pending.ts'

/** What a draft has to state. */
export interface ExpectedClaims {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  readonly status: StatusReference
  /** Unix seconds; the draft states the hour. */
  readonly issuedAt: number
  /** Unix seconds; the draft states the hour. */
  readonly expiresAt: number
}

/** What both securings of a licence have to state. */
export interface ExpectedLicence {
  readonly cbor: ExpectedClaims & { readonly iss: string; readonly holderKey: PublicKey }
  readonly jws: ExpectedClaims & { readonly iss: string; readonly holderKey: PublicKey }
}

const LICENCE_CLAIM = -65_537
const SALT_BYTES = 16
const HOUR_SECONDS = 3_600
/** Stands where the signature will be, so that the parsers can be used; its value is never read. */
const NO_SIGNATURE: Uint8Array = new Uint8Array(64)
/** Base64url of `["` and a salt of 22 characters and its closing quote, in whole groups. */
const JSON_SALT_CHARS = 36
const JSON_SALT = { start: 2, end: 24, quote: 0x22 } as const

/** Refuses drafts that are not exactly what was ordered. Throws credential/lint and the codes of parsing. */
export function lintLicence({ cbor, jws }: PendingLicence, expected: ExpectedLicence): void {
  const sdCwt = parseSdCwt(assembleSdCwt(cbor, NO_SIGNATURE))
  assertStates(sdCwt.claims, { ...expected.cbor, vct: expected.cbor.type.typeCode })
  const sdJwt = parseSdJwt(assembleSdJwt(jws, NO_SIGNATURE))
  assertStates(sdJwt.claims, { ...expected.jws, vct: expected.jws.type.vct })
  assertSorted(cborDigests(cbor), compareBytes)
  assertSorted(jsonDigests(jws), compareTexts)
  const salts = [...cbor.disclosures.map(cborSalt), ...jws.disclosures.map(jsonSalt)]
  if (new Set(salts).size !== salts.length) throw refused('two disclosures share a salt')
}

/**
 * Refuses a paper draft that does not state what was ordered or does not fit its code.
 * Throws credential/lint, qr/too-big and the codes of parsing.
 */
export function lintPaper(
  pending: PendingPaper,
  expected: ExpectedClaims & { readonly iss: string },
): void {
  const assembled = assemblePaper(pending, NO_SIGNATURE)
  const { type, facts } = expected
  const printed = type.claims.filter(({ paper, name }) => paper && name in facts.claims)
  const claims = Object.fromEntries(printed.map(({ name }) => [name, facts.claims[name] ?? '']))
  const { claims: read } = parsePaper(assembled)
  assertStates(read, { ...expected, facts: { ...facts, claims }, vct: type.typeCode })
  paperText(assembled)
}

function assertStates(
  read: CredentialClaims,
  expected: ExpectedClaims & {
    readonly iss: string
    readonly vct: string
    readonly holderKey?: PublicKey
  },
): void {
  const { type, facts, status, holderKey } = expected
  const isSameLicence =
    read.serial === facts.serial &&
    read.version === facts.version &&
    read.validFrom === facts.validFrom &&
    read.validTo === facts.validTo
  const isSameIssue =
    read.iss === expected.iss &&
    read.vct === expected.vct &&
    (read.typeVersion ?? type.version) === type.version &&
    isSameHour(read.issuedAt, expected.issuedAt) &&
    isSameHour(read.expiresAt, expected.expiresAt) &&
    read.notBefore === undefined
  const isSameStatus = read.status.uri === status.uri && read.status.index === status.index
  if (!isSameLicence || !isSameIssue || !isSameStatus) throw refused('other facts than ordered')
  if (!isSameKey(read.holderKey, holderKey)) throw refused('another holder key than ordered')
  assertSameClaims(read, expected)
}

function assertSameClaims(read: CredentialClaims, { type, facts }: ExpectedClaims): void {
  const claims = readClaims(type, read.raw)
  const ordered = Object.values(facts.claims).filter((value) => value !== undefined)
  const isSame = claims.every(({ name, value }) => facts.claims[name] === value)
  if (!isSame || claims.length !== ordered.length || read.hiddenCount !== 0) {
    throw refused('other claims than ordered')
  }
}

function isSameHour(stated: number | undefined, ordered: number): boolean {
  if (stated === undefined) return false
  return stated <= ordered && ordered - stated < HOUR_SECONDS && stated % HOUR_SECONDS === 0
}

function isSameKey(read: PublicKey | undefined, ordered: PublicKey | undefined): boolean {
  if (read === undefined || ordered === undefined) return read === ordered
  return samePublicKey(read, ordered)
}

function cborDigests({ payload }: PendingSdCwt): readonly Uint8Array[] {
  const claims = decodeCbor(payload, { redactedKeys: true })
  const licence = isMap(claims) ? claims.get(LICENCE_CLAIM) : undefined
  const digests = isMap(licence) ? (licence.get(REDACTED_KEYS) ?? []) : undefined
  if (digests === undefined || !isArray(digests) || !digests.every(isBytes)) {
    throw refused('no list of digests')
  }
  return digests
}

function jsonDigests({ signingInput }: PendingSdJwt): readonly string[] {
  const payload = parseJson(fromBase64url(signingInput.slice(signingInput.indexOf('.') + 1)))
  const digests = isObject(payload) ? (payload['_sd'] ?? []) : undefined
  if (!Array.isArray(digests) || !digests.every((digest) => typeof digest === 'string')) {
    throw refused('no list of digests')
  }
  return digests
}

/** Sorted digests follow the hash alone; any other order could be the order of the claims. */
function assertSorted<T>(digests: readonly T[], compare: (a: T, b: T) => number): void {
  for (const [at, digest] of digests.entries()) {
    const before = digests[at - 1]
    if (at > 0 && before !== undefined && compare(before, digest) >= 0) {
      throw refused('the digests are not sorted')
    }
  }
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The salt of `[salt, value, key]`; the parser saw to it that it has 16 bytes. */
function cborSalt(disclosure: Uint8Array): string {
  return toBase64url(disclosure.subarray(2, 2 + SALT_BYTES))
}

/** The salt of `["salt", name, value]`, read without parsing the rest again. */
function jsonSalt(disclosure: string): string {
  const start = fromBase64url(disclosure.slice(0, JSON_SALT_CHARS))
  if (start[JSON_SALT.end] !== JSON_SALT.quote) throw refused('a salt is not 16 bytes')
  return utf8Decode(start.subarray(JSON_SALT.start, JSON_SALT.end))
}

function refused(why: string): Error {
  return fault('credential/lint', why)
}
