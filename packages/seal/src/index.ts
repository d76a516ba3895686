/** Seals, impressions and sealed files; X.509 and PAdES; the update that seals a PDF. */
export {
  appearanceOf,
  appearanceOfSamples,
  type DrawnSeal,
  digestAppearance,
  isSameAppearance,
  type PictureCommand,
  type PictureShape,
  type SealAppearance,
  type SealSamples,
} from './pdf/appearance.ts'
export type { PdfFinding, PdfFindingCode } from './pdf/findings.ts'
export { openPdf, type Pdf } from './pdf/open-pdf.ts'
export { findPage, type PdfPage, type PdfRect, pageCount } from './pdf/page-tree.ts'
export { MAX_PDF_BYTES } from './pdf/pdf-limits.ts'
export {
  type OtherUpdate,
  openForSealing,
  readSealedPdf,
  type SealedPdf,
  type SealedUpdate,
} from './pdf/read-sealed-pdf.ts'
export {
  buildSealUpdate,
  DEFAULT_CONTENTS_BYTES,
  isSealUpdateInput,
  type SealUpdate,
  type SealUpdateInput,
  withSignature,
} from './pdf/seal-update.ts'
export { SEAL_MEDIA_TYPE } from './pdf/update-objects.ts'
export {
  assembleCertificate,
  buildCertificate,
  type Certificate,
  type CertificateRole,
  type CertificateStatement,
  keyIdentifier,
  MAX_CERTIFICATE_BYTES,
  parseCertificate,
  randomSerial,
} from './x509/certificate.ts'
export type { DistinguishedName } from './x509/distinguished-name.ts'
export {
  assemblePadesSignature,
  buildPadesSignature,
  MAX_PADES_BYTES,
  type PadesContent,
  type PadesExpectation,
  type PadesSignature,
  parsePadesSignature,
  verifyPadesSignature,
} from './x509/pades-signature.ts'
export { verifySealCertificate } from './x509/verify-certificate.ts'
