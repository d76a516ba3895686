/**
 * One exchange with the API of the page's own origin, by the session's cookie. It has a deadline and a bound on what is taken, and
 * its answer is read by a schema; what is refused is a code, never a throw.
 */

import * as v from 'valibot'

const TIMEOUT_MILLISECONDS = 30_000
/** A file of many megabytes is on its way for a while, and read for another. */
const FILE_TIMEOUT_MILLISECONDS = 180_000
const MAX_ANSWER_CHARACTERS = 8_000_000
const CODE = /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,60}$/
const PROBLEM = v.object({ code: v.pipe(v.string(), v.regex(CODE)) })
/** By which somebody with roles in several organisations says for which they act. */
const AGENCY_HEADER = 'Onetrip-Agency'

/** How an answer is read. */
export type Schema<Value> = v.GenericSchema<unknown, Value>

/** What came of a request. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** Code of the server, or of the network where the server said nothing. */
  | { readonly kind: 'refused'; readonly code: string }

/** What is asked. */
export interface ApiRequest<Value> {
  /** Below the origin, such as `/api/staff/me`; it holds no personal data. */
  readonly path: string
  readonly answer: Schema<Value>
  /** Sent as JSON, a `Blob` as it is with its type; with it the request is a POST. */
  readonly body?: object
  /** USCC for which the person acts. */
  readonly agency?: string | undefined
  /** Names the act, so that a retry of it acts once. */
  readonly idempotencyKey?: string | undefined
}

/** Asks. */
export function ask<Value>(request: ApiRequest<Value>): Promise<Answer<Value>> {
  const { answer } = request
  return exchange({ ...request, accept: 'application/json' }, async (response) => {
    const text = await response.text()
    if (text.length > MAX_ANSWER_CHARACTERS) return { kind: 'refused', code: 'network/too-large' }
    return response.ok ? read(text, answer) : { kind: 'refused', code: codeIn(text) }
  })
}

/** Asks for a file. */
export function askFile(request: Omit<ApiRequest<Blob>, 'answer'>): Promise<Answer<Blob>> {
  return exchange({ ...request, accept: '*/*' }, async (response) => {
    if (response.ok) return { kind: 'done', value: await response.blob() }
    return { kind: 'refused', code: codeIn(await response.text()) }
  })
}

async function exchange<Value>(
  request: Omit<ApiRequest<Value>, 'answer'> & { readonly accept: string },
  take: (response: Response) => Promise<Answer<Value>>,
): Promise<Answer<Value>> {
  const { path, accept, body, agency, idempotencyKey } = request
  const isFile = body instanceof Blob
  const isLong = isFile || accept === '*/*'
  const signal = AbortSignal.timeout(isLong ? FILE_TIMEOUT_MILLISECONDS : TIMEOUT_MILLISECONDS)
  const sent = isFile ? body : JSON.stringify(body)
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Accept: accept,
        ...(body === undefined ? {} : { 'Content-Type': isFile ? body.type : 'application/json' }),
        ...(agency === undefined ? {} : { [AGENCY_HEADER]: agency }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: sent }),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal,
    })
    return await take(response)
  } catch {
    return { kind: 'refused', code: signal.aborted ? 'network/timeout' : 'network/unreachable' }
  }
}

function read<Value>(text: string, schema: Schema<Value>): Answer<Value> {
  const read = v.safeParse(schema, parsed(text))
  if (read.success) return { kind: 'done', value: read.output }
  return { kind: 'refused', code: 'network/not-json' }
}

function codeIn(text: string): string {
  const problem = v.safeParse(PROBLEM, parsed(text))
  return problem.success ? problem.output.code : 'network/server'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
