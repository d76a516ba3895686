/** `/api/batches`: files with many licences are tried, requested, approved by a second person, and issued in the background. */
import { fault } from '@onetrip/codec'
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { BYTE_ORDER_MARK, csvLine } from '../http/csv-text.ts'
import {
  ID_PARAMETER,
  idempotencyParameter,
  idOf,
  jsonBody,
  SECURITY,
} from '../http/describe-parts.ts'
import { standardBody } from '../http/open-answers.ts'
import { MAX_BODY_BYTES, parseInput, readBody, readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { parseIdempotencyKey, requestHash, routeAs } from '../storage/idempotency.ts'
import {
  BATCH,
  BATCH_ROWS,
  BATCHES,
  DECISION_REQUEST,
  REQUESTED_BATCH,
  RESUME_REQUEST,
  STEPPED_BATCH,
  STOP_REQUEST,
  TRIAL_ANSWER,
} from './batch-answers.ts'
import { describeBatch, listBatches, listBatchRows } from './load-batch.ts'
import { type BatchCommand, requestBatch, type TrialAnswer, tryBatch } from './request-batch.ts'
import { decideBatch, resumeBatch, stopBatch } from './step-batch.ts'
import { MAX_BATCH_ROWS, MAX_FILE_BYTES } from './table.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const CSV_MEDIA_TYPE = 'text/csv'
/** What a file may come as; what it is, its bytes say. */
const FILE_MEDIA_TYPES: readonly string[] = [
  CSV_MEDIA_TYPE,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]
const TYPE_CODE = v.pipe(v.string(), v.regex(/^[0-9A-Z]{21}$/))
const AFTER = v.optional(v.pipe(v.string(), v.regex(/^\d{1,6}$/)), '0')

const TYPE_PARAMETER = {
  name: 'type',
  in: 'query',
  required: true,
  description: 'Licence type code (证照类型代码), 21 characters',
  schema: { type: 'string', pattern: '^[0-9A-Z]{21}$' },
} as const
const AFTER_PARAMETER = {
  name: 'after',
  in: 'query',
  required: false,
  description: 'The last row that was read',
  schema: { type: 'string', pattern: '^\\d{1,6}$' },
} as const
const FILE_BODY = standardBody(...FILE_MEDIA_TYPES)

/** Routes below `/api/batches`; `limitOf` makes what refuses larger bodies. */
export function batchRoutes(
  services: Services,
  limitOf: (maxBytes: number) => MiddlewareHandler<AppEnvironment>,
): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const [fileLimit, limit] = [limitOf(MAX_FILE_BYTES), limitOf(MAX_BODY_BYTES)]
  routes.use((context, next) =>
    (/\/batches(\/trial)?$/.test(context.req.path) ? fileLimit : limit)(context, next),
  )
  fileRoutes(routes, services)
  readRoutes(routes, services)
  stepRoutes(routes, services)
  return routes
}

function fileRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.post(
    '/trial',
    describeRoute({
      operationId: 'tryBatch',
      summary: `Try a CSV (UTF-8 or GB 18030) or XLSX file of up to ${MAX_BATCH_ROWS} licences; nothing is kept. With Accept: text/csv its faults come as a file`,
      security: SECURITY,
      parameters: [TYPE_PARAMETER],
      requestBody: FILE_BODY,
      responses: apiResponses(200, TRIAL_ANSWER),
    }),
    async (context) => {
      const answer = await tryBatch(services, await commandOf(context))
      const wantsFile = context.req.header('Accept')?.split(',')[0]?.trim() === CSV_MEDIA_TYPE
      return wantsFile ? faultsFile(answer) : context.json(answer, 200, NO_STORE)
    },
  )

  routes.post(
    '/',
    describeRoute({
      operationId: 'requestBatch',
      summary: 'Ask for the licences of a file whose rows are all right',
      security: SECURITY,
      parameters: [TYPE_PARAMETER, idempotencyParameter(true)],
      requestBody: FILE_BODY,
      responses: apiResponses(201, REQUESTED_BATCH),
    }),
    async (context) => {
      const key = parseIdempotencyKey(context.req.header('Idempotency-Key'))
      const command = await commandOf(context)
      const { actorId } = command.actor
      const route = routeAs(command.actor, `POST /api/batches?type=${command.typeCode}`)
      const answer = await requestBatch(services, {
        ...command,
        repeatable: { actorId, key, requestHash: requestHash(route, command.bytes) },
      })
      return new Response(answer, {
        status: 201,
        headers: { ...NO_STORE, 'Content-Type': 'application/json' },
      })
    },
  )
}

function readRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.get(
    '/',
    describeRoute({
      operationId: 'listBatches',
      summary: 'Batches of the organisation, the newest first',
      security: SECURITY,
      responses: apiResponses(200, BATCHES),
    }),
    async (context) =>
      context.json(await listBatches(services, context.get('actor')), 200, NO_STORE),
  )

  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readBatch',
      summary: 'A batch, and how far it is',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, BATCH),
    }),
    async (context) => {
      const batch = await describeBatch(services, context.get('actor'), idOf(context))
      return context.json(batch, 200, NO_STORE)
    },
  )

  routes.get(
    '/:id/rows',
    describeRoute({
      operationId: 'readBatchRows',
      summary: 'Rows of a batch, 200 at a time: what each asks for, and what became of it',
      security: SECURITY,
      parameters: [ID_PARAMETER, AFTER_PARAMETER],
      responses: apiResponses(200, BATCH_ROWS),
    }),
    async (context) => {
      const wanted = {
        id: idOf(context),
        after: Number(parseInput(AFTER, context.req.query('after'))),
      }
      const rows = await listBatchRows(services, context.get('actor'), wanted)
      return context.json(rows, 200, NO_STORE)
    },
  )
}

function stepRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  routes.post(
    '/:id/decision',
    describeRoute({
      operationId: 'decideBatch',
      summary: 'Approve or refuse a batch, as another person, over its digest',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(DECISION_REQUEST),
      responses: apiResponses(200, STEPPED_BATCH),
    }),
    async (context) => {
      const batchId = idOf(context)
      const { value } = await readJson(context, DECISION_REQUEST)
      const command = { ...value, actor: context.get('actor'), batchId }
      return context.json(await decideBatch(services, command), 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/stop',
    describeRoute({
      operationId: 'stopBatch',
      summary: 'Stop a batch where it is; one that nobody decided on is withdrawn',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(STOP_REQUEST),
      responses: apiResponses(200, STEPPED_BATCH),
    }),
    async (context) => {
      const batchId = idOf(context)
      const { value } = await readJson(context, STOP_REQUEST)
      const command = { ...value, actor: context.get('actor'), batchId }
      return context.json(await stopBatch(services, command), 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/resume',
    describeRoute({
      operationId: 'resumeBatch',
      summary: 'Go on with a batch that was stopped',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(RESUME_REQUEST),
      responses: apiResponses(200, STEPPED_BATCH),
    }),
    async (context) => {
      const batchId = idOf(context)
      await readJson(context, RESUME_REQUEST)
      const command = { actor: context.get('actor'), batchId }
      return context.json(await resumeBatch(services, command), 200, NO_STORE)
    },
  )
}

/** Throws `http/media-type`, `input/invalid`. */
async function commandOf(context: AppContext): Promise<BatchCommand> {
  const received = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!FILE_MEDIA_TYPES.includes(received)) throw fault('http/media-type')
  const typeCode = parseInput(TYPE_CODE, context.req.query('type'))
  const bytes = await readBody(context)
  return { actor: context.get('actor'), typeCode, bytes }
}

function faultsFile({ faults }: TrialAnswer): Response {
  const lines = faults.map(({ row, code, detail = '' }) => csvLine([row, code, detail]))
  const text = BYTE_ORDER_MARK + csvLine(['row', 'code', 'detail']) + lines.join('')
  return new Response(text, {
    headers: {
      ...NO_STORE,
      'Content-Type': `${CSV_MEDIA_TYPE}; charset=utf-8`,
      'Content-Disposition': 'attachment; filename="faults.csv"',
    },
  })
}
