/** Archive packages of cases and licences (电子归档). Authentication comes first. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { fileResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, SECURITY } from '../http/describe-parts.ts'
import type { Services } from '../services.ts'
import { archiveCase, type Packed } from './archive-case.ts'
import { archiveLicence } from './archive-licence.ts'

const RECORDED = 'The package; that it was given out is recorded'

/** Routes below `/api/licences`. */
export function licenceArchiveRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get(
    '/:id/archive',
    describeRoute({
      operationId: 'archiveLicence',
      summary: 'A licence as one package: a bag (RFC 8493) in a ZIP file, for `onetrip verify`',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: fileResponses('application/zip', RECORDED),
    }),
    async (context) => {
      const licenceId = idOf(context)
      const actor = context.get('actor')
      return packageAnswer(context, await archiveLicence(services, { actor, licenceId }))
    },
  )
  return routes
}

/** Routes below `/api/cases`. */
export function archiveRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get(
    '/:id/archive',
    describeRoute({
      operationId: 'archiveCase',
      summary:
        'A case that is over as one package: a bag (RFC 8493) in a ZIP file, for `onetrip verify`',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: fileResponses('application/zip', RECORDED),
    }),
    async (context) => {
      const caseId = idOf(context)
      const actor = context.get('actor')
      return packageAnswer(context, await archiveCase(services, { actor, caseId }))
    },
  )
  return routes
}

function packageAnswer(context: AppContext, { name, bytes }: Packed): Response {
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${name}.zip"`,
    'Cache-Control': 'no-store',
  })
}
