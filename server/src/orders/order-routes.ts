/** `/api/orders`: what two people do to licences together. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { OPEN_ANSWER } from '../cases/case-requests.ts'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import {
  ID_PARAMETER,
  idempotencyParameter,
  idOf,
  jsonBody,
  SECURITY,
} from '../http/describe-parts.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { parseIdempotencyKey, requestHash, routeAs } from '../storage/idempotency.ts'
import { ORDER_DECISION, ORDER_REQUEST } from './order-shape.ts'
import { decideOrder, requestOrder } from './orders.ts'
import { listOrders, readOrder } from './read-orders.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/api/orders`. */
export function orderRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/',
    describeRoute({
      operationId: 'listOrders',
      summary: 'Orders about licences, those that wait first',
      security: SECURITY,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) =>
      context.json({ orders: await listOrders(services, context.get('actor')) }, 200, NO_STORE),
  )

  routes.post(
    '/',
    describeRoute({
      operationId: 'requestOrder',
      summary:
        'Ask for licences to be suspended or revoked together, reinstated, for one to be transferred (转让), or for credentials that a restore lost to be revoked',
      security: SECURITY,
      parameters: [idempotencyParameter(true)],
      requestBody: jsonBody(ORDER_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const key = parseIdempotencyKey(context.req.header('Idempotency-Key'))
      const { value: content, bytes } = await readJson(context, ORDER_REQUEST)
      const actor = context.get('actor')
      const hash = requestHash(routeAs(actor, 'POST /api/orders'), bytes)
      const repeatable = { actorId: actor.actorId, key, requestHash: hash }
      const answer = await requestOrder(services, { actor, content, repeatable })
      const headers = { 'Content-Type': 'application/json', ...NO_STORE }
      return new Response(answer, { status: 201, headers })
    },
  )

  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readOrder',
      summary: 'An order with what it says, while it waits',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const read = await readOrder(services, { actor: context.get('actor'), id: idOf(context) })
      return context.json(read, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/decision',
    describeRoute({
      operationId: 'decideOrder',
      summary: 'Approve, as another person than who asked, and it is done; or refuse',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(ORDER_DECISION),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const id = idOf(context)
      const { value } = await readJson(context, ORDER_DECISION)
      const decided = await decideOrder(services, { actor: context.get('actor'), id, ...value })
      return context.json(decided, 200, NO_STORE)
    },
  )
  return routes
}
