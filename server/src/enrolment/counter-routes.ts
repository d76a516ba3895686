/** `/api/counters`: an office's administrator sees its devices, confirms and denies them. Authentication comes first. */
import { isDeviceNumber, isMatterCode, MAX_MATTERS } from '@onetrip/credential'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody, SECURITY } from '../http/describe-parts.ts'
import { readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { denyCounter } from './deny-list.ts'
import { confirmCounter, listCounters } from './office-counters.ts'

const CONFIRM_REQUEST = v.pipe(
  v.strictObject({
    code: v.pipe(
      v.string(),
      v.maxLength(16),
      v.description('The short code as it stands on the device'),
    ),
    number: v.optional(
      v.pipe(
        v.string(),
        v.check(isDeviceNumber),
        v.description('Number of the device in its office; the next free one when left out'),
      ),
    ),
    matters: v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.check(isMatterCode))),
        v.maxLength(MAX_MATTERS),
        v.description(
          'Codes of the matters it acts in: what it may ask for; those that the catalogue brings to its office when left out',
        ),
      ),
    ),
  }),
  v.metadata({ ref: 'ConfirmCounter' }),
)
const DENY_REQUEST = v.pipe(v.strictObject({}), v.metadata({ ref: 'DenyCounter' }))

const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const COUNTER = v.pipe(
  v.object({
    id: v.string(),
    office: v.string(),
    name: v.string(),
    state: v.picklist(['asked', 'confirmed', 'denied']),
    code: v.optional(v.string()),
    codeUntil: v.optional(UNIX_SECONDS),
    number: v.optional(v.string()),
    matters: v.array(v.string()),
    thumbprint: v.string(),
    certificateUntil: v.optional(UNIX_SECONDS),
  }),
  v.metadata({ ref: 'Counter' }),
)
const COUNTERS = v.pipe(v.object({ counters: v.array(COUNTER) }), v.metadata({ ref: 'Counters' }))

const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/api/counters`. */
export function counterRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/',
    describeRoute({
      operationId: 'listCounters',
      summary: 'Devices of the key’s offices: those that ask, with their short codes, come first',
      security: SECURITY,
      responses: apiResponses(200, COUNTERS),
    }),
    async (context) => {
      const counters = await listCounters(services, context.get('actor'))
      return context.json({ counters }, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/confirm',
    describeRoute({
      operationId: 'confirmCounter',
      summary: 'Confirm a device by the code that stands on it; repeating changes nothing',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(CONFIRM_REQUEST),
      responses: apiResponses(200, COUNTER),
    }),
    async (context) => {
      const { value } = await readJson(context, CONFIRM_REQUEST)
      const { code, number, matters } = value
      const actor = context.get('actor')
      const counterId = idOf(context)
      const entry = await confirmCounter(services, { actor, counterId, code, number, matters })
      return context.json(entry, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/deny',
    describeRoute({
      operationId: 'denyCounter',
      summary: 'Deny a lost device for good; repeating changes nothing',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(DENY_REQUEST),
      responses: apiResponses(200, COUNTER),
    }),
    async (context) => {
      await readJson(context, DENY_REQUEST)
      const actor = context.get('actor')
      const entry = await denyCounter(services, { actor, counterId: idOf(context) })
      return context.json(entry, 200, NO_STORE)
    },
  )

  return routes
}
