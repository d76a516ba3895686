/** `/sign-in`: the way of a browser to the identity provider and back, and the exchange of a wallet's code. */
import { Fault } from '@onetrip/codec'
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses, WALLET_SESSION } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { jsonBody } from '../http/describe-parts.ts'
import { allowReading, changeOnlyFrom } from '../http/origins.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { beginSignIn, finishSignIn, toWallet } from './sign-in.ts'
import { exchangeWalletCode } from './wallet-code.ts'

const SECRET = v.pipe(v.string(), v.regex(/^[\w-]{43}$/))
const EXCHANGE = v.pipe(
  v.strictObject({ code: SECRET, verifier: SECRET }),
  v.metadata({ ref: 'SignInExchange' }),
)
const REDIRECT = { 303: { description: 'On to the next step' } } as const

/** Routes below `/sign-in`; `limit` refuses larger bodies. */
export function signInRoutes(
  services: Services,
  limit: MiddlewareHandler<AppEnvironment>,
): Hono<AppEnvironment> {
  const { config } = services
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/wallet',
    limitByAddress(services, 'sign-in/begin'),
    describeRoute({
      operationId: 'signInFromWallet',
      summary: 'Sign in for a wallet; ends at the configured wallet with a code in the fragment',
      parameters: [
        {
          name: 'challenge',
          in: 'query',
          required: true,
          description: 'SHA-256 of the verifier, base64url',
          schema: { type: 'string', pattern: '^[\\w-]{43}$' },
        },
      ],
      responses: REDIRECT,
    }),
    async (context) => {
      const challenge = context.req.query('challenge') ?? ''
      try {
        return await beginSignIn(services, { kind: 'wallet', challenge })
      } catch (error) {
        // Somebody is looking at this: they came by a link, and are sent back with the reason.
        if (!(error instanceof Fault)) throw error
        const isAbsent = error.code === 'http/not-found'
        return toWallet(services, isAbsent ? 'sign-in/unavailable' : error.code)
      }
    },
  )

  routes.get(
    '/callback',
    limitByAddress(services, 'sign-in/callback'),
    describeRoute({
      operationId: 'signInCallback',
      summary: 'Redirection endpoint for the identity provider (OpenID Connect Core 1.0 §3.1.2.5)',
      responses: REDIRECT,
    }),
    (context) => finishSignIn(services, context),
  )

  const wallet = [config.walletOrigin]
  routes.use('/exchange', allowReading(wallet), changeOnlyFrom(wallet), limit)
  routes.post(
    '/exchange',
    limitByAddress(services, 'sign-in/exchange'),
    describeRoute({
      operationId: 'exchangeSignInCode',
      summary: "Exchange a wallet's code for its session, once",
      requestBody: jsonBody(EXCHANGE),
      responses: apiResponses(200, WALLET_SESSION),
    }),
    async (context) => {
      const { value } = await readJson(context, EXCHANGE)
      const { id, endsAt } = await exchangeWalletCode(services, value)
      return context.json({ bearer: id, endsAt }, 200, { 'Cache-Control': 'no-store' })
    },
  )
  return routes
}
