/** A receipt, the request and the answer that it is for, and trust data become a verdict (ARCHITECTURE §3, §4). */
import { type ErrorCode, toHex } from '@onetrip/codec'
import { parseReceipt } from '@onetrip/credential'
import { RECEIPT_ANSWER_PLAN, RECEIPT_PLAN, RECEIPT_REQUEST_PLAN } from './device-plans.ts'
import { DEVICE_SIGNED, deviceQuestion, deviceVerdict } from './device-subject.ts'
import { havePassed } from './impression-verdict.ts'
import { judge, notRun } from './judge.ts'
import type { OpenedCounter } from './open-counter.ts'
import { readDeviceSigned } from './read-device-signed.ts'
import { type ReceiptRequest, type ReceiptSubject, receiptSubject } from './receipt-subject.ts'
import {
  type Named,
  named,
  newestType,
  type ShownDevice,
  type ShownOffice,
  type ShownOption,
  shownCounter,
  shownOption,
} from './request-verdict.ts'
import type { Rule } from './rule.ts'
import type { Check, DataEvidence, Outcome } from './verdict.ts'
import type { RequestOptions } from './verify-request.ts'

/** Options of {@link verifyReceipt}. */
export interface ReceiptOptions extends RequestOptions {
  /** The request that the receipt should be for; without it the rules that compare them are not run. */
  readonly request?: ReceiptRequest
  /** The answer that the receipt should be for, as it was given; without it the rules that compare them are not run. */
  readonly answer?: Uint8Array | string
}

/** A licence that the office says it was shown. */
export interface ReceivedLicence extends ShownOption {
  readonly material: Named
  /** USCC of the agency, and its name by the trust list. */
  readonly issuer: Named
}

/** What a receipt states; only ever present when its office and its device are proven. */
export interface StatedReceipt {
  readonly office: ShownOffice
  readonly device: ShownDevice
  readonly matter: Named
  /** Unix seconds. */
  readonly issuedAt: number
  /** SHA-256 of the answer, lower-case hex. */
  readonly answer: string
  /** Selectively disclosed claims by name; what is public by law goes without saying. */
  readonly shown: readonly ReceivedLicence[]
}

/** What `verifyReceipt` answers for any input. */
export interface ReceiptVerdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  /** Rules that had nothing to compare the receipt with are `not-run`. */
  readonly checks: readonly Check[]
  readonly evidence: DataEvidence
  readonly receipt?: StatedReceipt
  /** What receipt and answer prove together. */
  readonly proves: {
    /** By the holder: what was disclosed, to whom and for what. */
    readonly disclosure: boolean
    /** By the office, beside the request: that the holder's keys agreed to its matter, purpose and wants. */
    readonly agreement: boolean
  }
}

/**
 * Verifies a receipt (bytes, or the text of a code). Any input gives a verdict; bad input never rejects, and nothing is told
 * that no office vouches for.
 */
export async function verifyReceipt(
  input: Uint8Array | string,
  options: ReceiptOptions,
): Promise<ReceiptVerdict> {
  const reading = readDeviceSigned(input, parseReceipt)
  if (reading.value === undefined) {
    const rest = [...RECEIPT_PLAN, ...RECEIPT_REQUEST_PLAN, ...RECEIPT_ANSWER_PLAN]
    return verdictOf([...reading.checks, ...rest.map(notRun)], options)
  }
  const subject = await receiptSubject(reading.value, deviceQuestion(options), options)
  const own = judge(RECEIPT_PLAN, subject)
  const compared = (plan: readonly Rule<ReceiptSubject>[], other: unknown): readonly Check[] =>
    other === undefined ? plan.map(notRun) : judge(plan, subject, own)
  const checks = [
    ...reading.checks,
    ...own,
    ...compared(RECEIPT_REQUEST_PLAN, options.request),
    ...compared(RECEIPT_ANSWER_PLAN, options.answer),
  ]
  const verdict = verdictOf(checks, options)
  const counter = subject.counter.value
  if (counter === undefined || !havePassed(checks, DEVICE_SIGNED)) return verdict
  return { ...verdict, receipt: statedReceipt(subject, counter) }
}

function verdictOf(checks: readonly Check[], options: ReceiptOptions): ReceiptVerdict {
  return {
    ...deviceVerdict(checks, options),
    proves: {
      disclosure: havePassed(checks, ['counter-standing', 'receipt-answer']),
      agreement: havePassed(checks, ['receipt-request', 'receipt-agreement']),
    },
  }
}

function statedReceipt({ receipt, trust }: ReceiptSubject, counter: OpenedCounter): StatedReceipt {
  const matter = trust.matters.find(({ code }) => code === receipt.matter)
  return {
    ...shownCounter(counter, trust),
    matter: named(receipt.matter, matter?.name),
    issuedAt: receipt.issuedAt,
    answer: toHex(receipt.answer),
    shown: receipt.shown.map(({ material, type, issuer, claims }) => ({
      material: named(material, matter?.materials.find(({ code }) => code === material)?.name),
      issuer: named(issuer, trust.agencyById(issuer)?.name),
      ...shownOption(
        newestType(trust, type),
        type,
        claims.map(({ name }) => name),
      ),
    })),
  }
}
