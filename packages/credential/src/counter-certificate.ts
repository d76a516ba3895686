/**
 * The certificate of a counter: a plain CWT (RFC 8392) with `typ` of its own, in which an office states which
 * device's key speaks for it, for which matters and until when. It holds nothing but the claims named here.
 */
import {
  type Algorithm,
  buildSign1,
  type CborKey,
  type CborMap,
  type CborValue,
  decodeCbor,
  decodeSign1,
  encodeCbor,
  encodeSign1,
  equalBytes,
  fault,
  isArray,
  isMap,
  type PublicKey,
  parseNumericDate,
  publicKeyFromCose,
  publicKeyToCose,
  type Sign1,
} from '@onetrip/codec'
import { cwtHeader } from './cwt-headers.ts'
import { isUscc } from './id-numbers.ts'
import { CLAIM, COSE_KEY_CONFIRMATION, HEADER, TYP } from './labels.ts'
import { isPlainLine } from './licence-claims.ts'
import type { CwtDraft } from './sd-cwt-issue.ts'

/** Largest certificate in bytes: all claims at their limits need about 1,000. */
export const MAX_COUNTER_BYTES = 1536

/** Longest life of a certificate: 30 days. A lost device that nobody reported is over after that. */
export const MAX_COUNTER_SECONDS: number = 30 * 86_400

/** Most matters of one counter. */
export const MAX_MATTERS = 16

const MAX_NAME_CHARACTERS = 40
const DEVICE_NUMBER = /^[A-Z0-9](?:[A-Z0-9-]{0,14}[A-Z0-9])?$/
const MATTER_CODE = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?$/
const HEADER_LABELS: readonly CborKey[] = [HEADER.alg, HEADER.kid, HEADER.typ]

/** A device that speaks for an office. */
export interface CounterDevice {
  /** Number within the office: 1 to 16 of A-Z, 0-9 and, inside, `-`. */
  readonly number: string
  /** 1 to 40 characters of plain text. */
  readonly name: string
  /** Ed25519 or P-256. */
  readonly key: PublicKey
}

/** What a certificate states. */
export interface CounterStatement {
  /** Unified social credit code of the office. */
  readonly office: string
  readonly device: CounterDevice
  /** Matter codes, ascending, each once; may be empty. */
  readonly matters: readonly string[]
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, inclusive; at most 30 days after `issuedAt`. */
  readonly expiresAt: number
}

/** A parsed certificate; its signature is not verified by parsing. */
export interface CounterCertificate extends CounterStatement {
  readonly sign1: Sign1
  /** Names the office's key, 8 bytes. */
  readonly kid: Uint8Array
}

/** What a certificate is made from. */
export interface CounterCertificateInput extends CounterStatement {
  readonly kid: Uint8Array
  readonly algorithm: Algorithm
}

/** Whether a text is the number of a device. */
export function isDeviceNumber(text: string): boolean {
  return DEVICE_NUMBER.test(text)
}

/** Whether a text may name a device: one line of 1 to 40 characters. */
export function isDeviceName(text: string): boolean {
  return isPlainLine(text, MAX_NAME_CHARACTERS)
}

/** Whether a text is the code of a matter: 1 to 40 letters, digits and, inside, `-`. */
export function isMatterCode(text: string): boolean {
  return MATTER_CODE.test(text)
}

/** Builds a certificate up to its signature; matters are put in order. `TypeError` for what no office may state. */
export function buildCounterCertificate(input: CounterCertificateInput): CwtDraft {
  const { kid, algorithm } = input
  const statement = { ...input, matters: [...new Set(input.matters)].sort() }
  if (codeOfStatement(statement) !== undefined) {
    throw new TypeError('a certificate states what no office may')
  }
  const payload = encodeCbor(claimsOf(statement))
  const protectedHeader = cwtHeader(TYP.counter, kid)
  return { protectedHeader, payload, ...buildSign1({ protectedHeader, payload, algorithm }) }
}

/** Joins a draft and its signature (64 bytes). */
export function assembleCounterCertificate(
  draft: Pick<CwtDraft, 'protectedBytes' | 'payload'>,
  signature: Uint8Array,
): Uint8Array {
  const { protectedBytes, payload } = draft
  return encodeSign1({ protectedBytes, payload, signature })
}

/**
 * Parses a certificate, by itself or out of the header of what its device signed. Throws `counter/wrong-type` (another `typ`), `counter/format` (too large; a header or claim
 * that is missing, of a wrong form or not named here), `counter/too-long` (more than 30 days), `time/format`,
 * `key/*`, `cose/*`, `cbor/*`.
 */
export function parseCounterCertificate(input: Uint8Array | Sign1): CounterCertificate {
  const sign1 = input instanceof Uint8Array ? decodeCertificate(input) : input
  const { protectedHeader, unprotectedHeader, kid } = sign1
  if (protectedHeader.get(HEADER.typ) !== TYP.counter) throw fault('counter/wrong-type')
  const hasKid = kid?.length === 8 && protectedHeader.has(HEADER.kid)
  if (!hasKid || unprotectedHeader.size !== 0 || !hasOnly(protectedHeader, HEADER_LABELS)) {
    throw fault('counter/format')
  }
  const claims = decodeCbor(sign1.payload, { maxBytes: MAX_COUNTER_BYTES })
  if (!isMap(claims)) throw fault('counter/format')
  const statement: CounterStatement = {
    office: textAt(claims, CLAIM.iss),
    device: {
      number: textAt(claims, CLAIM.sub),
      name: textAt(claims, CLAIM.deviceName),
      key: confirmedKey(claims.get(CLAIM.cnf)),
    },
    matters: mattersIn(claims.get(CLAIM.matters)),
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    expiresAt: parseNumericDate(claims.get(CLAIM.exp)),
  }
  const code = codeOfStatement(statement)
  if (code !== undefined) throw fault(code)
  // One statement has one form: no further claim, no other way to write the key.
  if (!equalBytes(encodeCbor(claimsOf(statement)), sign1.payload)) throw fault('counter/format')
  return { sign1, kid, ...statement }
}

function decodeCertificate(bytes: Uint8Array): Sign1 {
  if (bytes.length > MAX_COUNTER_BYTES) throw fault('counter/format')
  return decodeSign1(bytes, { maxBytes: MAX_COUNTER_BYTES })
}

function claimsOf({ office, device, matters, issuedAt, expiresAt }: CounterStatement): CborMap {
  const key = publicKeyToCose(device.key, { compressed: true })
  return new Map<CborKey, CborValue>([
    [CLAIM.iss, office],
    [CLAIM.sub, device.number],
    [CLAIM.exp, expiresAt],
    [CLAIM.iat, issuedAt],
    [CLAIM.cnf, new Map([[COSE_KEY_CONFIRMATION, key]])],
    [CLAIM.deviceName, device.name],
    [CLAIM.matters, matters],
  ])
}

function codeOfStatement(statement: CounterStatement) {
  const { office, device, matters, issuedAt, expiresAt } = statement
  const isOrdered = matters.every((code, index) => index === 0 || (matters[index - 1] ?? '') < code)
  const isFormed =
    isUscc(office) &&
    isDeviceNumber(device.number) &&
    isDeviceName(device.name) &&
    device.key.algorithm !== 'ES384' &&
    matters.length <= MAX_MATTERS &&
    matters.every(isMatterCode) &&
    isOrdered &&
    issuedAt < expiresAt
  if (!isFormed) return 'counter/format'
  return expiresAt - issuedAt > MAX_COUNTER_SECONDS ? 'counter/too-long' : undefined
}

function hasOnly(map: CborMap, keys: readonly CborKey[]): boolean {
  return map.size === keys.length && keys.every((key) => map.has(key))
}

function textAt(claims: CborMap, key: number): string {
  const value = claims.get(key)
  if (typeof value !== 'string') throw fault('counter/format')
  return value
}

function confirmedKey(confirmation: CborValue | undefined): PublicKey {
  if (!isMap(confirmation) || confirmation.size !== 1) throw fault('counter/format')
  const key = confirmation.get(COSE_KEY_CONFIRMATION)
  if (!isMap(key)) throw fault('counter/format')
  return publicKeyFromCose(key)
}

function mattersIn(value: CborValue | undefined): readonly string[] {
  if (!isArray(value)) throw fault('counter/format')
  return value.map((code) => {
    if (typeof code !== 'string') throw fault('counter/format')
    return code
  })
}
