/** `/copies`: what the holder of a copy asks of the agency by the copy's key alone. */
import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import * as v from 'valibot'
import { PROBLEM } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { jsonBody } from '../http/describe-parts.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { withdrawCopy } from './withdraw-copy.ts'

const MAX_PROOF_CHARACTERS = 2048
const NO_STORE = { 'Cache-Control': 'no-store' } as const
const WITHDRAWAL = v.pipe(
  v.strictObject({
    proof: v.pipe(
      v.string(),
      v.maxLength(MAX_PROOF_CHARACTERS),
      v.description(
        'Compact JWS, typ onetrip-withdrawal+jwt, the copy’s holder key as jwk in its header; claims: aud (this origin), iat, nonce (of /openid/nonce)',
      ),
    ),
  }),
  v.metadata({ ref: 'CopyWithdrawal' }),
)
const WITHDRAWN = v.pipe(
  v.object({
    withdrawn: v.pipe(v.number(), v.integer(), v.description('Copies bound to the key')),
  }),
  v.metadata({ ref: 'CopyWithdrawn' }),
)

/** Routes below `/copies`. */
export function copyRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const problem = { 'application/problem+json': { schema: resolver(PROBLEM) } }

  routes.post(
    '/withdrawals',
    limitByAddress(services, 'copy/withdraw'),
    describeRoute({
      operationId: 'withdrawCopy',
      summary: 'A holder takes back a copy of a licence, and the delegation made from it',
      requestBody: jsonBody(WITHDRAWAL),
      responses: {
        200: {
          description: 'Its status entry reads revoked from the next list on',
          content: { 'application/json': { schema: resolver(WITHDRAWN) } },
        },
        400: { description: 'The proof or its nonce is at fault', content: problem },
        403: { description: 'Another origin', content: problem },
        413: { description: 'The body is too large', content: problem },
        415: { description: 'The body is not application/json', content: problem },
        404: { description: 'Nothing was issued to this key', content: problem },
        429: { description: 'Too many requests', content: problem },
      },
    }),
    async (context) => {
      const { value } = await readJson(context, WITHDRAWAL)
      const withdrawn = await withdrawCopy(services, value.proof)
      return context.json({ withdrawn }, 200, NO_STORE)
    },
  )

  return routes
}
