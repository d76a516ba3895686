/** Which rules are meant to run on requests, answers and receipts, in order (ARCHITECTURE §3, §4). */
import type { AnswerSubject, MaterialSubject } from './answer-subject.ts'
import type { DeviceSubject } from './device-subject.ts'
import type { ReceiptSubject } from './receipt-subject.ts'
import type { RequestSubject } from './request-subject.ts'
import type { Rule } from './rule.ts'
import { answerAsked } from './rules/answer-asked.ts'
import { answerClaims } from './rules/answer-claims.ts'
import { answerComplete } from './rules/answer-complete.ts'
import { clientCertificate } from './rules/client-certificate.ts'
import { clientCommitment } from './rules/client-commitment.ts'
import { clientId } from './rules/client-id.ts'
import { clientSignature } from './rules/client-signature.ts'
import { clientStanding } from './rules/client-standing.ts'
import { clockFloor } from './rules/clock-floor.ts'
import { counterCertificate } from './rules/counter-certificate.ts'
import { counterMatter } from './rules/counter-matter.ts'
import { counterStanding } from './rules/counter-standing.ts'
import { deviceSignature } from './rules/device-signature.ts'
import { environment } from './rules/environment.ts'
import { matter } from './rules/matter.ts'
import { matterOffice } from './rules/matter-office.ts'
import { receiptAgreement } from './rules/receipt-agreement.ts'
import { receiptAnswer } from './rules/receipt-answer.ts'
import { receiptOffice } from './rules/receipt-office.ts'
import { receiptRequest } from './rules/receipt-request.ts'
import { receiptTime } from './rules/receipt-time.ts'
import { requestOpen } from './rules/request-open.ts'
import { requestTime } from './rules/request-time.ts'
import { requestWants } from './rules/request-wants.ts'
import { transactionMatter } from './rules/transaction-matter.ts'
import { trustFreshness } from './rules/trust-freshness.ts'
import { walletNonce } from './rules/wallet-nonce.ts'
import type { VpRequestSubject } from './vp-request-subject.ts'

const DEVICE_PLAN: readonly Rule<DeviceSubject>[] = [
  clockFloor,
  trustFreshness,
  environment,
  counterCertificate,
  deviceSignature,
  counterStanding,
]

/** On a request, after `limits` and `format`. */
export const REQUEST_PLAN: readonly Rule<RequestSubject>[] = [
  ...DEVICE_PLAN,
  requestTime,
  matter,
  matterOffice,
  counterMatter,
  requestWants,
]

/** On a request of OpenID4VP, after `limits` and `format`. */
export const VP_REQUEST_PLAN: readonly Rule<VpRequestSubject>[] = [
  clockFloor,
  trustFreshness,
  environment,
  clientCertificate,
  clientSignature,
  clientStanding,
  clientId,
  clientCommitment,
  walletNonce,
  requestTime,
  matter,
  matterOffice,
  requestWants,
  transactionMatter,
]

/** On an answer as a whole, after `limits` and `format`. */
export const ANSWER_PLAN: readonly Rule<AnswerSubject>[] = [requestOpen, answerAsked]

/** On each wanted material, after the rules on what was shown as it. */
export const MATERIAL_PLAN: readonly Rule<MaterialSubject>[] = [answerComplete, answerClaims]

/** On a receipt by itself, after `limits` and `format`. */
export const RECEIPT_PLAN: readonly Rule<ReceiptSubject>[] = [...DEVICE_PLAN, receiptTime]

/** On a receipt beside the request that it is for. */
export const RECEIPT_REQUEST_PLAN: readonly Rule<ReceiptSubject>[] = [receiptOffice, receiptRequest]

/** On a receipt beside the answer that it is for: what each side can prove to the other. */
export const RECEIPT_ANSWER_PLAN: readonly Rule<ReceiptSubject>[] = [
  receiptAnswer,
  receiptAgreement,
]
