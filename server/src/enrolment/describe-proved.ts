/** How routes that a device reaches by its key alone stand in the API's description. */
import { describeRoute, resolver } from 'hono-openapi'
import type * as v from 'valibot'
import { PROBLEM } from '../http/answer-schemas.ts'

/** Describes a route that answers `schema`. */
export function describeProved(
  operationId: string,
  summary: string,
  schema: v.GenericSchema,
): ReturnType<typeof describeRoute> {
  const problem = { 'application/problem+json': { schema: resolver(PROBLEM) } }
  return describeRoute({
    operationId,
    summary,
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: resolver(schema) } },
      },
      400: { description: 'The request is at fault; `code` says how', content: problem },
      403: { description: 'The device was denied, or may not do that', content: problem },
      404: { description: 'No such device, matter or request', content: problem },
      409: { description: 'Its code is over, or the key is a counter already', content: problem },
      429: { description: 'Too many requests', content: problem },
    },
  })
}
