/** `/api/cases`: the window takes cases in, departments review and decide them side by side. Authentication comes first. */
import { fault } from '@onetrip/codec'
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses, FURTHER_OFFER, PAPER_ANSWER } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import {
  ID_PARAMETER,
  idempotencyParameter,
  idOf,
  jsonBody,
  repeatableOf,
  SECURITY,
} from '../http/describe-parts.ts'
import { MAX_BODY_BYTES, parseInput, readJson, readOptionalJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import {
  BEGIN_REQUEST,
  CASE_STEP_REQUEST,
  CASES_QUERY,
  FINDINGS_REQUEST,
  OPEN_ANSWER,
  PART_STEP_REQUEST,
  type PartStepBody,
  RECORD_ID,
  VISIT_REQUEST,
} from './case-requests.ts'
import type { CaseActor } from './case-rows.ts'
import { actionsOf, CASE_STEPS, PART_STEPS } from './case-steps.ts'
import { contentRoutes, partIn, pathParameter } from './content-routes.ts'
import { beginCase } from './draft-case.ts'
import { deliver, offerDecided, printDecided } from './hand-over.ts'
import { askSeal, issueDecided, sealDecision } from './seal-decision.ts'
import { stepCase } from './step-case.ts'
import { stepPart } from './step-part.ts'
import { MAX_UPLOAD_BYTES } from './upload-limits.ts'
import { noteFindings, setVisit } from './visits.ts'
import { listCases } from './work-list.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const NOTHING = v.strictObject({})
const QUERY_PARAMETERS = ['state', 'partState', 'matter', 'number', 'waiting', 'before'].map(
  (name) => ({ name, in: 'query' as const, schema: { type: 'string' as const } }),
)

/** Routes below `/api/cases`; `limitOf` makes a limit on bodies. */
export function caseRoutes(
  services: Services,
  limitOf: (maxBytes: number) => MiddlewareHandler<AppEnvironment>,
): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const [limit, fileLimit] = [limitOf(MAX_BODY_BYTES), limitOf(MAX_UPLOAD_BYTES)]
  routes.use((context, next) =>
    (context.req.path.endsWith('/file') ? fileLimit : limit)(context, next),
  )

  routes.get(
    '/',
    describeRoute({
      operationId: 'listCases',
      summary: 'Cases that lie with the organisation, with their clocks',
      security: SECURITY,
      parameters: QUERY_PARAMETERS,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const query = parseInput(CASES_QUERY, context.req.query())
      return context.json(await listCases(services, context.get('actor'), query), 200, NO_STORE)
    },
  )

  routes.post(
    '/',
    describeRoute({
      operationId: 'beginCase',
      summary: 'Begin a case at the window',
      security: SECURITY,
      parameters: [idempotencyParameter(false)],
      requestBody: jsonBody(BEGIN_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const { value, bytes } = await readJson(context, BEGIN_REQUEST)
      const answer = await beginCase(services, {
        by: staffIn(context),
        request: { ...value, office: context.get('actor').agencyId },
        repeatable: repeatableOf(context, 'POST /api/cases', bytes),
      })
      return jsonText(answer, 201)
    },
  )

  contentRoutes(routes, services, { by: staffIn, prefix: '', security: SECURITY })
  caseStepRoutes(routes, services)
  visitRoutes(routes, services)
  handOverRoutes(routes, services)
  partStepRoutes(routes, services)
  return routes
}

function caseStepRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  for (const action of actionsOf(CASE_STEPS)) {
    routes.post(
      `/:id/${action}`,
      describeRoute({
        operationId: `case-${action}`,
        summary: `Step of a case: ${action}`,
        security: SECURITY,
        parameters: [ID_PARAMETER],
        requestBody: jsonBody(CASE_STEP_REQUEST),
        responses: apiResponses(200, OPEN_ANSWER),
      }),
      async (context) => {
        const caseId = idOf(context)
        const { value: words } = await readJson(context, CASE_STEP_REQUEST)
        const by = staffIn(context)
        const state = await stepCase(services, { by, caseId, action, words })
        return context.json({ state, version: words.version + 1 }, 200, NO_STORE)
      },
    )
  }
}

function partStepRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  for (const action of actionsOf(PART_STEPS)) {
    routes.post(
      `/:id/parts/:part/${action}`,
      describeRoute({
        operationId: `part-${action}`,
        summary: `Step of a part: ${action}`,
        security: SECURITY,
        parameters: [ID_PARAMETER, pathParameter('part'), idempotencyParameter(false)],
        requestBody: jsonBody(PART_STEP_REQUEST),
        responses: apiResponses(200, OPEN_ANSWER),
      }),
      async (context) => {
        const { value, bytes } = await readJson(context, PART_STEP_REQUEST)
        return takeStep(services, { context, action, body: value, bytes })
      },
    )
  }
}

/** Steps that sign or issue have acts of their own. */
async function takeStep(
  services: Services,
  of: {
    readonly context: AppContext
    readonly action: string
    readonly body: PartStepBody
    readonly bytes: Uint8Array
  },
): Promise<Response> {
  const { context, action, body, bytes } = of
  const { opinion, draft, seal, atWindow = false, ...words } = body
  const actor = context.get('actor')
  const [caseId, part] = [idOf(context), partIn(context)]
  const command = { actor, caseId, part, words }
  const version = words.version + 1
  if (action === 'ask-seal') {
    if (seal === undefined) throw fault('input/invalid', 'at fault: seal')
    const use = await askSeal(services, { ...command, sealId: seal })
    return context.json({ state: 'sealing', version, use }, 200, NO_STORE)
  }
  if (action === 'seal') {
    await sealDecision(services, command)
    return context.json({ state: 'sealed', version }, 200, NO_STORE)
  }
  if (action === 'issue') {
    const route = `POST /api/cases/${caseId}/parts/${part}/issue`
    const repeatable = repeatableOf(context, route, bytes)
    return jsonText(await issueDecided(services, { ...command, repeatable }), 200)
  }
  if (action === 'deliver') {
    const state = await deliver(services, { ...command, isAtWindow: atWindow })
    return context.json({ state, version }, 200, NO_STORE)
  }
  const by = staffIn(context)
  const state = await stepPart(services, { by, caseId, part, action, words, opinion, draft })
  return context.json({ state, version }, 200, NO_STORE)
}

function visitRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.post(
    '/:id/visits',
    describeRoute({
      operationId: 'setVisit',
      summary: 'Set a day for one visit of several departments (一同勘验)',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(VISIT_REQUEST),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const { value } = await readJson(context, VISIT_REQUEST)
      const id = await setVisit(services, { actor: context.get('actor'), caseId, ...value })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.post(
    '/:id/visits/:visit/findings',
    describeRoute({
      operationId: 'noteFindings',
      summary: 'What a department found at a visit, once',
      security: SECURITY,
      parameters: [ID_PARAMETER, pathParameter('visit')],
      requestBody: jsonBody(FINDINGS_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const visitId = parseInput(RECORD_ID, context.req.param('visit'))
      const { value } = await readJson(context, FINDINGS_REQUEST)
      await noteFindings(services, { actor: context.get('actor'), caseId, visitId, ...value })
      return context.json({ id: visitId }, 200, NO_STORE)
    },
  )
}

function handOverRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.post(
    '/:id/parts/:part/offer',
    describeRoute({
      operationId: 'offerDecided',
      summary: 'Offer the issued licence to a wallet',
      security: SECURITY,
      parameters: [ID_PARAMETER, pathParameter('part'), idempotencyParameter(false)],
      responses: apiResponses(201, FURTHER_OFFER),
    }),
    async (context) => {
      const { bytes } = await readOptionalJson(context, NOTHING)
      const [caseId, part] = [idOf(context), partIn(context)]
      const actor = context.get('actor')
      const route = `POST /api/cases/${caseId}/parts/${part}/offer`
      const repeatable = repeatableOf(context, route, bytes)
      return jsonText(await offerDecided(services, { actor, caseId, part, repeatable }), 201)
    },
  )

  routes.post(
    '/:id/parts/:part/paper',
    describeRoute({
      operationId: 'printDecided',
      summary: 'A code of the issued licence on paper, on request',
      security: SECURITY,
      parameters: [ID_PARAMETER, pathParameter('part'), idempotencyParameter(false)],
      responses: apiResponses(201, PAPER_ANSWER),
    }),
    async (context) => {
      const { bytes } = await readOptionalJson(context, NOTHING)
      const [caseId, part] = [idOf(context), partIn(context)]
      const actor = context.get('actor')
      const route = `POST /api/cases/${caseId}/parts/${part}/paper`
      const repeatable = repeatableOf(context, route, bytes)
      const text = await printDecided(services, { actor, caseId, part, repeatable })
      return context.json({ text }, 201, NO_STORE)
    },
  )
}

function staffIn(context: AppContext): CaseActor {
  return { kind: 'staff', actor: context.get('actor') }
}

function jsonText(text: string, status: 200 | 201): Response {
  const headers = { 'Content-Type': 'application/json', ...NO_STORE }
  return new Response(text, { status, headers })
}
