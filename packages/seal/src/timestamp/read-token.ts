/**
 * Reads time-stamp tokens (RFC 3161 §2.4.2: CMS SignedData around a TSTInfo) and the X.509 certificates of time-stampers, and
 * verifies their signatures. They are other people's, RSA or ECDSA, so the library pkijs does it; it is known here alone.
 */
import { DER_TAG, decodeDer, derChildren, derOid, equalBytes, fault } from '@onetrip/codec'
import {
  type Attribute,
  Certificate,
  ContentInfo,
  getCrypto,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TSTInfo,
} from 'pkijs'
import { OID } from '../x509/oids.ts'

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const SHA_1 = '1.3.14.3.2.26'
const DIGESTS: ReadonlyMap<string, string> = new Map([
  [OID.sha256, 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
])
const MAX_CERTIFICATES = 8

/** A certificate as far as it is asked about. */
export interface StamperCertificate {
  /** Unix seconds, inclusive, as is `notAfter`. */
  readonly notBefore: number
  readonly notAfter: number
  /** Whether its only extended usage is time-stamping, and critical (RFC 3161 §2.3). */
  readonly isForTimeStamps: boolean
  readonly isCa: boolean
  /** The texts of its subject's name. */
  readonly subject: readonly string[]
  readonly bytes: Uint8Array
  /** Whether the other one's subject issued it, and its key signed it. */
  readonly isIssuedBy: (other: StamperCertificate) => Promise<boolean>
  readonly library: Certificate
}

/** A token; nothing in it is verified by reading. */
export interface ReadToken {
  /** Digest that was stamped, SHA-256. */
  readonly imprint: Uint8Array
  /** Unix seconds, and how far it may be off. */
  readonly time: number
  readonly accuracySeconds: number
  /** Dotted object identifier. */
  readonly policy: string
  /** Big-endian as it stands in the token, a sign octet included. */
  readonly nonce?: Uint8Array
  readonly signer: StamperCertificate
  /** The others that the token brings. */
  readonly certificates: readonly StamperCertificate[]
  /**
   * Whether the signer's key signed all of it, this certificate's name included (RFC 5035 §3). Throws `timestamp/format` where
   * the algorithm is not known here.
   */
  readonly isSigned: () => Promise<boolean>
}

/** What the values of CMS attributes have in common. */
interface Block {
  /** 1 is the universal class. */
  readonly idBlock: { readonly tagClass: number; readonly tagNumber: number }
  readonly valueBlock: { readonly value?: readonly Block[]; readonly valueHexView?: Uint8Array }
  readonly toBER: () => ArrayBuffer
}

/** Reads a token. Throws `timestamp/format`. */
export function readToken(bytes: Uint8Array): ReadToken {
  return reading(() => {
    const info = ContentInfo.fromBER(new Uint8Array(bytes))
    if (info.contentType !== OID.signedData) throw fault('timestamp/format')
    const data = new SignedData({ schema: info.content })
    const { eContentType, eContent } = data.encapContentInfo
    const [signerInfo, ...others] = data.signerInfos
    if (eContentType !== TST_INFO || eContent === undefined) throw fault('timestamp/format')
    if (signerInfo === undefined || others.length > 0) throw fault('timestamp/format')
    if (!DIGESTS.has(signerInfo.digestAlgorithm.algorithmId)) throw fault('timestamp/format')
    const content = new Uint8Array(eContent.getValue())
    const stated = statedIn(content)
    const found = (data.certificates ?? []).filter((each) => each instanceof Certificate)
    if (found.length > MAX_CERTIFICATES) throw fault('timestamp/format')
    const named = found.find((each) => isNamed(signerInfo, each))
    if (named === undefined) throw fault('timestamp/format')
    const signer = certificateOf(named)
    return {
      ...stated,
      signer,
      certificates: found.filter((each) => each !== named).map(certificateOf),
      isSigned: () =>
        isSignedBy(signerInfo, content, signer).catch(() => {
          throw fault('timestamp/format')
        }),
    }
  })
}

/** Reads a certificate; nothing where it cannot be read. */
export function readStamperCertificate(bytes: Uint8Array): StamperCertificate | undefined {
  try {
    return certificateOf(Certificate.fromBER(new Uint8Array(bytes)))
  } catch {
    return undefined
  }
}

/** Whatever the library throws, it could not read it. */
function reading<Value>(read: () => Value): Value {
  try {
    return read()
  } catch {
    throw fault('timestamp/format')
  }
}

function statedIn(
  content: Uint8Array,
): Pick<ReadToken, 'imprint' | 'time' | 'accuracySeconds' | 'policy' | 'nonce'> {
  const { version, policy, messageImprint, genTime, accuracy, nonce } = TSTInfo.fromBER(
    new Uint8Array(content),
  )
  const { hashAlgorithm, hashedMessage } = messageImprint
  const isOurs = version === 1 && policy !== '' && hashAlgorithm.algorithmId === OID.sha256
  const time = Math.floor(genTime.getTime() / 1000)
  if (!isOurs || !Number.isSafeInteger(time) || time < 0) throw fault('timestamp/format')
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {}
  const accuracySeconds = seconds + millis / 1_000 + micros / 1_000_000
  if (!Number.isFinite(accuracySeconds) || accuracySeconds < 0) throw fault('timestamp/format')
  return {
    imprint: new Uint8Array(hashedMessage.getValue()),
    time,
    accuracySeconds,
    policy,
    ...(nonce === undefined ? {} : { nonce: new Uint8Array(nonce.valueBlock.valueHexView) }),
  }
}

function isNamed({ sid }: SignerInfo, certificate: Certificate): boolean {
  return (
    sid instanceof IssuerAndSerialNumber &&
    sid.issuer.isEqual(certificate.issuer) &&
    sid.serialNumber.isEqual(certificate.serialNumber)
  )
}

function certificateOf(library: Certificate): StamperCertificate {
  const usage = library.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  const constraints = library.extensions?.find(({ extnID }) => extnID === '2.5.29.19')
  const isAuthority: unknown = constraints?.parsedValue?.cA
  return {
    notBefore: library.notBefore.value.getTime() / 1000,
    notAfter: library.notAfter.value.getTime() / 1000,
    isForTimeStamps:
      usage?.critical === true &&
      equalBytes(
        usage.extnValue.valueBlock.valueHexView,
        Uint8Array.of(0x30, derOid(TIME_STAMPING).length, ...derOid(TIME_STAMPING)),
      ),
    isCa: isAuthority === true,
    subject: library.subject.typesAndValues.map(({ value }) => String(value.valueBlock.value)),
    bytes: new Uint8Array(library.toSchema().toBER()),
    isIssuedBy: (other) =>
      holds(
        async () =>
          library.issuer.isEqual(other.library.subject) && (await library.verify(other.library)),
      ),
    library,
  }
}

async function isSignedBy(
  signerInfo: SignerInfo,
  content: Uint8Array,
  signer: StamperCertificate,
): Promise<boolean> {
  const { signedAttrs, digestAlgorithm, signatureAlgorithm, signature } = signerInfo
  const hash = DIGESTS.get(digestAlgorithm.algorithmId)
  if (signedAttrs === undefined || hash === undefined) return false
  const { attributes } = signedAttrs
  const type = onlyValue(attributes, OID.contentType)
  const digest = onlyValue(attributes, OID.messageDigest)?.valueBlock.valueHexView
  if (type === undefined || digest === undefined) return false
  if (!equalBytes(new Uint8Array(type.toBER()), derOid(TST_INFO))) return false
  if (!equalBytes(digest, await digestOf(hash, content))) return false
  if (!(await namesCertificate(attributes, signer.bytes))) return false
  return getCrypto(true).verifyWithPublicKey(
    signedAttrs.encodedValue,
    signature,
    signer.library.subjectPublicKeyInfo,
    signatureAlgorithm,
    hash,
  )
}

/** The first certificate that ESS signing-certificate names, in either version, is the signer's (RFC 5035 §3, RFC 2634 §5.4). */
async function namesCertificate(
  attributes: readonly Attribute[],
  certificate: Uint8Array,
): Promise<boolean> {
  const second = onlyValue(attributes, OID.signingCertificateV2)
  const value = second ?? onlyValue(attributes, SIGNING_CERTIFICATE)
  const parts = value?.valueBlock.value?.[0]?.valueBlock.value?.[0]?.valueBlock.value ?? []
  const [first, next] = parts
  if (first === undefined) return false
  // By its tag: one digest in 250 looks like a value of its own, which the library reads inside of it.
  const isHash = first.idBlock.tagClass === 1 && first.idBlock.tagNumber === DER_TAG.octetString
  const hash = isHash ? defaultDigest(second) : DIGESTS.get(oidIn(first))
  const digest = (isHash ? first : next)?.valueBlock.valueHexView
  if (hash === undefined || digest === undefined) return false
  return equalBytes(digest, await digestOf(hash, certificate))
}

function defaultDigest(second: Block | undefined): string {
  return second === undefined ? 'SHA-1' : 'SHA-256'
}

function oidIn(algorithm: Block): string {
  const [oid] = derChildren(decodeDer(new Uint8Array(algorithm.toBER())), DER_TAG.sequence)
  const known = [...DIGESTS.keys(), SHA_1]
  return known.find((each) => oid !== undefined && equalBytes(oid.bytes, derOid(each))) ?? ''
}

/** The one value of the one attribute of a type. */
function onlyValue(attributes: readonly Attribute[], type: string): Block | undefined {
  const found = attributes.filter((attribute) => attribute.type === type)
  const [first] = found
  if (first === undefined || found.length > 1 || first.values.length !== 1) return undefined
  return first.values[0]
}

async function digestOf(hash: string, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await getCrypto(true).digest({ name: hash }, new Uint8Array(bytes)))
}

/** What the library cannot verify does not hold. */
async function holds(verify: () => Promise<boolean>): Promise<boolean> {
  try {
    return await verify()
  } catch {
    return false
  }
}
