/** An office's receipt: found its consent by the request's digest, verified beside both, and kept with it; no network. */
import { type ErrorCode, equalBytes, Fault, fromBase64url, sha256 } from '@onetrip/codec'
import {
  type AnswerReceipt,
  answerBytes,
  parseReceipt,
  parseRequest,
  parseVpRequest,
  receiptText,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { CodeInput } from '@onetrip/ui'
import { type ReceiptRequest, type ReceiptVerdict, verifyReceipt } from '@onetrip/verifier'
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
  try {
    const receipt = parseReceipt(answerBytes(input))
    const answers = at.entries
      .flatMap((entry) => answeredIn(entry) ?? [])
      .filter(({ request }) => equalBytes(request.digest, receipt.request))
    // Who agreed twice to one request gave two answers, of which the office took one.
    const answered = answers.find((each) => isAnswerOf(each, receipt)) ?? answers[0]
    if (answered === undefined) return { outcome: 'refused', code: 'receipt/request' }
    const { entry } = answered
    const verdict = await verifyBeside(input, answered, at)
    if (!isProven(verdict)) return { outcome: 'refused', code: verdict.reason ?? 'receipt/answer' }
    const text = typeof input === 'string' ? input : receiptText(input)
    return { outcome: 'genuine', entry: { ...entry, receipt: { at: receipt.issuedAt, text } } }
  } catch (error) {
    if (error instanceof Fault) return { outcome: 'refused', code: error.code }
    throw error
  }
}

function isAnswerOf({ entry }: Answered, receipt: Pick<AnswerReceipt, 'answer'>): boolean {
  try {
    return equalBytes(sha256(answerBytes(entry.answer)), receipt.answer)
  } catch (error) {
    // One that is damaged hinders no other.
    if (error instanceof Fault) return false
    throw error
  }
}

/** How a request object begins that came over the network. */
const JWS_START = 'eyJ'

/** An office's request that was answered, with its consent. */
export interface Answered {
  readonly entry: ConsentEntry
  readonly request: AskedRequest
}

/** What a receipt is for, with the purpose in the office's words. */
export interface AskedRequest extends ReceiptRequest {
  readonly purpose: string
}

/**
 * Of a consent; nothing where the request is damaged, or asked something else than the entry says, which hinders no other: a receipt
 * would seem to prove the entry's words. Nor where it came over the network and its nonce commits to nothing: no receipt is for it.
 */
export function answeredIn(entry: HistoryEntry): Answered | undefined {
  if (entry.kind !== 'consent') return undefined
  try {
    const request = isOnline(entry)
      ? onlineRequest(entry)
      : parseRequest(answerBytes(entry.request))
    return request !== undefined && isAbout(entry, request) ? { entry, request } : undefined
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Whether what was answered came over the network. */
export function isOnline({ request }: Pick<ConsentEntry, 'request'>): boolean {
  return request.startsWith(JWS_START)
}

/** The office is the one that the wallet proved when it was asked; a receipt says itself whose it is. */
function onlineRequest({ office, request: text }: ConsentEntry): AskedRequest | undefined {
  const { isCommitted, matter, purpose, nonce, clientId } = parseVpRequest(text)
  if (!isCommitted) return undefined
  return { office: office.id, matter, purpose, digest: fromBase64url(nonce), client: clientId }
}

function isAbout({ office, matter, purpose }: ConsentEntry, request: AskedRequest): boolean {
  return (
    office.id === request.office && matter.code === request.matter && purpose === request.purpose
  )
}

/** The verdict on a receipt beside what was asked and answered. */
export function verifyBeside(
  input: CodeInput,
  { entry, request }: Answered,
  { trust, now }: { readonly trust: Trust; readonly now: number },
): Promise<ReceiptVerdict> {
  return verifyReceipt(input, { trust, now, request, answer: entry.answer })
}

/** Whether it proves what was disclosed to whom. */
export function isProven({ outcome, proves }: ReceiptVerdict): boolean {
  return outcome !== 'invalid' && proves.disclosure
}
