/** `/api/seals`: an organisation's seals, their lives, and their uses by two people. Authentication comes first, always. */
import { fromBase64url } from '@onetrip/codec'
import { MAX_PDF_BYTES, MAX_SEAL_FILE_BYTES, SEAL_MEDIA_TYPE } from '@onetrip/seal'
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { preferredMediaType } from '../http/accept.ts'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import {
  ID_PARAMETER,
  idempotencyParameter,
  idOf,
  jsonBody,
  repeatableOf,
  SECURITY,
} from '../http/describe-parts.ts'
import { answerIn, standardBody } from '../http/open-answers.ts'
import { assertMediaType, parseInput, readBody, readJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { applyForSeal } from './apply-for-seal.ts'
import { describeSeal, describeUse, listSeals, recordTable, sealRecord } from './describe-seal.ts'
import { makeImpression } from './make-impression.ts'
import { makeSeal } from './make-seal.ts'
import { decideUse, PDF_MEDIA_TYPE, requestUse } from './request-use.ts'
import {
  MADE_ANSWER,
  RECORD_ANSWER,
  SEAL_ANSWER,
  SEALS_ANSWER,
  USE_ANSWER,
} from './seal-answers.ts'
import { refuseApplication, SEAL_STEPS, takeStep } from './seal-life.ts'
import { sealPdf } from './seal-pdf.ts'
import {
  APPLY_REQUEST,
  DECISION,
  IMPRESSION_REQUEST,
  MAKE_REQUEST,
  STEP_REQUEST,
  USE_REQUEST,
} from './seal-request.ts'

/** Largest JSON body: an earlier `.seal` file in base64url, with some room. */
const MAX_BODY_BYTES: number = Math.ceil((MAX_SEAL_FILE_BYTES * 4) / 3) + 65_536

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const DIGEST = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const DIGEST_PARAMETER = {
  name: 'sha256',
  in: 'path',
  required: true,
  description: 'SHA-256 of the file, base64url',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
} as const
const STEP_SUMMARIES = {
  register: 'Register a made seal: from now on it may be used; a seal that it replaces ends',
  suspend: 'Suspend a seal, or take back that its suspension is to be lifted',
  resume: 'Lift a suspension: the first person asks for it, and it is done when another one does',
  cancel: 'Cancel a seal for good',
} as const

/** Routes below `/api/seals`; `limitOf` makes what refuses larger bodies. */
export function sealRoutes(
  services: Services,
  limitOf: (maxBytes: number) => MiddlewareHandler<AppEnvironment>,
): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const [pdfLimit, limit] = [limitOf(MAX_PDF_BYTES), limitOf(MAX_BODY_BYTES)]
  routes.use((context, next) =>
    (context.req.path.endsWith('/pdf') ? pdfLimit : limit)(context, next),
  )
  lifeRoutes(routes, services)
  useRoutes(routes, services)
  return routes
}

function lifeRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  const answerSeal = async (context: AppContext, id: string): Promise<Response> =>
    context.json(await describeSeal(services, context.get('actor'), id), 200, NO_STORE)

  routes.get(
    '/',
    describeRoute({
      operationId: 'listSeals',
      summary: 'Seals of the key’s organisation and of its seal makers',
      security: SECURITY,
      responses: apiResponses(200, SEALS_ANSWER),
    }),
    async (context) => {
      const seals = await listSeals(services, context.get('actor'))
      return context.json({ seals }, 200, NO_STORE)
    },
  )

  routes.post(
    '/',
    describeRoute({
      operationId: 'applyForSeal',
      summary: 'Apply for a seal',
      security: SECURITY,
      parameters: [idempotencyParameter(false)],
      requestBody: jsonBody(APPLY_REQUEST),
      responses: apiResponses(201, MADE_ANSWER),
    }),
    async (context) => {
      const { value, bytes } = await readJson(context, APPLY_REQUEST, MAX_BODY_BYTES)
      const id = await applyForSeal(services, {
        actor: context.get('actor'),
        application: value,
        repeatable: repeatableOf(context, 'POST /api/seals', bytes),
      })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readSeal',
      summary: 'Read a seal with the steps of its life',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, SEAL_ANSWER),
    }),
    (context) => answerSeal(context, idOf(context)),
  )

  routes.post(
    '/:id/make',
    describeRoute({
      operationId: 'makeSeal',
      summary: 'Make the seal that was applied for; repeating makes no other',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(MAKE_REQUEST),
      responses: apiResponses(200, SEAL_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, MAKE_REQUEST)
      const sealId = idOf(context)
      await makeSeal(services, { actor: context.get('actor'), sealId, ...value })
      return answerSeal(context, sealId)
    },
  )

  routes.post(
    '/:id/refuse',
    describeRoute({
      operationId: 'refuseSeal',
      summary: 'Refuse an application',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(STEP_REQUEST),
      responses: apiResponses(200, SEAL_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, STEP_REQUEST)
      const sealId = idOf(context)
      await refuseApplication(services, { actor: context.get('actor'), sealId, ...value })
      return answerSeal(context, sealId)
    },
  )

  for (const step of SEAL_STEPS) {
    routes.post(
      `/:id/${step}`,
      describeRoute({
        operationId: `${step}Seal`,
        summary: STEP_SUMMARIES[step],
        security: SECURITY,
        parameters: [ID_PARAMETER],
        requestBody: jsonBody(STEP_REQUEST),
        responses: apiResponses(200, SEAL_ANSWER),
      }),
      async (context) => {
        const { value } = await readJson(context, STEP_REQUEST)
        const sealId = idOf(context)
        await takeStep(services, { actor: context.get('actor'), sealId, step, ...value })
        return answerSeal(context, sealId)
      },
    )
  }
}

function useRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  const answerUse = async (context: AppContext, id: string): Promise<Response> =>
    context.json(await describeUse(services, context.get('actor'), id), 200, NO_STORE)

  routes.get(
    '/:id/record',
    describeRoute({
      operationId: 'readSealRecord',
      summary: 'Every use of a seal that was asked for; as a table with Accept: text/csv',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, RECORD_ANSWER),
    }),
    async (context) => {
      const uses = await sealRecord(services, context.get('actor'), idOf(context))
      const wanted = preferredMediaType(context.req.header('Accept'), [
        'application/json',
        'text/csv',
      ])
      if (wanted === 'application/json') return context.json({ uses }, 200, NO_STORE)
      const type = { 'Content-Type': 'text/csv; charset=utf-8' }
      return context.body(recordTable(uses), 200, { ...NO_STORE, ...type })
    },
  )

  routes.post(
    '/:id/uses',
    describeRoute({
      operationId: 'requestSealUse',
      summary: 'Ask for a seal on files, by their digests',
      security: SECURITY,
      parameters: [ID_PARAMETER, idempotencyParameter(false)],
      requestBody: jsonBody(USE_REQUEST),
      responses: apiResponses(201, MADE_ANSWER),
    }),
    async (context) => {
      const sealId = idOf(context)
      const { value, bytes } = await readJson(context, USE_REQUEST, MAX_BODY_BYTES)
      const id = await requestUse(services, {
        actor: context.get('actor'),
        sealId,
        request: value,
        repeatable: repeatableOf(context, `POST /api/seals/${sealId}/uses`, bytes),
      })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.get(
    '/uses/:id',
    describeRoute({
      operationId: 'readSealUse',
      summary: 'Read a request for a seal and what became of it',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, USE_ANSWER),
    }),
    (context) => answerUse(context, idOf(context)),
  )

  routes.post(
    '/uses/:id/decision',
    describeRoute({
      operationId: 'decideSealUse',
      summary: 'Approve or refuse, as another person, exactly the digests of the request',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(DECISION),
      responses: apiResponses(200, USE_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, DECISION, MAX_BODY_BYTES)
      const useId = idOf(context)
      await decideUse(services, { actor: context.get('actor'), useId, decision: value })
      return answerUse(context, useId)
    },
  )

  routes.post(
    '/uses/:id/files/:sha256/impression',
    describeRoute({
      operationId: 'makeImpression',
      summary: 'The .seal file of an approved file; asked again, it is the same',
      security: SECURITY,
      parameters: [ID_PARAMETER, DIGEST_PARAMETER],
      requestBody: jsonBody(IMPRESSION_REQUEST),
      responses: {
        ...apiResponses(200, USE_ANSWER),
        200: answerIn('The .seal file', SEAL_MEDIA_TYPE),
      },
    }),
    async (context) => {
      const { value } = await readJson(context, IMPRESSION_REQUEST, MAX_BODY_BYTES)
      const file = await makeImpression(services, {
        actor: context.get('actor'),
        useId: idOf(context),
        sha256: parseInput(DIGEST, context.req.param('sha256')),
        earlier: value.earlier === undefined ? undefined : fromBase64url(value.earlier),
      })
      const headers = { ...NO_STORE, 'Content-Type': SEAL_MEDIA_TYPE }
      return context.body(new Uint8Array(file), 200, headers)
    },
  )
  routes.post(
    '/uses/:id/files/:sha256/pdf',
    describeRoute({
      operationId: 'sealPdf',
      summary: 'The approved PDF with its seal; asked again with the same PDF, it is the same',
      security: SECURITY,
      parameters: [ID_PARAMETER, DIGEST_PARAMETER],
      requestBody: standardBody(PDF_MEDIA_TYPE),
      responses: {
        ...apiResponses(200, USE_ANSWER),
        200: answerIn('The sealed PDF', PDF_MEDIA_TYPE),
      },
    }),
    async (context) => {
      assertMediaType(context, PDF_MEDIA_TYPE)
      const pdf = await readBody(context)
      const update = await sealPdf(services, {
        actor: context.get('actor'),
        useId: idOf(context),
        sha256: parseInput(DIGEST, context.req.param('sha256')),
        pdf,
      })
      const headers = {
        ...NO_STORE,
        'Content-Type': PDF_MEDIA_TYPE,
        'Content-Length': String(pdf.length + update.length),
      }
      return context.body(inTurn([pdf, update]), 200, headers)
    },
  )
}

/** Sends parts one after the other, without joining them. */
function inTurn(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...parts]
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part === undefined) controller.close()
      else controller.enqueue(part)
    },
  })
}
