/** What is written in a case beside its steps, by staff at the window and by citizens from home alike: form, materials, files, licences. */
import type { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { standardBody } from '../http/open-answers.ts'
import { parseInput, readBody, readJson, readOptionalJson } from '../http/read-request.ts'
import { OPENED_ANSWER } from '../openid4vp/verification-request.ts'
import type { Services } from '../services.ts'
import {
  ASK_REQUEST,
  CASE_ANSWER,
  CHANGED_ANSWER,
  CODE_IN_PATH,
  FORM_REQUEST,
  MATERIAL_REQUEST,
  OPEN_ANSWER,
  RECORD_ID,
  SHOWN_REQUEST,
  VERSION_IN_QUERY,
} from './case-requests.ts'
import type { CaseActor } from './case-rows.ts'
import { askForLicences, takeShownLicences } from './case-verification.ts'
import { describeCase } from './describe-case.ts'
import { saveForm } from './draft-case.ts'
import { settleMaterial } from './materials.ts'
import { registeredLicences } from './registered-licences.ts'
import { sealedDecision } from './sealed-decision.ts'
import { UPLOAD_TYPES, type UploadType } from './upload-limits.ts'
import { addUpload, readUpload } from './uploads.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const EXTENSIONS: Readonly<Record<UploadType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** Who speaks, and how the routes are told apart in the document. */
export interface ContentFace {
  readonly by: (context: AppContext) => CaseActor
  /** Before the names of operations. */
  readonly prefix: 'my' | ''
  readonly security: Record<string, string[]>[]
}

/** A name in a path. */
export function pathParameter(name: string): {
  readonly name: string
  readonly in: 'path'
  readonly required: true
  readonly schema: { readonly type: 'string' }
} {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

/** The part that a path names. Throws `input/invalid`. */
export function partIn(context: AppContext): string {
  return parseInput(CODE_IN_PATH, context.req.param('part'))
}

/** Adds the routes of what stands in a case. */
export function contentRoutes(
  routes: Hono<AppEnvironment>,
  services: Services,
  { by, prefix, security }: ContentFace,
): void {
  const operation = (name: string): string =>
    prefix === '' ? name : `${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`

  routes.get(
    '/:id',
    describeRoute({
      operationId: operation('readCase'),
      summary: 'A case as whoever it concerns sees it, with the steps that may be taken',
      security,
      parameters: [ID_PARAMETER],
      responses: apiResponses(200, CASE_ANSWER),
    }),
    async (context) => {
      const described = await describeCase(services, { by: by(context), caseId: idOf(context) })
      return context.json(described, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/form',
    describeRoute({
      operationId: operation('fillCaseForm'),
      summary: 'Fill in the one form',
      security,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(FORM_REQUEST),
      responses: apiResponses(200, CHANGED_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const { value } = await readJson(context, FORM_REQUEST)
      const version = await saveForm(services, { by: by(context), caseId, ...value })
      return context.json({ version }, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/materials/:material',
    describeRoute({
      operationId: operation('settleCaseMaterial'),
      summary: 'Settle a material by a registered licence, a promise, or later (容缺)',
      security,
      parameters: [ID_PARAMETER, pathParameter('material')],
      requestBody: jsonBody(MATERIAL_REQUEST),
      responses: apiResponses(200, CHANGED_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const material = materialIn(context)
      const { value } = await readJson(context, MATERIAL_REQUEST)
      const { version: seen, ...request } = value
      const version = await settleMaterial(services, {
        by: by(context),
        caseId,
        version: seen,
        material,
        request,
      })
      return context.json({ version }, 200, NO_STORE)
    },
  )

  routes.get(
    '/:id/materials/:material/registered',
    describeRoute({
      operationId: operation('listRegisteredLicences'),
      summary: 'Licences of the register that would serve as a material',
      security,
      parameters: [ID_PARAMETER, pathParameter('material')],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const material = materialIn(context)
      const licences = await registeredLicences(services, { by: by(context), caseId, material })
      return context.json({ licences }, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/materials/:material/file',
    describeRoute({
      operationId: operation('uploadCaseMaterial'),
      summary: 'Lay in a PDF, JPEG or PNG of at most 20 MiB; the body is the file',
      security,
      parameters: [
        ID_PARAMETER,
        pathParameter('material'),
        { name: 'version', in: 'query', required: true, schema: { type: 'integer' } },
      ],
      requestBody: standardBody(...Object.keys(UPLOAD_TYPES)),
      responses: apiResponses(201, OPEN_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const material = materialIn(context)
      const version = parseInput(VERSION_IN_QUERY, context.req.query('version'))
      const mediaType = (context.req.header('Content-Type') ?? '').trim().toLowerCase()
      const bytes = await readBody(context)
      // What the sender calls the file may say who they are; it is kept under the material's name.
      const file = { bytes, mediaType, name: material }
      const added = await addUpload(services, {
        by: by(context),
        caseId,
        version,
        material,
        file,
      })
      return context.json(added, 201, NO_STORE)
    },
  )

  routes.get(
    '/:id/uploads/:upload',
    describeRoute({
      operationId: operation('readCaseUpload'),
      summary: 'A file of a case, for whoever its material concerns',
      security,
      parameters: [ID_PARAMETER, pathParameter('upload')],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const uploadId = parseInput(RECORD_ID, context.req.param('upload'))
      const caseId = idOf(context)
      const { row, bytes } = await readUpload(services, { by: by(context), caseId, uploadId })
      const type = row.media_type
      const extension = isUploadType(type) ? EXTENSIONS[type] : 'bin'
      return context.body(new Uint8Array(bytes), 200, {
        ...NO_STORE,
        'Content-Type': type,
        // Never a page of our origin, whatever stands in it.
        'Content-Disposition': `attachment; filename="${row.name}.${extension}"`,
        'Content-Security-Policy': "sandbox; default-src 'none'",
        'X-Content-Type-Options': 'nosniff',
      })
    },
  )

  routes.get(
    '/:id/parts/:part/decision',
    describeRoute({
      operationId: operation('readSealedDecision'),
      summary:
        'A part’s decision as it was sealed: its text, and the .seal file on it in base64url',
      security,
      parameters: [ID_PARAMETER, pathParameter('part')],
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const [caseId, part] = [idOf(context), partIn(context)]
      const decision = await sealedDecision(services, { by: by(context), caseId, part })
      return context.json(decision, 200, NO_STORE)
    },
  )

  routes.post(
    '/:id/verification',
    describeRoute({
      operationId: operation('askForCaseLicences'),
      summary: 'Ask the applicant’s wallet for every material that a licence serves as',
      security,
      parameters: [ID_PARAMETER],
      requestBody: { ...jsonBody(ASK_REQUEST), required: false },
      responses: apiResponses(201, OPENED_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const { value } = await readOptionalJson(context, ASK_REQUEST)
      const opened = await askForLicences(services, { by: by(context), caseId, ...value })
      return context.json(opened, 201, NO_STORE)
    },
  )

  routes.post(
    '/:id/verification/result',
    describeRoute({
      operationId: operation('takeCaseLicences'),
      summary: 'Take in what the wallet showed, and fill in the form from it',
      security,
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(SHOWN_REQUEST),
      responses: apiResponses(200, OPEN_ANSWER),
    }),
    async (context) => {
      const caseId = idOf(context)
      const { value } = await readJson(context, SHOWN_REQUEST)
      const taken = await takeShownLicences(services, { by: by(context), caseId, ...value })
      return context.json(taken, 200, NO_STORE)
    },
  )
}

function materialIn(context: AppContext): string {
  return parseInput(CODE_IN_PATH, context.req.param('material'))
}

function isUploadType(type: string): type is UploadType {
  return Object.hasOwn(UPLOAD_TYPES, type)
}
