/** The OpenAPI 3.1 document of the API, the same whatever origin serves it. */
import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { AppEnvironment } from './http/app-context.ts'

/** Generates the document from the described routes of `app`. */
export async function openApiDocument(app: Hono<AppEnvironment>): Promise<object> {
  return generateSpecs(app, {
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'OneTrip',
        version: '1',
        description: 'Issue electronic licences, change their status, and publish trust data.',
      },
      components: {
        securitySchemes: {
          wallet: { type: 'http', scheme: 'bearer', description: 'Session of a wallet (sign-in)' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-onetrip-session',
            description: 'Session of a browser at the API origin',
          },
          apiKey: { type: 'http', scheme: 'bearer', description: 'API key of a person or system' },
        },
      },
    },
  })
}
