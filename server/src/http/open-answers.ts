/** How routes that anybody may use stand in the OpenAPI document: files as they are served, and the answers of OAuth's endpoints. */
import type { DescribeRouteOptions } from 'hono-openapi'
import { resolver } from 'hono-openapi'
import * as v from 'valibot'
import { PROBLEM } from './answer-schemas.ts'

type Responses = NonNullable<DescribeRouteOptions['responses']>
type RequestBody = NonNullable<DescribeRouteOptions['requestBody']>

const PROBLEM_BODY = { 'application/problem+json': { schema: resolver(PROBLEM) } }
const BINARY = { type: 'string', format: 'binary' } as const
const TEXT = { type: 'string' } as const
const OBJECT = { type: 'object' } as const
const MAY_BE_TEXT = /^text\/|\+?jwt$/

const OAUTH_ERROR: v.GenericSchema = v.pipe(
  v.object({
    error: v.pipe(v.string(), v.description('As the standard has it')),
    code: v.pipe(v.string(), v.description('Stable code of the form area/what-is-wrong')),
  }),
  v.metadata({ ref: 'OAuthError' }),
)

/** A success whose body has one of these media types. */
export function answerIn(description: string, ...mediaTypes: readonly string[]): Responses[string] {
  const content = mediaTypes.map((mediaType) => [mediaType, { schema: schemaOf(mediaType) }])
  return { description, content: Object.fromEntries(content) }
}

/** The responses of a route with public data, in one of these media types. */
export function publicResponses(description: string, ...mediaTypes: readonly string[]): Responses {
  return {
    200: answerIn(description, ...mediaTypes),
    304: { description: 'It is what you have' },
    400: { description: 'The address is at fault', content: PROBLEM_BODY },
    404: { description: 'None such', content: PROBLEM_BODY },
    503: { description: 'Not available; try again later', content: PROBLEM_BODY },
  }
}

/** The responses of an endpoint whose refusals are OAuth's: its own successes, and what each of them may say. */
export function oauthResponses(successes: Responses): Responses {
  const content = { 'application/json': { schema: resolver(OAUTH_ERROR) } }
  return {
    ...successes,
    400: { description: 'The request is at fault', content },
    401: { description: 'The client, the token or its proof is not accepted', content },
    403: { description: 'Another origin', content },
    413: { description: 'The body is too large', content },
    415: { description: 'The body has another media type', content },
    429: { description: 'Too many requests; Retry-After says when the window ends', content },
    503: { description: 'Not available; try again later', content },
  }
}

/** A form of these members, of which those in `required` have to be there. */
export function formBody(
  members: readonly string[],
  required: readonly string[] = [],
): RequestBody {
  const properties = Object.fromEntries(members.map((name) => [name, TEXT]))
  const schema = { type: 'object' as const, properties, required: [...required] }
  return { required: true, content: { 'application/x-www-form-urlencoded': { schema } } }
}

/** A body in one of these media types: a file, or what a standard describes. */
export function standardBody(...mediaTypes: readonly string[]): RequestBody {
  const content = mediaTypes.map((mediaType) => [mediaType, { schema: schemaOf(mediaType) }])
  return { required: true, content: Object.fromEntries(content) }
}

function schemaOf(mediaType: string): typeof BINARY | typeof TEXT | typeof OBJECT {
  if (mediaType.endsWith('json')) return OBJECT
  return MAY_BE_TEXT.test(mediaType) ? TEXT : BINARY
}
