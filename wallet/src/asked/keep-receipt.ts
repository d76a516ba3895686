/** An office's receipt: found its consent by the request's digest, verified beside both, and kept with it; no network. */
import { type ErrorCode, equalBytes, Fault } from '@onetrip/codec'
import {
  answerBytes,
  deviceSignedForm,
  parseReceipt,
  parseRequest,
  receiptText,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { CodeInput } from '@onetrip/ui'
import { verifyReceipt } from '@onetrip/verifier'
import type { HistoryEntry } from '../history-entry.ts'
import type { ConsentEntry } from './consent-entry.ts'

/** What became of a receipt. */
export type ReceiptOutcome =
  | { readonly outcome: 'genuine'; readonly entry: ConsentEntry }
  | { readonly outcome: 'refused'; readonly code: ErrorCode }

/**
 * Judges a receipt beside the consents of the history; what is genuine is the consent's entry with it, to be stored. A receipt
 * for something that this wallet did not answer is `receipt/request`.
 */
export async function judgeReceipt(
  input: CodeInput,
  at: {
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: number
    readonly entries: readonly HistoryEntry[]
  },
): Promise<ReceiptOutcome> {
  const { trust, now, entries } = at
  try {
    const receipt = parseReceipt(answerBytes(input))
    const known = entries
      .filter((entry) => entry.kind === 'consent')
      // What was asked over the network has no receipt.
      .filter((entry) => deviceSignedForm(entry.request) === 'request')
      .map((entry) => ({ entry, request: parseRequest(answerBytes(entry.request)) }))
      .find(({ request }) => equalBytes(request.digest, receipt.request))
    if (known === undefined) return { outcome: 'refused', code: 'receipt/request' }
    const { entry, request } = known
    const verdict = await verifyReceipt(input, { trust, now, request, answer: entry.answer })
    const { outcome, reason, proves } = verdict
    if (outcome === 'invalid' || !proves.disclosure) {
      return { outcome: 'refused', code: reason ?? 'receipt/answer' }
    }
    const text = typeof input === 'string' ? input : receiptText(input)
    return { outcome: 'genuine', entry: { ...entry, receipt: { at: receipt.issuedAt, text } } }
  } catch (error) {
    if (error instanceof Fault) return { outcome: 'refused', code: error.code }
    throw error
  }
}
