/** `/api/my/cases`: a citizen who signed in brings a matter from home (零上门), corrects it, withdraws it, and says how it was handled. */
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import { assertMayApply } from '../citizens/citizen.ts'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { isChange } from '../http/origins.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { CASE_STEP_REQUEST, MY_BEGIN_REQUEST, OPEN_ANSWER, RATE_REQUEST } from './case-requests.ts'
import type { CaseActor } from './case-rows.ts'
import { contentRoutes, partIn, pathParameter } from './content-routes.ts'
import { beginCase } from './draft-case.ts'
import { rate } from './feedback.ts'
import { stepCase } from './step-case.ts'
import { stepPart } from './step-part.ts'
import { listMyCases } from './work-list.ts'

const SECURITY: Record<string, string[]>[] = [{ wallet: [] }, { session: [] }]
const NO_STORE = { 'Cache-Control': 'no-store' } as const
const STEPS = ['submit', 'withdraw'] as const

/** Routes below `/api/my/cases`; who is signed in is known when they are reached. */
export function myCaseRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const begun = services.rates.counter('case/begin')
  routes.use(requireLevel(services))

  routes.get(
    '/',
    describeRoute({
      operationId: 'listMyCases',
      summary: 'What the citizen has under way, and had',
      security: SECURITY,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const cases = await listMyCases(services, context.get('citizen').holderReference)
      return context.json({ cases }, 200, NO_STORE)
    },
  )

  routes.post(
    '/',
    describeRoute({
      operationId: 'beginMyCase',
      summary: 'Begin a case from home',
      security: SECURITY,
      requestBody: jsonBody(MY_BEGIN_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, MY_BEGIN_REQUEST)
      const citizen = context.get('citizen')
      begun.count(citizen.subject)
      const request = { ...value, applicant: citizen.holderReference }
      const answer = await beginCase(services, { by: citizenIn(context), request })
      const headers = { 'Content-Type': 'application/json', ...NO_STORE }
      return new Response(answer, { status: 201, headers })
    },
  )

  contentRoutes(routes, services, { by: citizenIn, prefix: 'my', security: SECURITY })

  for (const action of STEPS) {
    routes.post(
      `/:id/${action}`,
      describeRoute({
        operationId: `my-case-${action}`,
        summary: `Step of the citizen's own case: ${action}`,
        security: SECURITY,
        parameters: [ID_PARAMETER],
        requestBody: jsonBody(CASE_STEP_REQUEST),
        responses: apiResponses(200, OPEN_ANSWER),
      }),
      async (context) => {
        const caseId = idOf(context)
        const { value: words } = await readJson(context, CASE_STEP_REQUEST)
        const by = citizenIn(context)
        const state = await stepCase(services, { by, caseId, action, words })
        return context.json({ state, version: words.version + 1 }, 200, NO_STORE)
      },
    )
  }

  routes.post(
    '/:id/parts/:part/correct',
    describeRoute({
      operationId: 'my-part-correct',
      summary: 'Give a part back after it was corrected',
      security: SECURITY,
      parameters: [ID_PARAMETER, pathParameter('part')],
      requestBody: jsonBody(CASE_STEP_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const [caseId, part] = [idOf(context), partIn(context)]
      const { value: words } = await readJson(context, CASE_STEP_REQUEST)
      const by = citizenIn(context)
      const state = await stepPart(services, { by, caseId, part, action: 'correct', words })
      return context.json({ state, version: words.version + 1 }, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/parts/:part/feedback',
    describeRoute({
      operationId: 'rateMyPart',
      summary: 'Say how a part was handled (好差评): five levels, once',
      security: SECURITY,
      parameters: [ID_PARAMETER, pathParameter('part')],
      requestBody: jsonBody(RATE_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const [caseId, part] = [idOf(context), partIn(context)]
      const { value } = await readJson(context, RATE_REQUEST)
      const id = await rate(services, { citizen: context.get('citizen'), caseId, part, ...value })
      return context.json({ id }, 201, NO_STORE)
    },
  )
  return routes
}

/** Whose name is not known well enough reads what is theirs, and applies for nothing. Throws `sign-in/level`. */
function requireLevel(services: Services): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    if (isChange(context.req.method)) assertMayApply(services, context.get('citizen'))
    await next()
  }
}

function citizenIn(context: AppContext): CaseActor {
  return { kind: 'citizen', citizen: context.get('citizen') }
}
