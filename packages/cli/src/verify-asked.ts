/** What `onetrip verify` makes of requests, answers and receipts. */
import { Fault, MAX_FRAME_LINES_CHARACTERS } from '@onetrip/codec'
import {
  answerBytes,
  deviceSignedForm,
  type OfficeRequest,
  parseRequest,
} from '@onetrip/credential'
import {
  type DocumentOptions,
  type Outcome,
  verifyAnswer,
  verifyReceipt,
  verifyRequest,
} from '@onetrip/verifier'
import { describeAnswer, describeReceipt, describeRequest } from './describe-asked.ts'
import { printable } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { textOrBytes } from './text-or-bytes.ts'
import { UsageError } from './usage.ts'

/** A verdict with its words. */
export interface AskedVerdict {
  readonly verdict: { readonly outcome: Outcome }
  readonly describe: () => string
}

/**
 * Verifies a request, a receipt, or with `request` the answer to it; nothing for anything else. Throws {@link UsageError} for a
 * request or an answer named beside it that cannot be used.
 */
export async function verifyAsked(
  input: Uint8Array | string,
  from: {
    readonly options: Pick<DocumentOptions, 'trust' | 'now' | 'office'>
    /** Names of files. */
    readonly request: string | undefined
    readonly answer: string | undefined
  },
): Promise<AskedVerdict | undefined> {
  const { options } = from
  const form = deviceSignedForm(input)
  const request = from.request === undefined ? undefined : await readRequest(from.request, options)
  if (form === 'receipt') {
    const verdict = await verifyReceipt(input, {
      ...options,
      ...(request === undefined ? {} : { request }),
      ...(from.answer === undefined ? {} : { answer: await readAnswer(from.answer) }),
    })
    return { verdict, describe: () => describeReceipt(verdict) }
  }
  if (from.answer !== undefined) throw new UsageError('--answer goes with a receipt')
  if (request !== undefined) {
    const verdict = await verifyAnswer(input, { ...options, request })
    return { verdict, describe: () => describeAnswer(verdict) }
  }
  if (form === undefined) return undefined
  const verdict = await verifyRequest(input, options)
  return { verdict, describe: () => describeRequest(verdict) }
}

/** A request as a counter remembers it: one that no office vouches for was never its own. */
async function readRequest(
  file: string,
  options: Pick<DocumentOptions, 'trust' | 'now'>,
): Promise<OfficeRequest> {
  const input = textOrBytes(await readLimited(file, MAX_FRAME_LINES_CHARACTERS + 1))
  const { reason, request } = await verifyRequest(input, options)
  if (request === undefined) throw new UsageError(`${printable(file)} is no request (${reason})`)
  return parseRequest(answerBytes(input))
}

async function readAnswer(file: string): Promise<Uint8Array> {
  try {
    return answerBytes(textOrBytes(await readLimited(file, MAX_FRAME_LINES_CHARACTERS + 1)))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`${printable(file)} is no answer (${error.code})`, error)
  }
}
