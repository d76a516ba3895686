/**
 * The signature in a sealed PDF: CMS SignedData (RFC 5652 §5) as PAdES baseline B-B asks for it (EN 319 142-1 §6.3):
 * detached, one signer, SHA-256, and the signed attributes content-type, message-digest and signing-certificate-v2
 * (RFC 5035 §3). The signing time stands in the PDF. It has one form: what is parsed is built again and compared.
 */
import {
  DER_TAG,
  type DerNode,
  decodeDer,
  derChildren,
  derContent,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  derValue,
  encodeEcdsaDer,
  equalBytes,
  fault,
  parseEcdsaDer,
  sha256,
  verifySignature,
} from '@onetrip/codec'
import { type Certificate, MAX_CERTIFICATE_BYTES, parseCertificate } from './certificate.ts'
import { buildName } from './distinguished-name.ts'
import { OID } from './oids.ts'
import { verifyIssuedCertificate } from './verify-certificate.ts'

/** Largest signature in bytes: two certificates, and everything else. */
export const MAX_PADES_BYTES: number = 2 * MAX_CERTIFICATE_BYTES + 1024

const DIGEST_BYTES = 32
const COORDINATE_BYTES = 32
const VERSION_1 = 1
/** `[0]` as it stands before certificates and signed attributes. */
const IMPLICIT_0 = 0xa0

/** What is signed about a file. */
export interface PadesContent {
  /** SHA-256 of the signed ranges, 32 bytes. */
  readonly digest: Uint8Array
  /** Of the seal whose key signs. */
  readonly certificate: Certificate
  /** Of the maker that issued `certificate`. */
  readonly ca: Certificate
}

/** A parsed signature; nothing is verified by parsing. */
export interface PadesSignature extends PadesContent {
  readonly toBeSigned: Uint8Array
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array
}

/** What a signature is held against. */
export interface PadesExpectation {
  /** SHA-256 of the ranges as they are in the file, 32 bytes. */
  readonly digest: Uint8Array
  readonly ca: Certificate
  /** When it was signed, Unix seconds. */
  readonly at: number
}

/** What the seal's key signs: the signed attributes as a SET (RFC 5652 §5.4). */
export function buildPadesSignature(content: PadesContent): Uint8Array {
  if (content.digest.length !== DIGEST_BYTES) throw new TypeError('not a SHA-256 digest')
  return derSetOf(...signedAttributes(content))
}

/** Joins content and signature (r ‖ s, 64 bytes) to a CMS ContentInfo. */
export function assemblePadesSignature(content: PadesContent, signature: Uint8Array): Uint8Array {
  const { certificate, ca } = content
  const digestAlgorithm = derSequence(derOid(OID.sha256))
  const signer = derSequence(
    derInteger(VERSION_1),
    derSequence(buildName(certificate.issuer), derInteger(certificate.serial)),
    digestAlgorithm,
    retagged(buildPadesSignature(content)),
    derSequence(derOid(OID.ecdsaWithSha256)),
    derOctets(encodeEcdsaDer(signature)),
  )
  const signedData = derSequence(
    derInteger(VERSION_1),
    derSetOf(digestAlgorithm),
    derSequence(derOid(OID.data)),
    retagged(derSetOf(certificate.bytes, ca.bytes)),
    derSetOf(signer),
  )
  return derSequence(derOid(OID.signedData), derContext(0, signedData))
}

/**
 * Parses a signature. Throws `cms/format` (too large, a field that is missing, of a wrong form or not named here),
 * `certificate/format`, `der/*`, `key/format`, `signature/format`.
 */
export function parsePadesSignature(bytes: Uint8Array): PadesSignature {
  if (bytes.length > MAX_PADES_BYTES) throw fault('cms/format')
  const [, explicit] = derChildren(decodeDer(bytes), DER_TAG.sequence)
  const [signedData] = derChildren(explicit, IMPLICIT_0)
  const [, , , certificates, signers] = derChildren(signedData, DER_TAG.sequence)
  const { certificate, ca } = parseCertificates(derChildren(certificates, IMPLICIT_0))
  const [signer] = derChildren(signers, DER_TAG.set)
  const [, , , attributes, , signatureOctets] = derChildren(signer, DER_TAG.sequence)
  const octets = derContent(signatureOctets, DER_TAG.octetString)
  const signature = parseEcdsaDer(octets, COORDINATE_BYTES)
  const digest = digestIn(derChildren(attributes, IMPLICIT_0))
  const content = { digest, certificate, ca }
  // One signature has one form: no further attribute, signer, certificate or unsigned part.
  if (!equalBytes(assemblePadesSignature(content, signature), bytes)) throw fault('cms/format')
  return { ...content, signature, toBeSigned: buildPadesSignature(content) }
}

/**
 * Verifies that a seal's key signed this digest of the ranges, and that this maker (from the trust data) certified the key
 * for that time. Throws `certificate/issuer` (also when the signature holds another certificate of the maker, which
 * nothing protects), `certificate/not-yet-valid`, `certificate/expired`, `cms/digest-mismatch`, `signature/invalid`.
 */
export async function verifyPadesSignature(
  pades: PadesSignature,
  expected: PadesExpectation,
): Promise<void> {
  const { digest, ca, at } = expected
  if (!equalBytes(pades.ca.bytes, ca.bytes)) throw fault('certificate/issuer')
  await verifyIssuedCertificate(pades.certificate, ca, at)
  if (!equalBytes(pades.digest, digest)) throw fault('cms/digest-mismatch')
  const { toBeSigned: data, signature, certificate } = pades
  const isSigned = await verifySignature({ key: certificate.key, signature, data })
  if (!isSigned) throw fault('signature/invalid')
}

function signedAttributes({ digest, certificate }: PadesContent): readonly Uint8Array[] {
  // ESSCertIDv2 with its default algorithm, SHA-256, and no issuerSerial.
  const reference = derSequence(derOctets(sha256(certificate.bytes)))
  return [
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.messageDigest, derOctets(digest)),
    attribute(OID.signingCertificateV2, derSequence(derSequence(reference))),
  ]
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derSetOf(value))
}

/** A SET under the implicit tag `[0]`. */
function retagged(set: Uint8Array): Uint8Array {
  return derValue(IMPLICIT_0, derContent(decodeDer(set), DER_TAG.set))
}

/** The maker's certificate is the one that it issued itself; the order in the set is that of the bytes. */
function parseCertificates(both: readonly DerNode[]): Pick<PadesContent, 'certificate' | 'ca'> {
  const [first, second] = both
  if (first === undefined || second === undefined) throw fault('cms/format')
  const isFirstCa = isSelfIssued(first)
  return {
    certificate: parseCertificate((isFirstCa ? second : first).bytes, 'seal'),
    ca: parseCertificate((isFirstCa ? first : second).bytes, 'ca'),
  }
}

function isSelfIssued(certificate: DerNode): boolean {
  const [toBeSigned] = derChildren(certificate, DER_TAG.sequence)
  const [, , , issuer, , subject] = derChildren(toBeSigned, DER_TAG.sequence)
  if (issuer === undefined || subject === undefined) throw fault('cms/format')
  return equalBytes(issuer.bytes, subject.bytes)
}

/** The digest in the message-digest attribute; that it is the only one shows when all is built again. */
function digestIn(attributes: readonly DerNode[]): Uint8Array {
  const start = derOid(OID.messageDigest)
  for (const node of attributes) {
    const [type, values] = derChildren(node, DER_TAG.sequence)
    if (type === undefined || !equalBytes(type.bytes, start)) continue
    const digest = derContent(derChildren(values, DER_TAG.set)[0], DER_TAG.octetString)
    if (digest.length === DIGEST_BYTES) return digest
  }
  throw fault('cms/format')
}
