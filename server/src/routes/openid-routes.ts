/** OpenID4VCI 1.0: token, nonce and credential endpoints, and those of the authorization code flow. */
import { fault, type JsonObject, parseJson } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { AppEnvironment } from '../http/app-context.ts'
import { answerIn, formBody, oauthResponses, standardBody } from '../http/open-answers.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { assertMediaType, readForm } from '../http/read-request.ts'
import { authenticateGrant, provedSender } from '../oauth/access-token.ts'
import { addAuthorizationRoutes } from '../oauth/authorization-routes.ts'
import { dpopNonce } from '../oauth/dpop.ts'
import { AUTHORIZATION_CODE_GRANT, redeemAuthorization } from '../oauth/redeem-authorization.ts'
import { PRE_AUTHORIZED_GRANT } from '../offers/make-offer.ts'
import { answerRequest, readRequest } from '../openid4vci/encryption.ts'
import { makeNonce } from '../openid4vci/nonce.ts'
import { keepNotification } from '../openid4vci/notification.ts'
import { redeemCode } from '../openid4vci/redeem-code.ts'
import { requestCredential, requestDeferred } from '../openid4vci/request-credential.ts'
import type { Services } from '../services.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const JSON_MEDIA = 'application/json'
const JWT_MEDIA = 'application/jwt'
const ANSWER = answerIn('As the standard has it', JSON_MEDIA)
const CREDENTIAL_ANSWERS = oauthResponses({
  200: answerIn('As the standard has it', JSON_MEDIA, JWT_MEDIA),
  202: answerIn('A `transaction_id`: the licence waits, come again', JSON_MEDIA, JWT_MEDIA),
})

const TOKEN_MEMBERS = [
  'grant_type',
  'pre-authorized_code',
  'tx_code',
  'code',
  'code_verifier',
  'client_id',
  'redirect_uri',
] as const

/** Routes below `/openid`. */
export function openIdRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.use(async (context, next) => {
    await next()
    // Whoever proves a key needs the next nonce, after a refusal for the lack of one too (RFC 9449 §8.2).
    if (context.req.header('DPoP') !== undefined) {
      context.res.headers.set('DPoP-Nonce', dpopNonce(services))
    }
  })

  routes.post(
    '/token',
    limitByAddress(services, 'openid/token'),
    describeRoute({
      operationId: 'token',
      summary: 'Token endpoint (OpenID4VCI 1.0 §6)',
      requestBody: formBody(TOKEN_MEMBERS, ['grant_type']),
      responses: oauthResponses({ 200: ANSWER }),
    }),
    async (context) => {
      const sender = await provedSender(services, context)
      return context.json(
        await redeemGrant(services, await readForm(context), sender),
        200,
        NO_STORE,
      )
    },
  )

  routes.post(
    '/nonce',
    limitByAddress(services, 'openid/nonce'),
    describeRoute({
      operationId: 'nonce',
      summary: 'Nonce endpoint (OpenID4VCI 1.0 §7)',
      responses: oauthResponses({ 200: ANSWER }),
    }),
    async (context) => context.json({ c_nonce: await makeNonce(services) }, 200, NO_STORE),
  )

  routes.post(
    '/credential',
    limitByAddress(services, 'openid/credential'),
    describeRoute({
      operationId: 'credential',
      summary: 'Credential endpoint (OpenID4VCI 1.0 §8)',
      requestBody: standardBody(JSON_MEDIA, JWT_MEDIA),
      responses: CREDENTIAL_ANSWERS,
    }),
    async (context) => {
      const grant = await authenticateGrant(services, context)
      const { body, answer } = await readRequest(services, context)
      const { status, content } = await requestCredential(services, grant, body)
      return answerRequest(content, { status, answer })
    },
  )

  routes.post(
    '/deferred',
    limitByAddress(services, 'openid/deferred'),
    describeRoute({
      operationId: 'deferredCredential',
      summary: 'Deferred credential endpoint (OpenID4VCI 1.0 §9)',
      requestBody: standardBody(JSON_MEDIA, JWT_MEDIA),
      responses: CREDENTIAL_ANSWERS,
    }),
    async (context) => {
      const grant = await authenticateGrant(services, context)
      const { body, answer } = await readRequest(services, context)
      const { status, content } = await requestDeferred(services, grant, body)
      return answerRequest(content, { status, answer })
    },
  )

  routes.post(
    '/notification',
    limitByAddress(services, 'openid/notification'),
    describeRoute({
      operationId: 'notification',
      summary: 'Notification endpoint (OpenID4VCI 1.0 §11)',
      requestBody: standardBody(JSON_MEDIA),
      responses: oauthResponses({ 204: { description: 'Kept' } }),
    }),
    async (context) => {
      const grant = await authenticateGrant(services, context)
      assertMediaType(context, 'application/json')
      const body = parseJson(new Uint8Array(await context.req.arrayBuffer()))
      await keepNotification(services, grant, body)
      return context.body(null, 204)
    },
  )

  addAuthorizationRoutes(routes, services)
  return routes
}

/** Throws `openid/token-request`, `openid/grant-type`, and what the grant's own function throws. */
function redeemGrant(
  services: Services,
  form: ReadonlyMap<string, string>,
  sender: string | undefined,
): Promise<JsonObject> {
  const grant = form.get('grant_type')
  if (grant === undefined) throw fault('openid/token-request')
  if (grant === PRE_AUTHORIZED_GRANT) return redeemCode(services, form, sender)
  if (grant === AUTHORIZATION_CODE_GRANT) return redeemAuthorization(services, form, sender)
  throw fault('openid/grant-type')
}
