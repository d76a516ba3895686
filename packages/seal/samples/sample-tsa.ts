/**
 * A time-stamper of the tests whose clock is set by hand (RFC 3161). With signers whose signatures are always the same its
 * tokens are, too.
 */
import {
  DER_TAG,
  decodeDer,
  derBits,
  derBoolean,
  derChildren,
  derContent,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derValue,
  encodeEcdsaDer,
  type Signer,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import type { TimeStamper } from '@onetrip/trust'
import { assembleCertificate, buildCertificate, keyIdentifier } from '../src/x509/certificate.ts'
import { buildName, type DistinguishedName } from '../src/x509/distinguished-name.ts'
import { OID } from '../src/x509/oids.ts'
import { SEALED_AT, sampleSigner } from './sample-seals.ts'

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const POLICY = '1.2.3.4'
const TEN_YEARS = 3653 * 86_400
const IMPLICIT_0 = 0xa0

/** Name of the time-stamper. */
export const STAMPER_NAME: TimeStamper['name'] = {
  'zh-CN': '样例时间戳服务',
  en: 'Sample time-stamper',
}
const STAMPER_ID = '91339901MAXYN0337Q'
const CA_NAME: DistinguishedName = {
  organization: STAMPER_NAME['zh-CN'],
  commonName: `${STAMPER_NAME['zh-CN']}根证书`,
  uscc: STAMPER_ID,
}
const TSA_NAME: DistinguishedName = { ...CA_NAME, commonName: STAMPER_NAME['zh-CN'] }

/** Who it is; keys of the tests, and times around the sample seal unless said. */
export interface SampleTsaOptions {
  /** ES256. */
  readonly ca?: Signer
  readonly tsa?: Signer
  /** Unix seconds. */
  readonly notBefore?: number
  readonly notAfter?: number
  /** Whether its certificate says, critically, that it is for time-stamps only. */
  readonly isForTimeStamps?: boolean
}

/** What is stamped, and how. */
export interface SampleStamp {
  /** Unix seconds. */
  readonly time: number
  /** 1 unless said. */
  readonly accuracySeconds?: number
  /** Big-endian. */
  readonly nonce?: Uint8Array
}

/** The time-stamper. */
export interface SampleTsa {
  /** As it stands in a trust list: by its CA. */
  readonly stamper: TimeStamper
  /** A token over a SHA-256. */
  readonly stamp: (digest: Uint8Array, wish: SampleStamp) => Promise<Uint8Array>
  /** A granting answer to a query (RFC 3161 §2.4.2), members of the token replaced. */
  readonly answer: (
    query: Uint8Array,
    wish: SampleStamp & { readonly digest?: Uint8Array },
  ) => Promise<Uint8Array>
}

/** Makes it. */
export async function sampleTsa(options: SampleTsaOptions = {}): Promise<SampleTsa> {
  const { ca = sampleSigner('holderJws'), tsa = sampleSigner('policeIssueJws') } = options
  const caBytes = await caCertificate(ca)
  const certificate = await tsaCertificate(options, { ca, tsa })
  const stamper = { id: STAMPER_ID, name: STAMPER_NAME, certificates: [caBytes] }
  const stamp: SampleTsa['stamp'] = async (digest, wish) => {
    const content = tstInfo(digest, wish)
    const attributes = signedAttributes(content, certificate)
    return tokenOf({ content, certificate, attributes, signature: await tsa.sign(attributes) })
  }
  return {
    stamper,
    stamp,
    answer: async (query, { digest, ...wish }) => {
      const [, imprint, nonce] = derChildren(decodeDer(query), DER_TAG.sequence)
      const [, hashed] = derChildren(imprint, DER_TAG.sequence)
      const asked = derContent(nonce, DER_TAG.integer)
      const stamped = digest ?? derContent(hashed, DER_TAG.octetString)
      const token = await stamp(stamped, { nonce: asked, ...wish })
      return derSequence(derSequence(derInteger(0)), token)
    },
  }
}

async function caCertificate(ca: Signer): Promise<Uint8Array> {
  const toBeSigned = buildCertificate({
    role: 'ca',
    serial: Uint8Array.of(0x40, 1),
    issuer: CA_NAME,
    subject: CA_NAME,
    notBefore: SEALED_AT - TEN_YEARS,
    notAfter: SEALED_AT + TEN_YEARS,
    key: ca.publicKey,
    issuerKeyIdentifier: keyIdentifier(ca.publicKey),
  })
  return assembleCertificate(toBeSigned, await ca.sign(toBeSigned))
}

async function tsaCertificate(
  options: SampleTsaOptions,
  { ca, tsa }: { readonly ca: Signer; readonly tsa: Signer },
): Promise<Uint8Array> {
  const { notBefore = SEALED_AT - TEN_YEARS, notAfter = SEALED_AT + TEN_YEARS } = options
  const { isForTimeStamps = true } = options
  const usage = derSequence(derOid('1.3.6.1.5.5.7.3.8'))
  const critical = isForTimeStamps ? [derBoolean(true)] : []
  const toBeSigned = derSequence(
    derContext(0, derInteger(2)),
    derInteger(Uint8Array.of(0x40, 2)),
    derSequence(derOid(OID.ecdsaWithSha256)),
    buildName(CA_NAME),
    derSequence(derTime(notBefore), derTime(notAfter)),
    buildName(TSA_NAME),
    derSequence(derSequence(derOid(OID.ecPublicKey), derOid(OID.p256)), derBits(tsa.publicKey.raw)),
    derContext(3, derSequence(derSequence(derOid('2.5.29.37'), ...critical, derOctets(usage)))),
  )
  return assembleCertificate(toBeSigned, await ca.sign(toBeSigned))
}

function tstInfo(
  digest: Uint8Array,
  { time, accuracySeconds = 1, nonce }: SampleStamp,
): Uint8Array {
  const digits = new Date(time * 1000).toISOString().replace(/[-:T]|\.\d+/g, '')
  return derSequence(
    derInteger(1),
    derOid(POLICY),
    derSequence(derSequence(derOid(OID.sha256)), derOctets(digest)),
    derInteger(1),
    derValue(DER_TAG.generalizedTime, utf8Encode(digits)),
    derSequence(derInteger(accuracySeconds)),
    ...(nonce === undefined ? [] : [derInteger(nonce)]),
  )
}

/** A SET, as it is signed (RFC 5652 §5.4). */
function signedAttributes(content: Uint8Array, certificate: Uint8Array): Uint8Array {
  const reference = derSequence(derSequence(derSequence(derOctets(sha256(certificate)))))
  return derSetOf(
    attribute(OID.contentType, derOid(TST_INFO)),
    attribute(OID.messageDigest, derOctets(sha256(content))),
    attribute(OID.signingCertificateV2, reference),
  )
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(type), derSetOf(value))
}

function tokenOf(of: {
  readonly content: Uint8Array
  readonly certificate: Uint8Array
  readonly attributes: Uint8Array
  readonly signature: Uint8Array
}): Uint8Array {
  const { content, certificate, attributes, signature } = of
  const hash = derSequence(derOid(OID.sha256))
  const signer = derSequence(
    derInteger(1),
    derSequence(buildName(CA_NAME), derInteger(Uint8Array.of(0x40, 2))),
    hash,
    derValue(IMPLICIT_0, derContent(decodeDer(attributes), DER_TAG.set)),
    derSequence(derOid(OID.ecdsaWithSha256)),
    derOctets(encodeEcdsaDer(signature)),
  )
  const signedData = derSequence(
    derInteger(3),
    derSetOf(hash),
    derSequence(derOid(TST_INFO), derContext(0, derOctets(content))),
    derContext(0, certificate),
    derSetOf(signer),
  )
  return derSequence(derOid(OID.signedData), derContext(0, signedData))
}
