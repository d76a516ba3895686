/** What an answer discloses, and this counter's receipt for it: the same by code and over the network. */
import { Fault, sha256 } from '@onetrip/codec'
import {
  answerBytes,
  type ReceiptInput,
  type ReceiptMaterial,
  receiptText,
  signReceipt,
  type Want,
} from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { CodeInput } from '@onetrip/ui'
import { type AnswerVerdict, shownInAnswer } from '@onetrip/verifier'
import { enrolledDevice } from '../enrolment/enrolment-keeper.ts'
import { isTaken } from './tell-answer.ts'

/** The bytes of an answer, and what it discloses as far as that can be told. */
export interface Disclosed {
  readonly bytes: Uint8Array
  readonly shown: readonly ReceiptMaterial[]
}

/** Reads both; nothing is disclosed that cannot be read. */
export function disclosedIn(
  input: CodeInput,
  of: { readonly wants: readonly Want[]; readonly trust: Trust },
): Disclosed {
  const { wants, trust } = of
  let bytes: Uint8Array = new Uint8Array(0)
  try {
    bytes = answerBytes(input)
    return { bytes, shown: shownInAnswer(input, { request: { wants }, trust }) }
  } catch (error) {
    if (error instanceof Fault) return { bytes, shown: [] }
    throw error
  }
}

/** The text of the receipt's code. An answer that is not taken has none (收件回执: it was received for the matter). */
export async function receiptFor(
  from: Disclosed & {
    readonly verdict: AnswerVerdict
    readonly request: ReceiptInput['request']
    /** Unix seconds. */
    readonly at: number
  },
): Promise<{ readonly receipt?: string }> {
  const { verdict, bytes, shown, request, at } = from
  const device = await enrolledDevice()
  if (!isTaken(verdict) || shown.length === 0 || device === undefined) return {}
  const answer = sha256(bytes)
  return {
    receipt: receiptText(await signReceipt({ request, answer, shown, issuedAt: at, ...device })),
  }
}
