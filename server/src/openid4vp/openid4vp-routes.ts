/** `/openid4vp`: what wallets fetch and where they answer. The address itself is the secret; no cookie, key or origin counts. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { answerIn, formBody, oauthResponses } from '../http/open-answers.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readForm } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { receiveResponse } from './receive-response.ts'
import { serveRequest } from './serve-request.ts'

const REQUEST_HEADERS = {
  'Content-Type': 'application/oauth-authz-req+jwt',
  'Cache-Control': 'no-store',
} as const
const NO_STORE = { 'Cache-Control': 'no-store' } as const
const HANDLE_PARAMETER = {
  name: 'handle',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
} as const
const REQUEST_ANSWERS = oauthResponses({
  200: answerIn('A signed request object (RFC 9101)', REQUEST_HEADERS['Content-Type']),
})

/** Routes below `/openid4vp`. */
export function openId4VpRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const requestLimit = limitByAddress(services, 'verification/request')
  const answer = async (
    context: AppContext,
    walletNonce: string | undefined,
  ): Promise<Response> => {
    const handle = context.req.param('handle') ?? ''
    return context.body(await serveRequest(services, { handle, walletNonce }), 200, REQUEST_HEADERS)
  }

  routes.get(
    '/requests/:handle',
    requestLimit,
    describeRoute({
      operationId: 'fetchVpRequest',
      summary: 'Request by reference (OpenID4VP 1.0 §5.7)',
      parameters: [HANDLE_PARAMETER],
      responses: REQUEST_ANSWERS,
    }),
    (context) => answer(context, undefined),
  )

  routes.post(
    '/requests/:handle',
    requestLimit,
    describeRoute({
      operationId: 'postVpRequest',
      summary: 'The same, with the wallet’s own nonce in it (OpenID4VP 1.0 §5.10)',
      parameters: [HANDLE_PARAMETER],
      requestBody: formBody(['wallet_nonce']),
      responses: REQUEST_ANSWERS,
    }),
    async (context) => answer(context, (await readForm(context)).get('wallet_nonce')),
  )

  routes.post(
    '/responses/:handle',
    limitByAddress(services, 'verification/response'),
    describeRoute({
      operationId: 'answerVpRequest',
      summary: 'Answer by direct_post or direct_post.jwt (OpenID4VP 1.0 §8.2, §8.3)',
      parameters: [HANDLE_PARAMETER],
      requestBody: formBody(['vp_token', 'response', 'state', 'error', 'error_description']),
      responses: oauthResponses({
        200: answerIn('Taken; `redirect_uri` where the browser goes on', 'application/json'),
      }),
    }),
    async (context) => {
      const handle = context.req.param('handle')
      const form = await readForm(context)
      return context.json(await receiveResponse(services, { handle, form }), 200, NO_STORE)
    },
  )

  return routes
}
