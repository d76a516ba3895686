/**
 * The receipt for an answer (收件回执), by code or over the network: a CWT with `typ` of its own, signed by the counter's device. It
 * says for which request and matter what was disclosed, by names of claims and by the salted digests that stand in the credentials: never a value, and
 * never a digest of a value alone, which could be guessed.
 */
import {
  type CborKey,
  type CborMap,
  type CborValue,
  Fault,
  fault,
  isArray,
  isBytes,
  parseNumericDate,
  type Signer,
} from '@onetrip/codec'
import { codeText } from './budgets.ts'
import {
  type CounterCertificate,
  isMatterCode,
  parseCounterCertificate,
} from './counter-certificate.ts'
import { type DeviceSigned, parseDeviceSigned, signAsDevice } from './device-signed.ts'
import { isUscc } from './id-numbers.ts'
import { CLAIM, TYP } from './labels.ts'
import { isTypeCode } from './licence-identifier.ts'
import { parseClientId } from './openid4vp-request.ts'
import { type OfficeRequest, REQUEST_DIGEST_BYTES } from './request.ts'
import { WANT_LIMITS } from './request-wants.ts'
import { isClaimName } from './type-definition.ts'

/** Largest receipt in bytes: eight licences with 16 claims each need about 12,000. */
export const MAX_RECEIPT_BYTES = 24_576

const DIGEST_BYTES = 32
const MAX_CLIENT_CHARACTERS = 512
/** Of one licence: as many as a type may have. */
const MAX_CLAIMS = 64

/** A claim that was disclosed; what is public by law goes without saying. */
export interface ReceiptClaim {
  readonly name: string
  /** SHA-256 of the salted disclosure, 32 bytes, as it stands in the credential. */
  readonly digest: Uint8Array
}

/** A licence that was shown. */
export interface ReceiptMaterial {
  /** Code of the material that it served as. */
  readonly material: string
  /** 21-character type code. */
  readonly type: string
  /** Unified social credit code of the agency that issued it. */
  readonly issuer: string
  /** By name, ascending. */
  readonly claims: readonly ReceiptClaim[]
}

/** What a receipt states. */
export interface ReceiptFacts {
  /** Unified social credit code of the office, as its certificate says. */
  readonly office: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Code of the matter. */
  readonly matter: string
  /** `requestDigest` of the request, or `requestCommitment` of one over the network; 32 bytes: what the holder's keys signed as nonce. */
  readonly request: Uint8Array
  /** Of a request over the network the client identifier, with its prefix: for whom the holder's keys signed, in the office's place. */
  readonly client?: string
  /** SHA-256 of the answer's bytes (`answerBytes`). */
  readonly answer: Uint8Array
  /** One to eight, in the order of the answer. */
  readonly shown: readonly ReceiptMaterial[]
}

/** A parsed receipt; parsing verifies no signature. */
export interface AnswerReceipt extends ReceiptFacts, DeviceSigned {}

/** What a receipt is made from. */
export interface ReceiptInput extends Pick<ReceiptFacts, 'answer' | 'shown' | 'issuedAt'> {
  readonly request: Pick<OfficeRequest, 'matter' | 'digest'> & Pick<ReceiptFacts, 'client'>
  /** Of the device, COSE_Sign1. */
  readonly certificate: Uint8Array
  /** The device's key. */
  readonly signer: Signer
}

/** Signs a receipt; `TypeError` for what no counter may state, or for another device's certificate. */
export function signReceipt(input: ReceiptInput): Promise<Uint8Array> {
  const { answer, shown, issuedAt, certificate, signer } = input
  const { office } = parseCounterCertificate(certificate)
  const { matter, digest: request, client } = input.request
  const over = client === undefined ? {} : { client }
  const facts: ReceiptFacts = { office, issuedAt, matter, request, ...over, answer, shown }
  if (!isReceipt(facts)) throw new TypeError('a receipt states what no counter may')
  return signAsDevice({ typ: TYP.receipt, claims: claimsOf(facts), certificate, signer })
}

/** The text of a receipt's code; over 1,853 characters an animated one. */
export function receiptText(receipt: Uint8Array): string {
  return codeText('receipt', receipt)
}

/**
 * Parses a receipt. Throws `receipt/wrong-type` (another `typ`), `receipt/format` (a header or claim that is missing, of a wrong
 * form, beyond its limit or not named here; an office that its certificate does not name), `time/format`, `counter/*`, `key/*`,
 * `cose/*`, `cbor/*`.
 */
export function parseReceipt(bytes: Uint8Array): AnswerReceipt {
  return parseDeviceSigned(bytes, {
    typ: TYP.receipt,
    maxBytes: MAX_RECEIPT_BYTES,
    wrongType: 'receipt/wrong-type',
    format: 'receipt/format',
    read: readClaims,
    write: claimsOf,
  })
}

function claimsOf(facts: ReceiptFacts): CborMap {
  const shown = facts.shown.map(({ material, type, issuer, claims }) => [
    material,
    type,
    issuer,
    claims.map(({ name, digest }) => [name, digest]),
  ])
  return new Map<CborKey, CborValue>([
    [CLAIM.iss, facts.office],
    [CLAIM.iat, facts.issuedAt],
    [CLAIM.cnonce, facts.request],
    ...(facts.client === undefined ? [] : [[CLAIM.client, facts.client] as const]),
    [CLAIM.matter, facts.matter],
    [CLAIM.answer, facts.answer],
    [CLAIM.shown, shown],
  ])
}

function readClaims(claims: CborMap, { office }: CounterCertificate): ReceiptFacts {
  const request = claims.get(CLAIM.cnonce)
  const answer = claims.get(CLAIM.answer)
  if (!isBytes(request) || !isBytes(answer)) throw fault('receipt/format')
  if (claims.get(CLAIM.iss) !== office) throw fault('receipt/format')
  const client = claims.get(CLAIM.client)
  const facts: ReceiptFacts = {
    office,
    ...(client === undefined ? {} : { client: textIn(client) }),
    issuedAt: parseNumericDate(claims.get(CLAIM.iat)),
    matter: textIn(claims.get(CLAIM.matter)),
    request,
    answer,
    shown: arrayIn(claims.get(CLAIM.shown)).map(parseMaterial),
  }
  if (!isReceipt(facts)) throw fault('receipt/format')
  return facts
}

function parseMaterial(entry: CborValue): ReceiptMaterial {
  const [material, type, issuer, claims] = arrayIn(entry)
  return {
    material: textIn(material),
    type: textIn(type),
    issuer: textIn(issuer),
    claims: arrayIn(claims).map(parseClaim),
  }
}

function parseClaim(entry: CborValue): ReceiptClaim {
  const [name, digest] = arrayIn(entry)
  if (!isBytes(digest)) throw fault('receipt/format')
  return { name: textIn(name), digest }
}

function isReceipt({ matter, request, client, answer, shown }: ReceiptFacts): boolean {
  const materials = new Set(shown.map(({ material }) => material))
  return (
    isMatterCode(matter) &&
    request.length === REQUEST_DIGEST_BYTES &&
    (client === undefined || isClientId(client)) &&
    answer.length === DIGEST_BYTES &&
    shown.length > 0 &&
    shown.length <= WANT_LIMITS.wants &&
    materials.size === shown.length &&
    shown.every(isMaterial)
  )
}

function isClientId(text: string): boolean {
  if (text.length > MAX_CLIENT_CHARACTERS) return false
  try {
    parseClientId(text)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

function isMaterial({ material, type, issuer, claims }: ReceiptMaterial): boolean {
  const isNamed = isMatterCode(material) && isTypeCode(type) && isUscc(issuer)
  if (!isNamed || claims.length > MAX_CLAIMS) return false
  return claims.every(({ name, digest }, at) => {
    const isAfter = at === 0 || (claims[at - 1]?.name ?? '') < name
    return isClaimName(name) && isAfter && digest.length === DIGEST_BYTES
  })
}

function textIn(value: CborValue | undefined): string {
  if (typeof value !== 'string') throw fault('receipt/format')
  return value
}

function arrayIn(value: CborValue | undefined): readonly CborValue[] {
  if (!isArray(value)) throw fault('receipt/format')
  return value
}
