/** A PDF sealed with the sample seal, once or more, and the certificates behind it; for the tests of other packages too. */
import { concatBytes, type Signer, sha256, toHex } from '@onetrip/codec'
import type { ImpressionFacts } from '../src/impression-facts.ts'
import { digestAppearance, type SealAppearance } from '../src/pdf/appearance.ts'
import { openPdf } from '../src/pdf/open-pdf.ts'
import { buildSealUpdate, type SealUpdateInput, withSignature } from '../src/pdf/seal-update.ts'
import { sealAppearance } from '../src/picture/seal-appearance.ts'
import { writeSealPicture } from '../src/picture/svg-picture.ts'
import type { SealFacts } from '../src/seal-facts.ts'
import { encodeSealFile, type ImpressionBytes, type SealBytes } from '../src/seal-file.ts'
import {
  assembleCertificate,
  buildCertificate,
  type Certificate,
  type CertificateStatement,
  keyIdentifier,
  parseCertificate,
} from '../src/x509/certificate.ts'
import { assemblePadesSignature, buildPadesSignature } from '../src/x509/pades-signature.ts'
import { writePdf } from './pdf-files.ts'
import {
  type FormSigners,
  impressionBytes,
  impressionFacts,
  KEEPER,
  MAKER,
  MAKER_ID,
  SEALED_AT,
  sealBytes,
  sealFacts,
} from './sample-seals.ts'

const YEAR = 366 * 86_400
const MAKER_SUBJECT = {
  organization: '虚构市样例印章制作中心',
  commonName: '虚构市样例印章制作中心',
  uscc: MAKER_ID,
}

/** A page with a grey rectangle on it. */
export const PAPER: Uint8Array = writePdf()

/** A seal's image that can be drawn: a square within a square. */
export const PICTURE: Uint8Array = pictureOf('#c8102e')

/** The image in a colour. */
export function pictureOf(fill: string): Uint8Array {
  const at = (x: number, y: number) => [{ x, y }]
  const commands = [
    { kind: 'M', points: at(2, 2) },
    { kind: 'L', points: at(40, 2) },
    { kind: 'L', points: at(40, 40) },
    { kind: 'L', points: at(2, 40) },
    { kind: 'Z', points: [] },
  ] as const
  return writeSealPicture({ width: 42, height: 42, title: '样例', parts: [{ fill, commands }] })
}

/** What is to be otherwise than in a PDF sealed with the sample seal. */
export interface SealedPdfChanges {
  readonly seal?: Partial<SealFacts>
  /** Filed as the seal's image; what is shown stays {@link PICTURE}. */
  readonly image?: Uint8Array
  readonly makers?: FormSigners
  readonly keepers?: FormSigners
  readonly impression?: Partial<ImpressionFacts>
  /** Impressions that this one covers. */
  readonly covers?: readonly ImpressionBytes[]
  readonly update?: Partial<SealUpdateInput>
  readonly certificate?: Partial<CertificateStatement>
  /** Signs the certificate of the seal's key. */
  readonly certifier?: Signer
  readonly ca?: Certificate
  /** Signs the whole. */
  readonly signer?: Signer
  /** Alters the signature over the whole. */
  readonly cms?: (cms: Uint8Array) => Uint8Array
}

/** A sealed PDF, and what was made on the way. */
export interface SealedPdfSample {
  readonly pdf: Uint8Array
  readonly seal: SealBytes
  readonly impression: ImpressionBytes
}

const certificates = new Map<string, Promise<Certificate>>()

/** The maker's certificate of one of its keys, the same each time, as a signature is another each time. */
export function makerCertificate(signer: Signer = MAKER.jws): Promise<Certificate> {
  const { publicKey: key } = signer
  const name = toHex(key.kid)
  const known = certificates.get(name)
  if (known !== undefined) return known
  const made = certificateOf(
    {
      role: 'ca',
      serial: Uint8Array.of(0x40, 1),
      issuer: MAKER_SUBJECT,
      subject: MAKER_SUBJECT,
      notBefore: SEALED_AT - YEAR,
      notAfter: SEALED_AT + 10 * YEAR,
      key,
      issuerKeyIdentifier: keyIdentifier(key),
    },
    signer,
  )
  certificates.set(name, made)
  return made
}

/** Seals a PDF once. */
export async function sealPdf(
  base: Uint8Array = PAPER,
  changes: SealedPdfChanges = {},
): Promise<SealedPdfSample> {
  const { makers = MAKER, keepers = KEEPER, covers = [], image = PICTURE } = changes
  const facts = sealFacts({
    image: { ...sealFacts().image, sha256: sha256(PICTURE) },
    keys: [keepers.cose.publicKey, keepers.jws.publicKey],
    ...changes.seal,
  })
  const seal = await sealBytes(facts, { signers: makers, image })
  const appearance = sealAppearance(PICTURE, { ...facts.image, sha256: sha256(PICTURE) })
  const stated = impressionFacts(seal, {
    file: { sha256: sha256(base), length: base.length, mediaType: 'application/pdf' },
    appearance: digestAppearance(appearance),
    covers: covers.map(({ cose }) => sha256(cose)),
    ...changes.impression,
  })
  const impression = await impressionBytes(stated, { signers: keepers })
  const attachment = encodeSealFile({ seals: [seal], impressions: [impression] }, stated.covers)
  const update = buildSealUpdate({
    ...updateOf({ base, facts, stated, appearance }),
    attachment,
    ...changes.update,
  })
  const cms = await signatureOver(concatBytes(...update.toBeDigested), { facts, changes })
  const pdf = concatBytes(base, withSignature(update, changes.cms?.(cms) ?? cms))
  return { pdf, seal, impression }
}

function updateOf(of: {
  readonly base: Uint8Array
  readonly facts: SealFacts
  readonly stated: ImpressionFacts
  readonly appearance: SealAppearance
}): Omit<SealUpdateInput, 'attachment'> {
  const { base, facts, stated, appearance } = of
  return {
    pdf: openPdf(base),
    page: 0,
    place: { left: 380, bottom: 120 },
    appearance,
    attachmentName: '通知.pdf.seal',
    signedAt: stated.issuedAt,
    signerName: facts.name,
    reason: stated.purpose,
    contentsBytes: 2048,
  }
}

async function signatureOver(
  bytes: Uint8Array,
  by: { readonly facts: SealFacts; readonly changes: SealedPdfChanges },
): Promise<Uint8Array> {
  const { facts, changes } = by
  const { makers = MAKER, keepers = KEEPER } = changes
  const certifier = changes.certifier ?? makers.jws
  const signer = changes.signer ?? keepers.jws
  const ca = changes.ca ?? (await makerCertificate(certifier))
  const statement: CertificateStatement = {
    role: 'seal',
    serial: Uint8Array.of(0x41, 1),
    issuer: ca.subject,
    subject: {
      organization: facts.owner.name,
      commonName: facts.name,
      uscc: facts.owner.uscc,
    },
    notBefore: facts.validFrom,
    notAfter: facts.validTo,
    key: signer.publicKey,
    issuerKeyIdentifier: keyIdentifier(ca.key),
    ...changes.certificate,
  }
  const certificate = await certificateOf(statement, certifier)
  const content = { digest: sha256(bytes), certificate, ca }
  return assemblePadesSignature(content, await signer.sign(buildPadesSignature(content)))
}

async function certificateOf(
  statement: CertificateStatement,
  signer: Signer,
): Promise<Certificate> {
  const toBeSigned = buildCertificate(statement)
  const bytes = assembleCertificate(toBeSigned, await signer.sign(toBeSigned))
  return parseCertificate(bytes, statement.role)
}
