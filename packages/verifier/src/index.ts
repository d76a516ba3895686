/** Bytes, trust data and a time become a verdict. */
export {
  type CounterQuestion,
  type OpenedCounter,
  openCounterCertificate,
  standingFault,
} from './open-counter.ts'
export type { ExpectedRequest, Policy, ReceivedOptions, VerifyOptions } from './options.ts'
export { isWorse, SEVERITY, type Severity, severityOf, type VerdictCode } from './severity.ts'
export type {
  Check,
  CheckOutcome,
  ClockEvidence,
  CopyNote,
  CopyRecipient,
  Evidence,
  Jurisdiction,
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
export { verifyReceived } from './verify-received.ts'
