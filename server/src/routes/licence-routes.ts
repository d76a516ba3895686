/** `/api/licences`: an agency's own systems issue, change and read. Authentication comes first, always. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import {
  apiResponses,
  FURTHER_OFFER,
  fileResponses,
  ISSUED_LICENCE,
  LICENCE,
  PAPER_ANSWER,
  STATUS_ANSWER,
} from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import {
  ID_PARAMETER,
  idempotencyParameter,
  idOf,
  jsonBody,
  repeatableOf,
  SECURITY,
} from '../http/describe-parts.ts'
import { readJson, readOptionalJson } from '../http/read-request.ts'
import { changeStatus } from '../licences/change-status.ts'
import { issueLicence } from '../licences/issue-licence.ts'
import { LICENCE_CLAIMS, LICENCE_DAY, LICENCE_REQUEST } from '../licences/licence-request.ts'
import { describeLicence } from '../licences/load-licence.ts'
import { plainText } from '../licences/plain-text.ts'
import { printLicence } from '../licences/print-licence.ts'
import { printPaper } from '../licences/print-paper.ts'
import { replaceLicence } from '../licences/replace-licence.ts'
import { offerAgain } from '../offers/offer-again.ts'
import type { Services } from '../services.ts'
import { parseIdempotencyKey, requestHash, routeAs } from '../storage/idempotency.ts'

const GROUND = v.optional(v.pipe(plainText(200), v.description('The law and its article')))
const VERSION_REQUEST = v.pipe(
  v.strictObject({
    validFrom: LICENCE_DAY,
    validTo: v.optional(LICENCE_DAY),
    claims: v.optional(LICENCE_CLAIMS),
    reason: plainText(500),
    ground: GROUND,
  }),
  v.metadata({ ref: 'VersionRequest' }),
)
const STATUS_REQUEST = v.pipe(
  v.strictObject({
    status: v.pipe(
      v.picklist(['valid', 'suspended', 'revoked']),
      v.description('valid reinstates a suspended licence; revoked is final'),
    ),
    reason: plainText(500),
    kind: v.optional(
      v.pipe(
        v.picklist(['annulled', 'penalty', 'deregistered']),
        v.description(
          'With revoked: wrongly granted (撤销), a penalty (吊销), deregistered (注销)',
        ),
      ),
    ),
    ground: GROUND,
  }),
  v.metadata({ ref: 'StatusRequest' }),
)
const OFFER_REQUEST = v.pipe(
  v.strictObject({
    withdrawEarlier: v.optional(
      v.pipe(
        v.boolean(),
        v.description('A lost phone: revoke what earlier offers of this licence gave out'),
      ),
    ),
  }),
  v.metadata({ ref: 'OfferRequest' }),
)
const PAPER_REQUEST = v.pipe(v.strictObject({}), v.metadata({ ref: 'PaperRequest' }))
const PRINT_REQUEST = v.pipe(
  v.strictObject({
    format: v.pipe(
      v.picklist(['a4', 'card']),
      v.description('a4: one sheet; card: ID-1, front and back'),
    ),
  }),
  v.metadata({ ref: 'PrintRequest' }),
)

/** Routes below `/api/licences`. */
export function licenceRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.post(
    '/',
    describeRoute({
      operationId: 'issueLicence',
      summary: 'Issue a licence and make its credential offer',
      security: SECURITY,
      parameters: [idempotencyParameter(true)],
      requestBody: jsonBody(LICENCE_REQUEST),
      responses: apiResponses(201, ISSUED_LICENCE),
    }),
    async (context) => {
      const key = parseIdempotencyKey(context.req.header('Idempotency-Key'))
      const { value, bytes } = await readJson(context, LICENCE_REQUEST)
      const actor = context.get('actor')
      const answer = await issueLicence(services, {
        actor,
        request: value,
        repeatable: {
          actorId: actor.actorId,
          key,
          requestHash: requestHash(routeAs(actor, 'POST /api/licences'), bytes),
        },
      })
      return jsonText(answer, 201)
    },
  )

  routes.get(
    '/:id',
    describeRoute({
      operationId: 'readLicence',
      summary: 'Read a licence with its history',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, LICENCE),
    }),
    async (context) => {
      const licence = await describeLicence(services, context.get('actor'), idOf(context))
      return jsonText(JSON.stringify(licence), 200)
    },
  )

  routes.post(
    '/:id/status',
    describeRoute({
      operationId: 'changeStatus',
      summary: 'Suspend, reinstate or revoke a licence',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(STATUS_REQUEST),
      responses: apiResponses(200, STATUS_ANSWER),
    }),
    async (context) => {
      const { value } = await readJson(context, STATUS_REQUEST)
      const changed = await changeStatus(services, {
        actor: context.get('actor'),
        licenceId: idOf(context),
        ...value,
      })
      return jsonText(JSON.stringify(changed), 200)
    },
  )

  routes.post(
    '/:id/versions',
    describeRoute({
      operationId: 'replaceLicence',
      summary:
        'Issue the next version of a licence (延续, 变更); the one before it ends as replaced',
      security: SECURITY,
      parameters: [ID_PARAMETER, idempotencyParameter(true)],
      requestBody: jsonBody(VERSION_REQUEST),
      responses: apiResponses(201, ISSUED_LICENCE),
    }),
    async (context) => {
      const licenceId = idOf(context)
      const key = parseIdempotencyKey(context.req.header('Idempotency-Key'))
      const { value, bytes } = await readJson(context, VERSION_REQUEST)
      const actor = context.get('actor')
      const hash = requestHash(routeAs(actor, `POST /api/licences/${licenceId}/versions`), bytes)
      const repeatable = { actorId: actor.actorId, key, requestHash: hash }
      const answer = await replaceLicence(services, { actor, licenceId, next: value, repeatable })
      return jsonText(answer, 201)
    },
  )

  routes.post(
    '/:id/paper',
    describeRoute({
      operationId: 'printPaper',
      summary: 'Issue a paper code of a licence',
      security: SECURITY,
      parameters: [ID_PARAMETER, idempotencyParameter(false)],
      requestBody: { ...jsonBody(PAPER_REQUEST), required: false },
      responses: apiResponses(201, PAPER_ANSWER),
    }),
    async (context) => {
      const id = idOf(context)
      const bytes = await readOptionalJson(context, PAPER_REQUEST)
      const text = await printPaper(services, {
        actor: context.get('actor'),
        licenceId: id,
        repeatable: repeatableOf(context, `POST /api/licences/${id}/paper`, bytes.bytes),
      })
      return jsonText(JSON.stringify({ text }), 201)
    },
  )

  routes.post(
    '/:id/pdf',
    describeRoute({
      operationId: 'printLicence',
      summary: 'Lay a licence out as a PDF with a new paper code',
      security: SECURITY,
      parameters: [ID_PARAMETER, idempotencyParameter(false)],
      requestBody: jsonBody(PRINT_REQUEST),
      responses: fileResponses('application/pdf', 'The file, not sealed yet'),
    }),
    async (context) => {
      const id = idOf(context)
      const { value, bytes } = await readJson(context, PRINT_REQUEST)
      const { pdf, serial } = await printLicence(services, {
        actor: context.get('actor'),
        licenceId: id,
        format: value.format,
        repeatable: repeatableOf(context, `POST /api/licences/${id}/pdf`, bytes),
      })
      return new Response(new Uint8Array(pdf), {
        headers: {
          'Content-Type': 'application/pdf',
          'Content-Disposition': `attachment; filename="${serial}.pdf"`,
          'Cache-Control': 'no-store',
        },
      })
    },
  )

  routes.post(
    '/:id/offers',
    describeRoute({
      operationId: 'offerAgain',
      summary: 'Make a further offer, for a lost or new phone',
      security: SECURITY,
      parameters: [ID_PARAMETER, idempotencyParameter(false)],
      requestBody: { ...jsonBody(OFFER_REQUEST), required: false },
      responses: apiResponses(201, FURTHER_OFFER),
    }),
    async (context) => {
      const id = idOf(context)
      const { value, bytes } = await readOptionalJson(context, OFFER_REQUEST)
      const answer = await offerAgain(services, {
        actor: context.get('actor'),
        licenceId: id,
        withdrawEarlier: value.withdrawEarlier ?? false,
        repeatable: repeatableOf(context, `POST /api/licences/${id}/offers`, bytes),
      })
      return jsonText(answer, 201)
    },
  )

  return routes
}

function jsonText(text: string, status: 200 | 201): Response {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(text, { status, headers })
}
