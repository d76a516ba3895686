/**
 * X.509 certificates of seal makers and of offices (RFC 5280 §4.1, RFC 5480, RFC 5758): their own, self-signed, and what they
 * issue, for the keys of seals and for the keys that sign requests (OpenID4VP 1.0 §5.9.3); and an agency's authority, with what it
 * issues for the keys that sign mdocs (ISO/IEC 18013-5:2021 §B.1.2, §B.1.4). All are P-256 and have one form: what is parsed is built again and compared.
 */
import {
  DER_TAG,
  type DerNode,
  decodeDer,
  derBits,
  derBoolean,
  derChildren,
  derContent,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSeconds,
  derSequence,
  derTime,
  derValue,
  encodeEcdsaDer,
  equalBytes,
  fault,
  type PublicKey,
  parseEcdsaDer,
  publicKeyFromRaw,
  type Random,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import { buildName, type DistinguishedName, parseName } from './distinguished-name.ts'
import { OID } from './oids.ts'

/** Largest certificate in bytes; all names at their limits need about 1,900. */
export const MAX_CERTIFICATE_BYTES = 2048

const VERSION_3 = 2
const SERIAL_BYTES = 16
const MAX_SERIAL_BYTES = 20
const KEY_IDENTIFIER_BYTES = 20
const COORDINATE_BYTES = 32
/** keyCertSign: bit 5 of eight (RFC 5280 §4.2.1.3). */
const CA_USAGE = derBits(Uint8Array.of(0x04), 2)
/** digitalSignature and nonRepudiation: bits 0 and 1. */
const SEAL_USAGE = derBits(Uint8Array.of(0xc0), 6)

/** digitalSignature alone. */
const REQUEST_USAGE = derBits(Uint8Array.of(0x80), 7)
/** mdlDS, the one purpose of a key under such a certificate (ISO/IEC 18013-5:2021 §B.1.4). */
const MDOC_PURPOSE = derSequence(derOid(OID.mdocSigner))
const MAX_DNS_NAMES = 2
/** Labels in lower case (RFC 5280 §4.2.1.6, RFC 1034 §3.5), no wildcard. */
const DNS_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/
const DNS_NAME_TAG = 0x82

/** Whose certificate it is: `ca` signs certificates, `seal` files, `request` requests for licences, `mdoc` licences. */
export type CertificateRole = 'ca' | 'seal' | 'request' | 'mdoc'

/** What a certificate states. */
export interface CertificateStatement {
  readonly role: CertificateRole
  /** 1 to 20 bytes, shortest form of a positive integer: {@link randomSerial}. */
  readonly serial: Uint8Array
  readonly issuer: DistinguishedName
  /** Of a `ca` the issuer. */
  readonly subject: DistinguishedName
  /** Unix seconds, inclusive, as is `notAfter`. */
  readonly notBefore: number
  readonly notAfter: number
  /** ES256. */
  readonly key: PublicKey
  /** Of the key above it, ES256; of a `ca` that of `key`. */
  readonly issuerKeyIdentifier: Uint8Array
  /** Of a `request`, and of no other: one or two names of hosts, where the answers go. */
  readonly dnsNames?: readonly string[]
}

/** A parsed certificate; its signature is not verified by parsing. */
export interface Certificate extends CertificateStatement {
  readonly bytes: Uint8Array
  readonly toBeSigned: Uint8Array
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array
}

/** Sixteen random bytes in the form of a serial number: positive, no leading zero. */
export function randomSerial(random: Random): Uint8Array {
  const bytes = random(SERIAL_BYTES)
  return Uint8Array.of(((bytes[0] ?? 0) & 0x3f) | 0x40, ...bytes.subarray(1))
}

/** The identifier of a key: the leftmost 20 bytes of the SHA-256 of its point (RFC 7093 §2, method 1). */
export function keyIdentifier(key: PublicKey): Uint8Array {
  return sha256(key.raw).subarray(0, KEY_IDENTIFIER_BYTES)
}

/** What the key of a maker or an office signs to make a certificate. `TypeError` for what no certificate states. */
export function buildCertificate(statement: CertificateStatement): Uint8Array {
  if (!isStatement(statement)) throw new TypeError('no certificate states that')
  const { serial, issuer, subject, notBefore, notAfter, key } = statement
  return derSequence(
    derContext(0, derInteger(VERSION_3)),
    derInteger(serial),
    signatureAlgorithm(),
    buildName(issuer),
    derSequence(derTime(notBefore), derTime(notAfter)),
    buildName(subject),
    derSequence(derSequence(derOid(OID.ecPublicKey), derOid(OID.p256)), derBits(key.raw)),
    derContext(3, derSequence(...extensions(statement))),
  )
}

/** Joins what was signed and its signature (r ‖ s, 64 bytes). */
export function assembleCertificate(toBeSigned: Uint8Array, signature: Uint8Array): Uint8Array {
  return derSequence(toBeSigned, signatureAlgorithm(), derBits(encodeEcdsaDer(signature)))
}

/**
 * Parses a certificate of a role. Throws `certificate/format` (too large, of the other role, a field that is missing, of
 * a wrong form or not named here), `der/*`, `key/format`, `signature/format`.
 */
export function parseCertificate(bytes: Uint8Array, role: CertificateRole): Certificate {
  if (bytes.length > MAX_CERTIFICATE_BYTES) throw fault('certificate/format')
  const [tbs, , signatureBits] = derChildren(decodeDer(bytes), DER_TAG.sequence)
  const statement = parseStatement(derChildren(tbs, DER_TAG.sequence), role)
  const signature = parseEcdsaDer(bitsOf(signatureBits), COORDINATE_BYTES)
  if (!isStatement(statement)) throw fault('certificate/format')
  const toBeSigned = buildCertificate(statement)
  // One statement has one form: no other version, extension, usage, string type or order.
  if (!equalBytes(assembleCertificate(toBeSigned, signature), bytes)) {
    throw fault('certificate/format')
  }
  return { ...statement, bytes, toBeSigned, signature }
}

function parseStatement(parts: readonly DerNode[], role: CertificateRole): CertificateStatement {
  const [, serial, , issuer, validity, subject, keyInfo, extensionsNode] = parts
  const [notBefore, notAfter] = derChildren(validity, DER_TAG.sequence)
  const [, point] = derChildren(keyInfo, DER_TAG.sequence)
  const key = publicKeyFromRaw('ES256', bitsOf(point))
  return {
    role,
    serial: withoutSign(derContent(serial, DER_TAG.integer)),
    issuer: parseName(issuer),
    subject: parseName(subject),
    notBefore: derSeconds(notBefore),
    notAfter: derSeconds(notAfter),
    key,
    issuerKeyIdentifier: role === 'ca' ? keyIdentifier(key) : parseAuthority(extensionsNode),
    ...(role === 'request' ? { dnsNames: parseDnsNames(extensionsNode) } : {}),
  }
}

/** The key identifier in the first extension of an issued certificate. */
function parseAuthority(node: DerNode | undefined): Uint8Array {
  const [identifier] = derChildren(extensionValue(node, 0), DER_TAG.sequence)
  return derContent(identifier, 0x80)
}

/** The names in the last extension of a `request`. */
function parseDnsNames(node: DerNode | undefined): readonly string[] {
  return derChildren(extensionValue(node, 3), DER_TAG.sequence).map((name) =>
    String.fromCharCode(...derContent(name, DNS_NAME_TAG)),
  )
}

/** What an extension that is not critical holds. */
function extensionValue(node: DerNode | undefined, at: number): DerNode {
  const [sequence] = derChildren(node, 0xa3)
  const extensionNode = derChildren(sequence, DER_TAG.sequence)[at]
  const [, value] = derChildren(extensionNode, DER_TAG.sequence)
  return decodeDer(derContent(value, DER_TAG.octetString))
}

function extensions(statement: CertificateStatement): readonly Uint8Array[] {
  const { role, key, issuerKeyIdentifier, dnsNames = [] } = statement
  const subjectKey = extension(OID.subjectKeyIdentifier, derOctets(keyIdentifier(key)))
  if (role === 'ca') {
    // A path of one: the certificate of the maker or the office, then the one that it issued.
    const constraints = derSequence(derBoolean(true), derInteger(0))
    return [
      criticalExtension(OID.basicConstraints, constraints),
      criticalExtension(OID.keyUsage, CA_USAGE),
      subjectKey,
    ]
  }
  const authority = derSequence(derValue(0x80, issuerKeyIdentifier))
  const names = dnsNames.map((name) => derValue(DNS_NAME_TAG, utf8Encode(name)))
  return [
    extension(OID.authorityKeyIdentifier, authority),
    criticalExtension(OID.keyUsage, role === 'seal' ? SEAL_USAGE : REQUEST_USAGE),
    subjectKey,
    ...(role === 'request' ? [extension(OID.subjectAltName, derSequence(...names))] : []),
    ...(role === 'mdoc' ? [criticalExtension(OID.extKeyUsage, MDOC_PURPOSE)] : []),
  ]
}

function extension(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derOctets(value))
}

function criticalExtension(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derBoolean(true), derOctets(value))
}

/** ecdsa-with-SHA256, whose parameters are absent (RFC 5758 §3.2). */
function signatureAlgorithm(): Uint8Array {
  return derSequence(derOid(OID.ecdsaWithSha256))
}

function isStatement(statement: CertificateStatement): boolean {
  const { role, serial, issuer, subject, key, issuerKeyIdentifier, dnsNames = [] } = statement
  const isSerial = serial.length > 0 && serial.length <= MAX_SERIAL_BYTES && serial[0] !== 0
  // A serial that begins with a high bit would need a twenty-first byte.
  const isPositive = serial.length < MAX_SERIAL_BYTES || (serial[0] ?? 0) < 0x80
  const isNumbered = role === 'request' ? dnsNames.length > 0 : dnsNames.length === 0
  const areNames = dnsNames.length <= MAX_DNS_NAMES && dnsNames.every((name) => DNS_NAME.test(name))
  const isOwn =
    role !== 'ca' ||
    (equalBytes(buildName(issuer), buildName(subject)) &&
      equalBytes(issuerKeyIdentifier, keyIdentifier(key)))
  return (
    isSerial &&
    isPositive &&
    isNumbered &&
    areNames &&
    isOwn &&
    key.algorithm === 'ES256' &&
    issuerKeyIdentifier.length === KEY_IDENTIFIER_BYTES &&
    statement.notBefore < statement.notAfter
  )
}

function bitsOf(node: DerNode | undefined): Uint8Array {
  const content = derContent(node, DER_TAG.bitString)
  if (content[0] !== 0) throw fault('certificate/format')
  return content.subarray(1)
}

/** The digits of a positive integer. Throws `certificate/format` for another one. */
function withoutSign(content: Uint8Array): Uint8Array {
  if ((content[0] ?? 0) > 0x7f) throw fault('certificate/format')
  return content[0] === 0 ? content.subarray(1) : content
}
