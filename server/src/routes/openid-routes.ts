/** OpenID4VCI 1.0, pre-authorized code flow: token, nonce and credential endpoints. */
import { parseJson } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { bearerSecret } from '../actors/api-keys.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { assertMediaType, readForm } from '../http/read-request.ts'
import { makeNonce } from '../openid4vci/nonce.ts'
import { redeemCode } from '../openid4vci/redeem-code.ts'
import { findGrant, requestCredential } from '../openid4vci/request-credential.ts'
import type { Services } from '../services.ts'

/** Requests one address may make in a minute, each endpoint by itself. */
export const OPENID_LIMITS = {
  token: { requests: 60, windowSeconds: 60 },
  nonce: { requests: 240, windowSeconds: 60 },
  credential: { requests: 240, windowSeconds: 60 },
} as const

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const OAUTH_ANSWERS = {
  200: { description: 'As the standard has it' },
  400: { description: 'An OAuth error object with our `code` beside `error`' },
} as const

/** Routes below `/openid`. */
export function openIdRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/token',
    limitByAddress(services, OPENID_LIMITS.token),
    describeRoute({
      operationId: 'token',
      summary: 'Token endpoint (OpenID4VCI 1.0 §6)',
      responses: OAUTH_ANSWERS,
    }),
    async (context) =>
      context.json(await redeemCode(services, await readForm(context)), 200, NO_STORE),
  )

  routes.post(
    '/nonce',
    limitByAddress(services, OPENID_LIMITS.nonce),
    describeRoute({
      operationId: 'nonce',
      summary: 'Nonce endpoint (OpenID4VCI 1.0 §7)',
      responses: OAUTH_ANSWERS,
    }),
    async (context) => context.json({ c_nonce: await makeNonce(services) }, 200, NO_STORE),
  )

  routes.post(
    '/credential',
    limitByAddress(services, OPENID_LIMITS.credential),
    describeRoute({
      operationId: 'credential',
      summary: 'Credential endpoint (OpenID4VCI 1.0 §8)',
      responses: OAUTH_ANSWERS,
    }),
    async (context) => {
      const grant = await findGrant(services, bearerSecret(context.req.header('Authorization')))
      assertMediaType(context, 'application/json')
      const body = parseJson(new Uint8Array(await context.req.arrayBuffer()))
      return context.json(await requestCredential(services, grant, body), 200, NO_STORE)
    },
  )

  return routes
}
