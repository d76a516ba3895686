/** What `onetrip verify` makes of requests, answers and receipts. */
import { Fault, MAX_FRAME_LINES_CHARACTERS } from '@onetrip/codec'
import {
  answerBytes,
  deviceSignedForm,
  isVpTokenText,
  type OfficeRequest,
  parseRequest,
  parseVpRequest,
} from '@onetrip/credential'
import {
  type DocumentOptions,
  type Outcome,
  type ProvenVpRequest,
  proveVpRequest,
  type ReceiptRequest,
  verifyAnswer,
  verifyReceipt,
  verifyRequest,
  verifyVpAnswer,
  verifyVpRequest,
} from '@onetrip/verifier'
import {
  describeAnswer,
  describeOnlineAnswer,
  describeReceipt,
  describeRequest,
  describeVpRequest,
} from './describe-asked.ts'
import { printable } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { textOrBytes } from './text-or-bytes.ts'
import { UsageError } from './usage.ts'

/** How a request object begins that came over the network: the base64url of `{"`. */
const JWS_START = 'eyJ'

/** A request that was named beside what is verified: a counter's own, or one over the network. */
interface NamedRequest {
  readonly own?: OfficeRequest
  readonly online?: ProvenVpRequest
}

/** A verdict with its words. */
export interface AskedVerdict {
  readonly verdict: { readonly outcome: Outcome }
  readonly describe: () => string
}

/**
 * Verifies a request, a receipt, or with `request` the answer to it, by code or over the network; nothing for anything else. Throws
 * {@link UsageError} for a request or an answer named beside it that cannot be used.
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
      ...(request === undefined ? {} : { request: forReceipt(request) }),
      ...(from.answer === undefined ? {} : { answer: await readAnswer(from.answer) }),
    })
    return { verdict, describe: () => describeReceipt(verdict) }
  }
  if (from.answer !== undefined) throw new UsageError('--answer goes with a receipt')
  if (request !== undefined) {
    return request.online === undefined
      ? judgeAnswer(input, { options, request: request.own })
      : judgeOnline(input, { options, request: request.online })
  }
  if (form === undefined) return judgeRequestObject(input, options)
  const verdict = await verifyRequest(input, options)
  return { verdict, describe: () => describeRequest(verdict) }
}

async function judgeAnswer(
  input: Uint8Array | string,
  of: {
    readonly options: Pick<DocumentOptions, 'trust' | 'now' | 'office'>
    readonly request: OfficeRequest | undefined
  },
): Promise<AskedVerdict> {
  const { options, request } = of
  if (request === undefined) throw new TypeError('a request is one of two')
  const verdict = await verifyAnswer(input, { ...options, request })
  return { verdict, describe: () => describeAnswer(verdict) }
}

async function judgeOnline(
  input: Uint8Array | string,
  of: {
    readonly options: Pick<DocumentOptions, 'trust' | 'now' | 'office'>
    readonly request: ProvenVpRequest
  },
): Promise<AskedVerdict> {
  const { options, request } = of
  const { office, asked } = request.stated
  if (typeof input !== 'string' || !isVpTokenText(input)) {
    throw new UsageError('a request over the network is answered by a vp_token, in JSON')
  }
  if (options.office !== undefined && options.office !== office.id) {
    throw new UsageError(`--office is not who asked, ${office.id}`)
  }
  try {
    const verdict = await verifyVpAnswer(input, { ...options, request })
    const { isCommitted } = asked
    return {
      verdict,
      describe: () => describeOnlineAnswer(verdict, { stated: request.stated, isCommitted }),
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`this is no vp_token (${error.code})`, error)
  }
}

/** A request object by itself: no link led to it, so that its own word on its client is held against its certificate. */
async function judgeRequestObject(
  input: Uint8Array | string,
  options: Pick<DocumentOptions, 'trust' | 'now'>,
): Promise<AskedVerdict | undefined> {
  const clientId = typeof input === 'string' ? clientIdIn(input) : undefined
  if (typeof input !== 'string' || clientId === undefined) return undefined
  const verdict = await verifyVpRequest(input, { ...options, clientId })
  return { verdict, describe: () => describeVpRequest(verdict) }
}

function clientIdIn(text: string): string | undefined {
  try {
    return parseVpRequest(text).clientId
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** A request that names nothing in its nonce has no receipt. */
function forReceipt({ own, online }: NamedRequest): ReceiptRequest {
  const request = own ?? online?.forReceipt
  if (request === undefined)
    throw new UsageError('this request commits to nothing: no receipt is for it')
  return request
}

/** A request as it was made: one that no office vouches for was never its own. */
async function readRequest(
  file: string,
  options: Pick<DocumentOptions, 'trust' | 'now'>,
): Promise<NamedRequest> {
  const input = textOrBytes(await readLimited(file, MAX_FRAME_LINES_CHARACTERS + 1))
  if (typeof input === 'string' && input.startsWith(JWS_START)) {
    try {
      return { online: await proveVpRequest(input, options) }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new UsageError(`${printable(file)} is no request (${error.code})`, error)
    }
  }
  const { reason, request } = await verifyRequest(input, options)
  if (request === undefined) throw new UsageError(`${printable(file)} is no request (${reason})`)
  return { own: parseRequest(answerBytes(input)) }
}

/** As it was given: a `vp_token` is known by its text. */
async function readAnswer(file: string): Promise<Uint8Array | string> {
  const input = textOrBytes(await readLimited(file, MAX_FRAME_LINES_CHARACTERS + 1))
  try {
    answerBytes(input)
    return input
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`${printable(file)} is no answer (${error.code})`, error)
  }
}
