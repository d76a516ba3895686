/** The OpenAPI 3.1 document of the API, the same whatever origin serves it; its security comes from the table of routes. */
import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { AppEnvironment } from './http/app-context.ts'
import { ROUTE_RIGHTS, securityOf } from './rights/route-rights.ts'

const METHODS = ['get', 'post'] as const
const SECURITY_SCHEMES = {
  wallet: { type: 'http', scheme: 'bearer', description: 'Session of a wallet (sign-in)' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-onetrip-session',
    description: 'Session of a browser at the API origin',
  },
  staff: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-onetrip-staff',
    description:
      'Session of a member of staff at the API origin; the header Onetrip-Agency names the organisation where they have roles in several',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'API key of a person or system' },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'Access token of the token endpoint; DPoP where it is bound to a key (RFC 9449)',
  },
} as const

/** Generates the document from the described routes of `app`. `TypeError` for one that the table of routes does not know. */
export async function openApiDocument(app: Hono<AppEnvironment>): Promise<object> {
  const document = await generateSpecs(app, {
    defaultValidationErrorResponse: false,
    // Else what has a full stop in its name is left out.
    excludeStaticFile: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'OneTrip',
        version: '1',
        description: 'Issue electronic licences, change their status, and publish trust data.',
      },
      components: { securitySchemes: SECURITY_SCHEMES },
    },
  })
  const rules = new Map(
    Object.entries(ROUTE_RIGHTS).map(([route, rule]) => [documentPath(route), rule]),
  )
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item?.[method]
      if (operation === undefined) continue
      const rule = rules.get(`${method.toUpperCase()} ${path}`)
      if (rule === undefined) throw new TypeError(`openapi: no rule for ${method} ${path}`)
      operation.security = securityOf(rule)
    }
  }
  return document
}

/** A route of the router as the document names it. */
export function documentPath(route: string): string {
  return route
    .split('/')
    .map((part) => part.replace(/^:(\w+)(?:\{.*\})?$/, '{$1}'))
    .join('/')
}
