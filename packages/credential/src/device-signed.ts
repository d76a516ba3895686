/**
 * What a counter's device signs: requests and receipts. A COSE_Sign1 whose protected header carries the device's certificate
 * in `kcwt` (13, RFC 9528 §3.5.2); the certificate counts only once it was verified under its office's key, and then its key
 * verifies the rest. Both have a `typ` of their own, claims, and nothing else.
 */
import {
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  decodeCbor,
  decodeSign1,
  type ErrorCode,
  encodeCbor,
  equalBytes,
  fault,
  isMap,
  type Sign1,
  type Signer,
  samePublicKey,
  sign1FromValue,
  signSign1,
} from '@onetrip/codec'
import { type CounterCertificate, parseCounterCertificate } from './counter-certificate.ts'
import { HEADER } from './labels.ts'

const SIGN1_TAG = 18
const TAGS: readonly number[] = [SIGN1_TAG]
const HEADER_LABELS: readonly number[] = [HEADER.alg, HEADER.kcwt, HEADER.typ]

/** A kind of thing that devices sign. */
export interface DeviceSignedKind {
  readonly typ: number
  /** Largest one in bytes. */
  readonly maxBytes: number
  /** For anything with another `typ`. */
  readonly wrongType: ErrorCode
  /** For what is not formed as this kind is. */
  readonly format: ErrorCode
}

/** A parsed thing that a device signed; parsing verifies no signature. */
export interface DeviceSigned {
  readonly sign1: Sign1
  readonly certificate: CounterCertificate
}

/** Signs claims with the key of a device. `TypeError` for a certificate of another key. */
export async function signAsDevice(options: {
  readonly typ: number
  readonly claims: CborMap
  /** COSE_Sign1, as the office gave it. */
  readonly certificate: Uint8Array
  readonly signer: Signer
}): Promise<Uint8Array> {
  const { typ, claims, certificate, signer } = options
  const { sign1, device } = parseCounterCertificate(certificate)
  if (!samePublicKey(device.key, signer.publicKey)) throw new TypeError('not the device’s key')
  const parts = [sign1.protectedBytes, new Map(), sign1.payload, sign1.signature]
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kcwt, new CborTag(SIGN1_TAG, parts)],
    [HEADER.typ, typ],
  ])
  return signSign1({ protectedHeader, payload: encodeCbor(claims), signer })
}

/**
 * Parses what a device signed; `read` makes facts of its claims and `write` claims of the facts, and both must agree, so that
 * one statement has one form. Throws the kind's codes, and what `read`, decoding and `parseCounterCertificate` throw.
 */
export function parseDeviceSigned<Facts extends object>(
  bytes: Uint8Array,
  kind: DeviceSignedKind & {
    readonly read: (claims: CborMap, certificate: CounterCertificate) => Facts
    readonly write: (facts: Facts) => CborMap
  },
): Facts & DeviceSigned {
  const { typ, maxBytes, wrongType, format } = kind
  if (bytes.length > maxBytes) throw fault('cbor/limit')
  const limits = { maxBytes, tags: TAGS }
  const sign1 = decodeSign1(bytes, limits)
  const { protectedHeader, unprotectedHeader } = sign1
  if (protectedHeader.get(HEADER.typ) !== typ) throw fault(wrongType)
  const hasOnly =
    protectedHeader.size === HEADER_LABELS.length &&
    HEADER_LABELS.every((label) => protectedHeader.has(label))
  if (!hasOnly || unprotectedHeader.size !== 0) throw fault(format)
  const inner = sign1FromValue(protectedHeader.get(HEADER.kcwt) ?? null, limits)
  const certificate = parseCounterCertificate(inner)
  const claims = decodeCbor(sign1.payload, { maxBytes })
  if (!isMap(claims)) throw fault(format)
  const facts = kind.read(claims, certificate)
  if (!equalBytes(encodeCbor(kind.write(facts)), sign1.payload)) throw fault(format)
  return { ...facts, sign1, certificate }
}
