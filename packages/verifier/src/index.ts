/** Bytes, trust data and a time become a verdict. */
export type {
  DocumentEvidence,
  DocumentVerdict,
  ImpressionVerdict,
  SealPlace,
  SealVerdict,
  ShownImpression,
  ShownMaker,
  ShownSeal,
  StatedSeal,
} from './document-verdict.ts'
export {
  type CounterQuestion,
  type OpenedCounter,
  openCounterCertificate,
  standingFault,
} from './open-counter.ts'
export type {
  DocumentOptions,
  ExpectedRequest,
  FileWithSeal,
  PdfWithSeals,
  Policy,
  ReceivedOptions,
  SealedDocument,
  SealOptions,
  VerifyOptions,
} from './options.ts'
export type { ProofOfTime } from './sealed-before.ts'
export { isWorse, SEVERITY, type Severity, severityOf, type VerdictCode } from './severity.ts'
export type {
  Check,
  CheckOutcome,
  ClockEvidence,
  CopyNote,
  CopyRecipient,
  DataEvidence,
  Evidence,
  Jurisdiction,
  LicenceSealVerdict,
  LicenceVerdict,
  LocalText,
  Outcome,
  PartEvidence,
  RecognitionEvidence,
  RuleId,
  SpeaksFor,
  StatusEvidence,
  Verdict,
} from './verdict.ts'
export { verify } from './verify.ts'
export { verifyDocument } from './verify-document.ts'
export { verifyReceived } from './verify-received.ts'
export { verifySeal } from './verify-seal.ts'
