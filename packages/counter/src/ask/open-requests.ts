/**
 * The requests of one asking. A request lives five minutes and its code stands for four, so that whoever scans the last of it
 * has a minute; the ones before stay known, so that an answer is judged by the request that it answers.
 */

import { Fault, type Random, toHex } from '@onetrip/codec'
import {
  type OfficeRequest,
  parseAnswer,
  parsePresentation,
  parseRequest,
  requestText,
  signRequest,
  type Want,
} from '@onetrip/credential'
import type { CodeInput } from '@onetrip/ui'
import type { EnrolledDevice } from '../enrolment/enrolment-keeper.ts'

/** How long the code of a request stands. */
export const SHOWN_SECONDS = 240

/** Requests that may come back late. */
const MAX_KNOWN = 3

/** A request as it was made. */
export interface OpenRequest {
  readonly request: OfficeRequest
  /** The text of its code. */
  readonly text: string
}

/** What is asked: the same in every request of an asking. */
export interface Question {
  readonly matter: string
  readonly purpose: string
  readonly wants: readonly Want[]
}

/** Makes a request, which goes before the ones known so far. `TypeError` for what no counter may ask. */
export async function withNewRequest(
  known: readonly OpenRequest[],
  from: {
    readonly question: Question
    readonly device: EnrolledDevice
    /** Unix seconds. */
    readonly now: number
    readonly random: Random
  },
): Promise<readonly OpenRequest[]> {
  const { question, device, now, random } = from
  const { matter, purpose, wants } = question
  const bytes = await signRequest({ matter, purpose, wants, issuedAt: now, random, ...device })
  const made = { request: parseRequest(bytes), text: requestText(bytes) }
  return [made, ...known].slice(0, MAX_KNOWN)
}

/** Whole seconds for which the code of a request still stands; `nowMs` is Unix milliseconds. A clock set back ends it. */
export function secondsShown({ request }: OpenRequest, nowMs: number): number {
  const age = nowMs / 1000 - request.issuedAt
  return age < 0 ? 0 : Math.max(0, Math.ceil(SHOWN_SECONDS - age))
}

/** The request that an answer says it answers, the newest where it names none of them; its verdict is still to come. */
export function answeredRequest(
  known: readonly OpenRequest[],
  answer: CodeInput,
): OpenRequest | undefined {
  const nonce = nonceOf(answer)
  return known.find(({ request }) => toHex(request.digest) === nonce) ?? known[0]
}

function nonceOf(answer: CodeInput): string | undefined {
  try {
    const [first] = parseAnswer(answer)
    return first && parsePresentation(first.presentation).keyBinding?.nonce
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
