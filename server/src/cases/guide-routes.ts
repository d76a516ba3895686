/** `/guides`: what a matter needs, for everybody; and what is left of it by somebody's answers, of which nothing is kept. */
import type { JsonObject } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { jsonBody } from '../http/describe-parts.ts'
import { parseInput, readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { CODE_IN_PATH, OPEN_ANSWER, PLAN_REQUEST } from './case-requests.ts'
import { needsVisit, planFor } from './guide.ts'
import { type GuidedMatter, listGuides, loadGuide } from './guides.ts'

const PUBLIC: Record<string, string[]>[] = []
const MATTER_PARAMETER = {
  name: 'matter',
  in: 'path',
  required: true,
  schema: { type: 'string' },
} as const
const SHORT = { 'Cache-Control': 'public, max-age=60' } as const
const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/guides`. */
export function guideRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/',
    describeRoute({
      operationId: 'listGuides',
      summary: 'Matters that can be brought, with the offices where',
      security: PUBLIC,
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const guides = await listGuides(services.storage)
      const matters = guides.map(({ matter, guide }) => ({
        code: matter.code,
        name: matter.name,
        offices: matter.offices,
        version: guide.version,
        parts: matter.parts.map(({ code, name, office }) => ({ code, name, office })),
      }))
      return context.json({ matters }, 200, SHORT)
    },
  )

  routes.get(
    '/:matter',
    describeRoute({
      operationId: 'readGuide',
      summary:
        'The guide of a matter: conditions, questions, materials, limits, grounds of refusal',
      security: PUBLIC,
      parameters: [MATTER_PARAMETER],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const code = parseInput(CODE_IN_PATH, context.req.param('matter'))
      return context.json(describeGuide(await loadGuide(services.storage, code)), 200, SHORT)
    },
  )

  routes.post(
    '/:matter/plan',
    describeRoute({
      operationId: 'planMatter',
      summary: 'What applies by the answers to the questions; nothing of them is kept',
      security: PUBLIC,
      parameters: [MATTER_PARAMETER],
      requestBody: jsonBody(PLAN_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const code = parseInput(CODE_IN_PATH, context.req.param('matter'))
      const { value } = await readJson(context, PLAN_REQUEST)
      const { guide, matter } = await loadGuide(services.storage, code)
      const { parts, materials } = planFor(guide, matter, value.answers)
      return context.json(
        {
          parts: parts.map((part) => ({
            code: part.code,
            name: part.name,
            office: part.office,
            limit: part.limit,
            conditions: part.conditions,
            result: part.result,
            needsVisit: needsVisit(part, value.answers),
          })),
          materials: materials.map(({ when: _, ...material }) => ({
            ...material,
            name: matter.materials.find((one) => one.code === material.code)?.name,
          })),
        },
        200,
        NO_STORE,
      )
    },
  )
  return routes
}

/** The guide with what the catalogue says of its parts and materials. */
function describeGuide({ matter, guide }: GuidedMatter): JsonObject {
  const described = {
    ...guide,
    name: matter.name,
    offices: matter.offices,
    parts: guide.parts.map((part) => {
      const known = matter.parts.find(({ code }) => code === part.code)
      return { ...part, name: known?.name, office: known?.office, materials: known?.materials }
    }),
    materials: guide.materials.map((material) => {
      const known = matter.materials.find(({ code }) => code === material.code)
      return { ...material, name: known?.name, accepts: known?.accepts }
    }),
  }
  const json: JsonObject = JSON.parse(JSON.stringify(described))
  return json
}
