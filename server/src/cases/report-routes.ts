/** `/reports`: a licence that was not believed is reported from a counter or a wallet, in one step and without a sign-in. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { OPEN_ANSWER } from './case-requests.ts'
import { fileReport, MAX_REPORT_BYTES, REPORT_REQUEST, reportState } from './licence-reports.ts'

const PUBLIC: Record<string, string[]>[] = []
const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/reports`. */
export function reportRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.post(
    '/',
    limitByAddress(services, 'report/send'),
    describeRoute({
      operationId: 'reportLicence',
      summary: 'Report a licence that was not believed; holds nothing of people',
      security: PUBLIC,
      requestBody: jsonBody(REPORT_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, REPORT_REQUEST, MAX_REPORT_BYTES)
      return context.json({ id: await fileReport(services, value) }, 201, NO_STORE)
    },
  )
  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readReport',
      summary: 'How a report stands, for whoever has its id',
      security: PUBLIC,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => context.json(await reportState(services, idOf(context)), 200, NO_STORE),
  )
  return routes
}
