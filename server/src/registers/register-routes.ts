/** Searching and giving out an agency's register; what is looked for stands in bodies, for addresses are kept in many places. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses, fileResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { jsonBody, SECURITY } from '../http/describe-parts.ts'
import { limitByActor } from '../http/rate-limit.ts'
import { readJson } from '../http/read-request.ts'
import { LICENCE_DAY } from '../licences/licence-request.ts'
import { plainText } from '../licences/plain-text.ts'
import type { Services } from '../services.ts'
import { exportRegister, REGISTER_PAGE, searchRegister } from './licence-register.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const STATUS = v.picklist(['valid', 'suspended', 'revoked'])
const SERIAL = v.pipe(v.string(), v.regex(/^[0-9A-Z]{1,32}$/))
/** Serials that are looked for at once: as many licences as one order takes. */
const MAX_SERIALS = 500
const TYPE_CODE = v.pipe(v.string(), v.regex(/^[0-9A-Z]{21}$/))
const FILTER = {
  status: v.optional(STATUS),
  serial: v.optional(v.pipe(SERIAL, v.description('How the serial begins'))),
  holderReference: v.optional(plainText(120)),
  endsBefore: v.optional(
    v.pipe(LICENCE_DAY, v.description('Licences whose last day lies before this one')),
  ),
} as const
const SEARCH_REQUEST = v.pipe(
  v.strictObject({
    type: v.optional(TYPE_CODE),
    ...FILTER,
    serials: v.optional(
      v.pipe(
        v.array(SERIAL),
        v.minLength(1),
        v.maxLength(MAX_SERIALS),
        v.description('Whole serials, any of them'),
      ),
    ),
    before: v.optional(
      v.pipe(v.string(), v.uuid(), v.toLowerCase(), v.description('`next` of the page before')),
    ),
  }),
  v.metadata({ ref: 'RegisterSearch' }),
)
const EXPORT_REQUEST = v.pipe(
  v.strictObject({ type: TYPE_CODE, ...FILTER }),
  v.metadata({ ref: 'RegisterExport' }),
)
const REGISTER_ANSWER = v.pipe(
  v.object({
    licences: v.array(
      v.object({
        id: v.string(),
        identifier: v.string(),
        type: v.string(),
        typeName: v.object({ 'zh-CN': v.string(), en: v.string() }),
        serial: v.string(),
        version: v.number(),
        holder: v.string(),
        validFrom: v.string(),
        validTo: v.optional(v.string()),
        holderReference: v.optional(v.string()),
        status: STATUS,
        createdAt: v.pipe(v.number(), v.description('Unix seconds')),
      }),
    ),
    next: v.optional(v.pipe(v.string(), v.description('`before` of the next page'))),
  }),
  v.metadata({ ref: 'Register' }),
)

/** Routes below `/api/licences` that are about many of them. */
export function registerRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/search',
    limitByActor(services, 'register/search'),
    describeRoute({
      operationId: 'searchRegister',
      summary: `Find licences, ${REGISTER_PAGE} at a time`,
      security: SECURITY,
      requestBody: jsonBody(SEARCH_REQUEST),
      responses: apiResponses(200, REGISTER_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, SEARCH_REQUEST)
      return context.json(
        await searchRegister(services, context.get('actor'), value),
        200,
        NO_STORE,
      )
    },
  )

  routes.post(
    '/export',
    limitByActor(services, 'register/export'),
    describeRoute({
      operationId: 'exportRegister',
      summary: 'The licences of one type as a CSV file (UTF-8 with a byte-order mark)',
      security: SECURITY,
      requestBody: jsonBody(EXPORT_REQUEST),
      responses: fileResponses('text/csv', 'The file'),
    }),
    async (context) => {
      const { value } = await readJson(context, EXPORT_REQUEST)
      const file = await exportRegister(services, context.get('actor'), value)
      return new Response(file, {
        headers: {
          ...NO_STORE,
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="register.csv"',
        },
      })
    },
  )
  return routes
}
