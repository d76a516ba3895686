/** The vectors on requests, answers, receipts and delegations as a pure function: files in, differences out. */
import { fromHex } from '@onetrip/codec'
import { parseRequest } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import {
  type AnswerVerdict,
  type Check,
  type ReceiptVerdict,
  type RequestVerdict,
  type Verdict,
  type VpRequestVerdict,
  verify,
  verifyAnswer,
  verifyReceipt,
  verifyRequest,
  verifyVpRequest,
} from '@onetrip/verifier'
import type { VectorInput } from './verifier-verdicts.ts'

/** What a vector gives the verifier; bytes are hexadecimal. */
export interface AskingInput
  extends Pick<VectorInput, 'text' | 'hex' | 'padTo' | 'office' | 'seen' | 'environment'> {
  /** Name of a pack in the vectors. */
  readonly trust: string
  readonly kind: 'request' | 'vp-request' | 'answer' | 'receipt' | 'delegation'
  /** Client identifier of the link that led to a request over the network. */
  readonly clientId?: string
  /** What the wallet sent when it fetched that request. */
  readonly walletNonce?: string
  /** The request that an answer or a receipt is for. */
  readonly request?: string
  /** The answer that a receipt is for. */
  readonly answer?: string
}

/** What a vector expects of the verdict. */
export interface AskingExpectation {
  readonly outcome: RequestVerdict['outcome']
  /** The verdict's reason. */
  readonly code?: string
  /** Failed checks as `rule code`, in order; on a material as `MATERIAL rule code`, on what was not asked as `unasked rule code`, on a delegate as `delegate rule code`. */
  readonly failed: readonly string[]
  /** How much is told: materials with a licence, licences, or 1 for what a request or a receipt states. */
  readonly told: number
}

/** One file of `fixtures/vectors/asking`. */
export interface AskingVector {
  readonly source: string
  readonly clause: string
  readonly why: string
  /** Unix seconds. */
  readonly now: number
  readonly input: AskingInput
  readonly expect: AskingExpectation
}

/** A verdict of any of the kinds. */
export type AskingVerdict =
  | RequestVerdict
  | VpRequestVerdict
  | AnswerVerdict
  | ReceiptVerdict
  | Verdict

/** The verdict on one vector's input. */
export function judgeAsking(of: {
  readonly input: AskingInput
  readonly now: number
  readonly trust: Trust
}): Promise<AskingVerdict> {
  const { input, now, trust } = of
  const { kind, request, answer, office, seen, environment } = input
  const options = { trust, now, ...(environment === undefined ? {} : { environment }) }
  if (kind === 'vp-request') {
    const { text = '', clientId = '', walletNonce } = input
    const sent = walletNonce === undefined ? {} : { walletNonce }
    return verifyVpRequest(text, { ...options, clientId, ...sent })
  }
  const given = inputOf(input)
  if (kind === 'request') return verifyRequest(given, options)
  if (kind === 'delegation') return verify(given, { ...options, accept: ['delegate'] })
  const parsed = request === undefined ? undefined : parseRequest(fromHex(request))
  if (kind === 'receipt') {
    return verifyReceipt(given, {
      ...options,
      ...(parsed === undefined ? {} : { request: parsed }),
      ...(answer === undefined ? {} : { answer: fromHex(answer) }),
    })
  }
  if (parsed === undefined) throw new TypeError('an answer answers a request')
  return verifyAnswer(given, {
    ...options,
    request: parsed,
    ...(office === undefined ? {} : { office }),
    ...(seen === undefined ? {} : { seen }),
  })
}

/** What a vector compares of a verdict. */
export function summariseAsking(verdict: AskingVerdict): AskingExpectation {
  const { outcome, reason, checks } = verdict
  const isAnswer = 'materials' in verdict
  const stated = 'request' in verdict || 'receipt' in verdict ? 1 : 0
  const told = 'licences' in verdict ? verdict.licences.length : stated
  const onParts = isAnswer
    ? [
        ...failedIn(verdict.delegate?.checks ?? [], 'delegate '),
        ...verdict.materials.flatMap((each) => failedIn(each.checks, `${each.material.code} `)),
        ...verdict.unasked.flatMap((each) => failedIn(each.checks, 'unasked ')),
      ]
    : []
  return {
    outcome,
    ...(reason === undefined ? {} : { code: reason }),
    failed: [...failedIn(checks, ''), ...onParts],
    told: isAnswer ? verdict.materials.filter(({ licence }) => licence !== undefined).length : told,
  }
}

/** Every check of a verdict, those on a delegate, on materials and on what was not asked included. */
export function checksOf(verdict: AskingVerdict): readonly Check[] {
  if (!('materials' in verdict)) return verdict.checks
  const { materials, unasked, delegate } = verdict
  const parts = [...(delegate === undefined ? [] : [delegate]), ...materials, ...unasked]
  return [...verdict.checks, ...parts.flatMap(({ checks }) => checks)]
}

function failedIn(checks: readonly Check[], prefix: string): readonly string[] {
  return checks.flatMap(({ id, code }) => (code === undefined ? [] : [`${prefix}${id} ${code}`]))
}

function inputOf({ text, hex = '', padTo = 0 }: AskingInput): Uint8Array | string {
  if (text !== undefined) return text.padEnd(padTo, text.slice(-1))
  const bytes = fromHex(hex)
  const padded = new Uint8Array(Math.max(padTo, bytes.length))
  padded.set(bytes)
  return padded
}
