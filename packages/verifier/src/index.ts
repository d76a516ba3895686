/** Bytes, trust data and a time become a verdict. */
export type { AskedRequest } from './answer-subject.ts'
export type {
  AnswerVerdict,
  DelegateVerdict,
  MaterialVerdict,
  UnaskedVerdict,
} from './answer-verdict.ts'
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
export { isProofOfEntry, type KeptReceipts } from './inclusions.ts'
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
export { type ProvenVpRequest, proveVpRequest, verifyVpAnswer } from './proven-vp-request.ts'
export { type ReceiptRequest, shownInAnswer } from './receipt-subject.ts'
export { type OverAsking, overAskingIn } from './request-subject.ts'
export {
  type Named,
  newestType,
  type RequestVerdict,
  type ShownDevice,
  type ShownOffice,
  type ShownOption,
  type ShownWant,
  type StatedRequest,
  shownOption,
} from './request-verdict.ts'
export type { ProofOfTime } from './sealed-before.ts'
export { isWorse, SEVERITY, type Severity, severityOf, type VerdictCode } from './severity.ts'
export type {
  Check,
  CheckOutcome,
  ClockEvidence,
  CopyNote,
  CopyRecipient,
  DataEvidence,
  DelegationNote,
  Evidence,
  Jurisdiction,
  LicenceSealVerdict,
  LicenceVerdict,
  LocalText,
  LoggedEvidence,
  Outcome,
  PartEvidence,
  RecognitionEvidence,
  RuleId,
  SpeaksFor,
  StatusEvidence,
  Verdict,
} from './verdict.ts'
export { verify } from './verify.ts'
export {
  type AnswerOptions,
  type PresentationsOptions,
  verifyAnswer,
  verifyPresentations,
} from './verify-answer.ts'
export { verifyDocument } from './verify-document.ts'
export { type IssuedOptions, verifyIssued } from './verify-issued.ts'
export {
  type ReceiptOptions,
  type ReceiptVerdict,
  type ReceivedLicence,
  type StatedReceipt,
  verifyReceipt,
} from './verify-receipt.ts'
export { verifyReceived } from './verify-received.ts'
export { type RequestOptions, verifyRequest } from './verify-request.ts'
export { verifySeal } from './verify-seal.ts'
export {
  type StatedVpRequest,
  type VpRequestOptions,
  type VpRequestVerdict,
  verifyVpRequest,
} from './verify-vp-request.ts'
