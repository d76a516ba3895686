/** Issuing: draft, lint, sign. Imported by the server and the command line only. */
export {
  draftLicence,
  draftPaper,
  type IssuedLicence,
  type IssueOrder,
  type IssuingAgency,
  issueLicence,
  issuePaper,
  type LicenceOrder,
  type PaperOrder,
  type PerSecuring,
  signLicence,
  signPaper,
} from './issue.ts'
export { type ExpectedClaims, type ExpectedLicence, lintLicence, lintPaper } from './lint.ts'
export {
  decodePendingLicence,
  decodePendingPaper,
  encodePendingLicence,
  encodePendingPaper,
  type PendingLicence,
  type PendingPaper,
  type PendingSdCwt,
  type PendingSdJwt,
} from './pending.ts'
