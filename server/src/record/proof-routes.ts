/** `/log/receipts` and `/log/proofs`: that an entry stands in the record, for whoever knows the entry's hash. */
import { formatProofFile } from '@onetrip/log'
import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import * as v from 'valibot'
import { PROBLEM } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { cachedAnswer, entityTag } from '../http/cached-answer.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { parseInput } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { cosignedNote } from './cosigned-note.ts'
import { type ProofRequest, proveEntry, receiptOf } from './prove-entry.ts'

/** What stands under a named checkpoint stays; under the newest one it is soon another proof of the same. */
const CACHE = {
  fixed: 'public, max-age=31536000, immutable',
  newest: 'public, max-age=60',
} as const
const LEAF = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'must be a hash in base64url'),
)
const SIZE = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^[1-9][0-9]{0,14}$/, 'must be the size of a checkpoint'),
    v.transform(Number),
  ),
)
const PARAMETERS = [
  {
    name: 'leaf',
    in: 'path' as const,
    required: true,
    description: 'SHA-256 of a zero byte and the entry (RFC 9162 §2.1.1), base64url',
    schema: { type: 'string' as const, minLength: 43, maxLength: 43 },
  },
  {
    name: 'size',
    in: 'query' as const,
    required: false,
    description: 'Entries of the checkpoint that it is proven by; without it, the newest one',
    schema: { type: 'integer' as const, minimum: 1 },
  },
]
const NO_ENTRY = 'No checkpoint covers such an entry yet: Retry-After says when to ask again'

const PROBLEM_BODY = { 'application/problem+json': { schema: resolver(PROBLEM) } }
const REFUSALS = {
  400: { description: 'The address is at fault', content: PROBLEM_BODY },
  404: { description: NO_ENTRY, content: PROBLEM_BODY },
  429: { description: 'Too many requests', content: PROBLEM_BODY },
} as const

/** Routes below `/log` that prove entries. */
export function proofRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const limit = limitByAddress(services, 'log/proof')

  routes.get(
    '/receipts/:leaf',
    describeRoute({
      operationId: 'logReceipt',
      summary: 'COSE receipt that an entry is in the log (RFC 9942)',
      parameters: PARAMETERS,
      responses: {
        200: {
          description: 'The receipt',
          content: { 'application/cose': { schema: { type: 'string', format: 'binary' } } },
        },
        ...REFUSALS,
      },
    }),
    limit,
    async (context) => {
      const request = requestIn(context)
      const body = await receiptOf(services, request)
      return answer(context, { body, request, mediaType: 'application/cose' })
    },
  )

  routes.get(
    '/proofs/:leaf',
    describeRoute({
      operationId: 'logProof',
      summary:
        'Proof that an entry is in the log, with the checkpoint, as a file (C2SP tlog-proof)',
      parameters: PARAMETERS,
      responses: {
        200: {
          description: 'The file',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        ...REFUSALS,
      },
    }),
    limit,
    async (context) => {
      const request = requestIn(context)
      const { proof, checkpoint } = await proveEntry(services, request)
      const body = formatProofFile({
        ...proof,
        checkpoint: await cosignedNote(services, checkpoint),
      })
      // Witnesses may cosign the same checkpoint later.
      return answer(context, {
        body,
        request: { leaf: request.leaf },
        mediaType: 'text/plain; charset=utf-8',
      })
    },
  )

  return routes
}

function requestIn(context: AppContext): ProofRequest {
  const leaf = parseInput(LEAF, context.req.param('leaf'))
  const size = parseInput(SIZE, context.req.query('size'))
  return { leaf, ...(size === undefined ? {} : { size }) }
}

function answer(
  context: AppContext,
  options: {
    readonly body: Uint8Array
    readonly request: ProofRequest
    readonly mediaType: string
  },
): Response {
  const { body, request, mediaType } = options
  const cacheControl = request.size === undefined ? CACHE.newest : CACHE.fixed
  return cachedAnswer(context, { body, tag: entityTag(body), mediaType, cacheControl })
}
