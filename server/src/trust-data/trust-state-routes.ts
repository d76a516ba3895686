/** `/api/trust`: an organisation's keys, and how fresh is what is published of them. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { SECURITY } from '../http/describe-parts.ts'
import type { Services } from '../services.ts'
import { readTrustState } from './trust-state.ts'

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const TRUST_STATE = v.pipe(
  v.object({
    now: UNIX_SECONDS,
    keys: v.array(
      v.object({
        kid: v.string(),
        purpose: v.picklist(['issue-cbor', 'issue-jws', 'status-cbor', 'status-jws']),
        notBefore: UNIX_SECONDS,
        notAfter: UNIX_SECONDS,
        revokedFrom: v.nullable(UNIX_SECONDS),
        retiredAt: v.nullable(v.pipe(UNIX_SECONDS, v.description('It signs no more'))),
        listedAt: v.nullable(v.pipe(UNIX_SECONDS, v.description('In a published trust list'))),
      }),
    ),
    roles: v.array(
      v.object({
        role: v.string(),
        version: v.number(),
        signedAt: UNIX_SECONDS,
        expiresAt: UNIX_SECONDS,
      }),
    ),
    statusLists: v.array(
      v.object({
        list: v.number(),
        form: v.string(),
        used: v.number(),
        size: v.number(),
        issuedAt: UNIX_SECONDS,
        isCurrent: v.pipe(v.boolean(), v.description('It says what the register says')),
      }),
    ),
    log: v.optional(v.object({ size: v.number(), at: UNIX_SECONDS })),
    faults: v.pipe(v.array(v.string()), v.description('Why something could not be published')),
  }),
  v.metadata({ ref: 'TrustState' }),
)

/** Routes below `/api/trust`. */
export function trustStateRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get(
    '/',
    describeRoute({
      operationId: 'readTrustState',
      summary: 'Keys of the organisation, and how fresh is what is published of them',
      security: SECURITY,
      responses: apiResponses(200, TRUST_STATE),
    }),
    async (context) =>
      context.json(await readTrustState(services, context.get('actor')), 200, {
        'Cache-Control': 'no-store',
      }),
  )
  return routes
}
