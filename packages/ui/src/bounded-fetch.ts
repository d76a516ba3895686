/**
 * One bounded exchange with a server: a cap on bytes, a deadline over the whole answer, no
 * redirects, no cookies, nothing cached. What is not JSON where JSON is due (a captive portal's
 * page) is refused before anyone reads it (case NW01).
 */
import {
  concatBytes,
  fault,
  isObject,
  type JsonObject,
  parseJson,
  utf8Decode,
} from '@onetrip/codec'

/** The platform's `fetch`, passed in so that the logic runs without a network. */
export type Http = (url: string, init: RequestInit) => Promise<Response>

/** What to ask and how much of an answer to take. */
export interface BoundedRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Where the answer is asked to be sealed: how it is marked, and what opens it. */
  readonly sealed?: {
    readonly mediaType: string
    readonly open: (text: string) => Promise<Uint8Array>
  }
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** An answer that is JSON, whatever its status. */
export interface JsonAnswer {
  readonly status: number
  readonly body: JsonObject
}

/**
 * Asks for bytes; a status other than 2xx is `network/refused`. Throws also `network/unreachable`,
 * `network/timeout`, `network/too-large`.
 */
export async function fetchBytes(http: Http, request: BoundedRequest): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(request.timeoutMs)
  const response = await send(http, request, signal)
  if (!response.ok) {
    await response.body?.cancel()
    throw fault(statusCode(response.status))
  }
  return readBody(response, request.maxBytes, signal)
}

/**
 * Asks for a JSON object and gives it with its status, so that the caller can read a protocol
 * error. Throws `network/unreachable`, `network/timeout`, `network/too-large`, `network/busy`
 * (429), `network/server` (5xx), `network/not-json` (also for what was to be sealed and is not), and what
 * opening a sealed answer throws.
 */
export async function fetchJson(http: Http, request: BoundedRequest): Promise<JsonAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs)
  const response = await send(http, request, signal)
  if (response.status === 429 || response.status >= 500) {
    await response.body?.cancel()
    throw fault(statusCode(response.status))
  }
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  const { sealed } = request
  const isSealed = sealed !== undefined && mediaType.toLowerCase() === sealed.mediaType
  // A refusal comes plain: whoever could not read the request cannot seal.
  const isPlain = sealed === undefined || !response.ok
  if (!isSealed && !(isPlain && /^application\/([a-z.-]+\+)?json$/i.test(mediaType))) {
    await response.body?.cancel()
    throw fault('network/not-json')
  }
  const bytes = await readBody(response, request.maxBytes, signal)
  const content = isSealed ? await sealed.open(utf8Decode(bytes)) : bytes
  return { status: response.status, body: jsonObject(content) }
}

async function send(http: Http, request: BoundedRequest, signal: AbortSignal): Promise<Response> {
  try {
    return await http(request.url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      cache: 'no-store',
      credentials: 'omit',
      mode: 'cors',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal,
    })
  } catch {
    throw networkFault(signal)
  }
}

async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  const parts: Uint8Array[] = []
  let total = 0
  while (reader !== undefined) {
    const part = await reader.read().catch(() => {
      throw networkFault(signal)
    })
    if (part.done) {
      break
    }
    total += part.value.length
    if (total > maxBytes) {
      await reader.cancel().catch(() => undefined)
      throw fault('network/too-large')
    }
    parts.push(part.value)
  }
  return concatBytes(...parts)
}

function networkFault(signal: AbortSignal): Error {
  return fault(signal.aborted ? 'network/timeout' : 'network/unreachable')
}

function statusCode(status: number): 'network/busy' | 'network/server' | 'network/refused' {
  if (status === 429) {
    return 'network/busy'
  }
  return status >= 500 ? 'network/server' : 'network/refused'
}

function jsonObject(bytes: Uint8Array): JsonObject {
  const value = parsed(bytes)
  if (!isObject(value)) {
    throw fault('network/not-json')
  }
  return value
}

function parsed(bytes: Uint8Array): ReturnType<typeof parseJson> {
  try {
    return parseJson(bytes, { maxBytes: bytes.length + 1 })
  } catch {
    throw fault('network/not-json')
  }
}
