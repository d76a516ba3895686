/** Archive packages of cases (电子归档). Authentication comes first. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { fileResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, SECURITY } from '../http/describe-parts.ts'
import type { Services } from '../services.ts'
import { archiveCase } from './archive-case.ts'

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
      responses: fileResponses('application/zip', 'The package; that it was given out is recorded'),
    }),
    async (context) => {
      const caseId = idOf(context)
      const { name, bytes } = await archiveCase(services, { actor: context.get('actor'), caseId })
      return context.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${name}.zip"`,
        'Cache-Control': 'no-store',
      })
    },
  )
  return routes
}
