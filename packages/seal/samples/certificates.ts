/** The certificates of the sample seal maker and of one seal, for tests; their keys protect nothing. */
import { type Signer, signerFromPrivateJwk } from '@onetrip/codec'
import { sampleAgencies, sampleSealMaker, testKeys } from '@onetrip/fixtures'
import {
  assembleCertificate,
  buildCertificate,
  type Certificate,
  type CertificateStatement,
  keyIdentifier,
  parseCertificate,
} from '../src/x509/certificate.ts'
import { assemblePadesSignature, buildPadesSignature } from '../src/x509/pades-signature.ts'

export const makerSigner: Signer = signerFromPrivateJwk({ ...testKeys.policeIssueJws })
export const sealSigner: Signer = signerFromPrivateJwk({ ...testKeys.marketIssueJws })
export const strangerSigner: Signer = signerFromPrivateJwk({ ...testKeys.strangerJws })

/** 2026-01-01T00:00:00Z. */
export const YEAR_2026 = 1_767_225_600
const TEN_YEARS: number = 3653 * 86_400
const agency = sampleAgencies[1]
if (agency === undefined) throw new TypeError('the samples have two agencies')

const maker = {
  organization: sampleSealMaker.name['zh-CN'],
  commonName: `${sampleSealMaker.name['zh-CN']}印章根证书`,
  uscc: sampleSealMaker.id,
}

/** The maker's own certificate, ten years from 2026. */
export const caStatement: CertificateStatement = {
  role: 'ca',
  serial: Uint8Array.of(0x40, 1, 2, 3, 4, 5, 6, 7),
  issuer: maker,
  subject: maker,
  notBefore: YEAR_2026,
  notAfter: YEAR_2026 + TEN_YEARS,
  key: makerSigner.publicKey,
  issuerKeyIdentifier: keyIdentifier(makerSigner.publicKey),
}

/** The certificate of a seal of the market regulator, five years from 2026. */
export const sealStatement: CertificateStatement = {
  role: 'seal',
  serial: Uint8Array.of(0x41, 9, 8, 7, 6, 5, 4, 3),
  issuer: maker,
  subject: {
    organization: agency.name['zh-CN'],
    commonName: `${agency.name['zh-CN']}电子证照专用章`,
    uscc: agency.id,
  },
  notBefore: YEAR_2026,
  notAfter: YEAR_2026 + TEN_YEARS / 2,
  key: sealSigner.publicKey,
  issuerKeyIdentifier: keyIdentifier(makerSigner.publicKey),
}

interface SampleCertificates {
  readonly ca: Certificate
  readonly certificate: Certificate
}

let signed: Promise<SampleCertificates> | undefined

/** Signs a statement and gives the certificate's bytes. */
export async function signCertificate(
  statement: CertificateStatement,
  signer: Signer,
): Promise<Uint8Array> {
  const toBeSigned = buildCertificate(statement)
  return assembleCertificate(toBeSigned, await signer.sign(toBeSigned))
}

/** Both certificates, parsed; signed once, as a signature is another each time. */
export function sampleCertificates(): Promise<SampleCertificates> {
  signed ??= signBoth()
  return signed
}

async function signBoth(): Promise<SampleCertificates> {
  return {
    ca: parseCertificate(await signCertificate(caStatement, makerSigner), 'ca'),
    certificate: parseCertificate(await signCertificate(sealStatement, makerSigner), 'seal'),
  }
}

/** The CMS signature of the sample seal over a digest. */
export async function signDigest(digest: Uint8Array): Promise<Uint8Array> {
  const content = { digest, ...(await sampleCertificates()) }
  return assemblePadesSignature(content, await sealSigner.sign(buildPadesSignature(content)))
}
