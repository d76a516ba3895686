/** What an organisation sees of its work as a whole: the board, ratings and their answers, reports of licences and their answers. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody, SECURITY } from '../http/describe-parts.ts'
import { parseInput, readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { readBoard } from './board.ts'
import { ANSWER_REQUEST, OPEN_ANSWER } from './case-requests.ts'
import { answerFeedback, listFeedback } from './feedback.ts'
import { answerReport, listReports } from './licence-reports.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const BOARD_QUERY = v.strictObject({
  since: v.optional(
    v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]{0,11})$/), v.transform(Number)),
    '0',
  ),
})

/** Routes `/api/board`, `/api/feedback` and `/api/reports`. */
export function oversightRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/board',
    describeRoute({
      operationId: 'readBoard',
      summary: 'Trips, materials spared, limits and ratings of the organisation',
      security: SECURITY,
      parameters: [{ name: 'since', in: 'query', schema: { type: 'integer', minimum: 0 } }],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const { since } = parseInput(BOARD_QUERY, context.req.query())
      return context.json(await readBoard(services, context.get('actor'), since), 200, NO_STORE)
    },
  )

  routes.get(
    '/feedback',
    describeRoute({
      operationId: 'listFeedback',
      summary: 'Ratings of the organisation (好差评), bad ones that wait for an answer first',
      security: SECURITY,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const feedback = await listFeedback(services, context.get('actor'))
      return context.json({ feedback }, 200, NO_STORE)
    },
  )

  routes.post(
    '/feedback/:id/answer',
    describeRoute({
      operationId: 'answerFeedback',
      summary: 'Answer a bad rating, once',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(ANSWER_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const id = idOf(context)
      const { value } = await readJson(context, ANSWER_REQUEST)
      await answerFeedback(services, { actor: context.get('actor'), id, ...value })
      return context.json({ id, state: 'answered' }, 200, NO_STORE)
    },
  )

  routes.get(
    '/reports',
    describeRoute({
      operationId: 'listReports',
      summary: 'Reports of licences in the name of the agency, open ones first',
      security: SECURITY,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const reports = await listReports(services, context.get('actor'))
      return context.json({ reports }, 200, NO_STORE)
    },
  )

  routes.post(
    '/reports/:id/answer',
    describeRoute({
      operationId: 'answerReport',
      summary: 'Say what came of a report, once',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(ANSWER_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const id = idOf(context)
      const { value } = await readJson(context, ANSWER_REQUEST)
      await answerReport(services, { actor: context.get('actor'), id, ...value })
      return context.json({ id, state: 'answered' }, 200, NO_STORE)
    },
  )
  return routes
}
