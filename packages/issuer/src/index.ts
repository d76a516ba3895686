/** Issuing: draft, lint, sign. Imported by the server and the command line only. */
export { type CounterOrder, issueCounterCertificate } from './counter-certificate.ts'
export type { FontFace } from './font-face.ts'
export { fontGlyphs } from './font-glyphs.ts'
export {
  draftLicence,
  draftPaper,
  type IssuedLicence,
  issueLicence,
  issuePaper,
  type LicenceOrder,
  type PaperOrder,
  type PerSecuring,
  signLicence,
  signPaper,
} from './issue.ts'
export {
  type LicenceFormat,
  type LicencePdfInput,
  layOutLicencePdf,
} from './licence-pdf/lay-out-licence-pdf.ts'
export type {
  PendingLicence,
  PendingMdoc,
  PendingPaper,
  PendingSdCwt,
  PendingSdJwt,
} from './pending.ts'
export { type QrModules, type QrRun, QUIET_ZONE, qrModules } from './qr-modules.ts'
export {
  type Drafted,
  draftMdoc,
  draftSdCwt,
  draftSdJwt,
  type IssueOrder,
  type IssuingAgency,
  type SecuringOrder,
  signSdCwt,
  signSdJwt,
} from './securing.ts'
