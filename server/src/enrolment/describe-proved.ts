/** How routes that a device reaches by its key alone stand in the API's description. */
import { describeRoute, resolver } from 'hono-openapi'
import type * as v from 'valibot'
import { PROBLEM } from '../http/answer-schemas.ts'
import { jsonBody } from '../http/describe-parts.ts'

/** Describes a route that answers `schema` to `body`, where it takes one. */
export function describeProved(
  operationId: string,
  summary: string,
  schema: v.GenericSchema,
  body?: v.GenericSchema,
): ReturnType<typeof describeRoute> {
  const problem = { 'application/problem+json': { schema: resolver(PROBLEM) } }
  return describeRoute({
    operationId,
    summary,
    ...(body === undefined ? {} : { requestBody: jsonBody(body) }),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: resolver(schema) } },
      },
      400: { description: 'The request is at fault; `code` says how', content: problem },
      403: { description: 'The device was denied, or may not do that', content: problem },
      404: { description: 'No such device, matter or request', content: problem },
      409: { description: 'Its code is over, or the key is a counter already', content: problem },
      413: { description: 'The body is too large', content: problem },
      415: { description: 'The body is not application/json', content: problem },
      429: { description: 'Too many requests', content: problem },
      503: { description: 'Not available; try again later', content: problem },
    },
  })
}
