/** Licence model, type definitions, SD-CWT, SD-JWT VC, paper codes and presentations. */

export {
  type AnswerChoice,
  type AnswerInput,
  type AnswerPart,
  answerBytes,
  answerRequest,
  answerText,
  encodeAnswer,
  isAnswerArray,
  MAX_ANSWER_BYTES,
  type OpenedAnswer,
  openAnswer,
  parseAnswer,
  wantServedBy,
} from './answer.ts'
export type { NamedAnswerPart } from './answer-parts.ts'
export {
  type AnswerReceipt,
  MAX_RECEIPT_BYTES,
  parseReceipt,
  type ReceiptClaim,
  type ReceiptFacts,
  type ReceiptInput,
  type ReceiptMaterial,
  receiptText,
  signReceipt,
} from './answer-receipt.ts'
export { type CodeKind, codeText, MAX_CODE_CHARACTERS } from './budgets.ts'
export { dayEnd, dayStart, dayToNumber, numberToDay, today } from './calendar-day.ts'
export {
  type CborDisclosure,
  cborDisclosureDigest,
  encodeCborDisclosure,
  type OpenedCbor,
  openCborDisclosures,
} from './cbor-disclosures.ts'
export {
  chooseLicences,
  type FittingLicence,
  type HeldLicence,
  type WantChoice,
} from './choose-licences.ts'
export { CODE_FILE_NAME, codeNumber } from './code-number.ts'
export {
  assembleCounterCertificate,
  buildCounterCertificate,
  type CounterCertificate,
  type CounterCertificateInput,
  type CounterDevice,
  isDeviceName,
  isDeviceNumber,
  isMatterCode,
  MAX_COUNTER_BYTES,
  MAX_COUNTER_SECONDS,
  MAX_MATTERS,
  parseCounterCertificate,
} from './counter-certificate.ts'
export type { CredentialClaims } from './credential-claims.ts'
export { type CwtPayload, parseCwtClaims } from './cwt-claims.ts'
export {
  answerAsDelegate,
  type DelegateAnswerInput,
} from './delegated-answer.ts'
export {
  type DelegationInput,
  delegateCode,
  delegationText,
  isDelegateCode,
  makeDelegation,
} from './delegation.ts'
export type { DeviceSigned } from './device-signed.ts'
export { type DeviceSignedForm, deviceSignedForm } from './device-signed-form.ts'
export { type DisclosedDigest, disclosedDigests } from './disclosed-digests.ts'
export { type EnrolmentCodeInput, enrolmentCode } from './enrolment-code.ts'
export { factsMissingInText } from './facts-in-text.ts'
export { GLYPH_SIDE, type Glyph, parseGlyphs } from './glyphs.ts'
export { type Guilloche, guilloche } from './guilloche.ts'
export { isIdNumber, isOrganisationCode, isUscc } from './id-numbers.ts'
export { issuanceEntry } from './issuance-entry.ts'
export {
  assertCredentialLife,
  type HolderIssueInput,
  type IssueInput,
  MAX_CREDENTIAL_SECONDS,
  wholeHour,
} from './issue-input.ts'
export {
  encodeJsonDisclosure,
  encodeSaltedJson,
  type JsonDisclosure,
  jsonDisclosureDigest,
  type OpenedJson,
  openJsonDisclosures,
} from './json-disclosures.ts'
export { type JwtPayload, parseJwtClaims } from './jwt-claims.ts'
export type { KeyBindingInput } from './kb-jwt.ts'
export type { BoundMode, KeyBinding, Mode } from './key-binding.ts'
export {
  CLAIM,
  HEADER,
  JOSE_TYP,
  LICENCE,
  LICENCE_ELEMENT,
  LIVE_AUDIENCE,
  MODE_NUMBERS,
  NAMED_RECIPIENT,
  TYP,
} from './labels.ts'
export {
  assertFacts,
  type ClaimValue,
  type DisclosedClaim,
  isPlainLine,
  isPlainText,
  type LicenceFacts,
  type RawClaims,
  readClaims,
} from './licence-claims.ts'
export {
  checkLicenceIdentifier,
  isSerial,
  isTypeCode,
  isVersion,
  type LicenceIdentifierCheck,
  type LicenceIdentifierParts,
  licenceIdentifier,
} from './licence-identifier.ts'
export { leafOf, MAX_RECEIPTS, receiptsIn, withReceipts } from './log-receipts.ts'
export {
  type Answers,
  type Asked,
  askQuestions,
  type ConditionalQuestion,
  holds,
  type When,
} from './matter-questions.ts'
export { type Mdoc, type MdocItem, parseMdoc } from './mdoc.ts'
export { assembleMdoc, buildMdoc, type MdocDraft, type MdocInput } from './mdoc-issue.ts'
export { parseShownMdoc, presentMdoc, type ShownMdoc } from './mdoc-response.ts'
export type { MdocSession } from './mdoc-session.ts'
export {
  chooseByQuery,
  type QueriedLicence,
  type QueryChoice,
  type QueryFit,
} from './openid4vp-choices.ts'
export {
  type CommittedRequest,
  committedNonce,
  NONCE_SALT_BYTES,
  requestCommitment,
  SALT_MEMBER,
} from './openid4vp-commitment.ts'
export {
  type CredentialQuery,
  type CredentialSetQuery,
  type DcqlQuery,
  MDOC_FORMAT,
  materialOfQuery,
  parseDcqlQuery,
  QUERY_FORMATS,
  QUERY_LIMITS,
  type QueryClaim,
  type QueryFormat,
  queryIdsOf,
  queryOfWants,
  SD_JWT_FORMAT,
  wantsOfQuery,
} from './openid4vp-query.ts'
export {
  CLIENT_PREFIXES,
  type ClientId,
  parseClientId,
  parseVpRequest,
  RESPONSE_MODES,
  type ResponseEncryption,
  type ResponseMode,
  signVpRequest,
  type VpRequest,
  type VpRequestFacts,
  type VpRequestInput,
  WALLET_AUDIENCE,
  x509HashClientId,
} from './openid4vp-request.ts'
export {
  buildVpResponse,
  declineVpRequest,
  isVpTokenText,
  parseVpToken,
  parseVpTokenText,
  VP_TOKEN_LIMITS,
  type VpForm,
  type VpPart,
  vpTokenText,
} from './openid4vp-response.ts'
export {
  MATTER_TRANSACTION,
  type MatterTransaction,
  matterTransaction,
  type ReceivedTransaction,
  transactionHash,
  transactionsFor,
} from './openid4vp-transaction.ts'
export {
  assemblePaper,
  buildPaper,
  type Paper,
  type PaperInput,
  paperText,
  parsePaper,
} from './paper.ts'
export {
  type CborChoice,
  type CopyInput,
  copyAudience,
  type DisclosureChoice,
  type LiveDefaultsInput,
  type LiveInput,
  liveDefaults,
  makeCopy,
  presentLive,
  presentRequested,
  presentSdCwt,
  presentSdJwt,
  type RequestedInput,
  type SdCwtPresentationInput,
  type SdJwtPresentationInput,
} from './present.ts'
export { type IssuerSigned, type Presentation, parsePresentation } from './presentation.ts'
export { type ReceiveInput, receiveSdCwt, receiveSdJwt } from './receive.ts'
export {
  MAX_PURPOSE_CHARACTERS,
  MAX_REQUEST_BYTES,
  MAX_REQUEST_SECONDS,
  type OfficeRequest,
  parseRequest,
  type RequestFacts,
  type RequestInput,
  requestDigest,
  requestText,
  signRequest,
} from './request.ts'
export { areWants, orderedWants, WANT_LIMITS, type Want, type WantOption } from './request-wants.ts'
export { type OpenedSdCwt, openSdCwt, parseSdCwt, type SdCwt } from './sd-cwt.ts'
export {
  assembleSdCwt,
  buildSdCwt,
  type CwtDraft,
  type SdCwtDraft,
  type SdCwtInput,
} from './sd-cwt-issue.ts'
export { type OpenedSdJwt, openSdJwt, parseSdJwt, type SdJwt } from './sd-jwt.ts'
export { assembleSdJwt, buildSdJwt, type SdJwtDraft, type SdJwtInput } from './sd-jwt-issue.ts'
export { SEAL_REFERENCE_BYTES, sealReference } from './seal-reference.ts'
export { type ShownFact, type ShownLicence, shownFacts } from './shown-facts.ts'
export { dayText, validityText } from './shown-text.ts'
export {
  type ClaimDefinition,
  type ClaimFormat,
  DEFAULT_TRUST_FRESHNESS,
  type DisplayText,
  isClaimName,
  parseTypeDefinition,
  type TypeDefinition,
} from './type-definition.ts'
