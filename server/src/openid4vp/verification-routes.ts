/** `/api/verifications`: an office asks over the network, and reads what was shown. Authentication comes first. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody, SECURITY } from '../http/describe-parts.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { openVerification } from './open-verification.ts'
import {
  OPEN_REQUEST,
  OPENED_ANSWER,
  RESULT_REQUEST,
  VERIFICATION_ANSWER,
} from './verification-request.ts'
import { readResult, readVerification } from './verification-result.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/api/verifications`. */
export function verificationRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/',
    describeRoute({
      operationId: 'openVerification',
      summary: 'Ask for licences over the network (OpenID4VP 1.0), for five minutes',
      security: SECURITY,
      requestBody: jsonBody(OPEN_REQUEST),
      responses: apiResponses(201, OPENED_ANSWER),
    }),
    async (context) => {
      const { value: request } = await readJson(context, OPEN_REQUEST)
      const opened = await openVerification(services, { actor: context.get('actor'), request })
      return context.json(opened, 201, NO_STORE)
    },
  )

  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readVerification',
      summary: 'How it stands; and what was shown, where the answer came from another device',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, VERIFICATION_ANSWER),
    }),
    async (context) => {
      const of = { actor: context.get('actor'), id: idOf(context) }
      return context.json(await readVerification(services, of), 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/result',
    describeRoute({
      operationId: 'readVerificationResult',
      summary: 'What was shown, with the response code that came back to the same browser',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(RESULT_REQUEST),
      responses: apiResponses(200, VERIFICATION_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, RESULT_REQUEST)
      const of = { actor: context.get('actor'), id: idOf(context), ...value }
      return context.json(await readResult(services, of), 200, NO_STORE)
    },
  )

  return routes
}
