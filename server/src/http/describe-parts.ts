/** Parts that routes of the API share: how they are described, and how their parameters are read. */
import { resolver } from 'hono-openapi'
import * as v from 'valibot'
import {
  KEEP_ANSWER_DAYS,
  parseIdempotencyKey,
  type RepeatableRequest,
  requestHash,
  routeAs,
} from '../storage/idempotency.ts'
import type { AppContext } from './app-context.ts'
import { parseInput } from './read-request.ts'

/** An API key or a session of staff, on every route of the API. */
export const SECURITY: Record<string, string[]>[] = [{ apiKey: [] }, { staff: [] }]

const ID = v.pipe(v.string(), v.uuid())

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: { readonly type: 'string'; readonly [name: string]: string | number }
}

/** The id of a record in the path. */
export const ID_PARAMETER: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
}

/** The header by which a retry is known. */
export function idempotencyParameter(required: boolean): Parameter {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required,
    description: `A retry with the same key and body gets the first answer, for ${KEEP_ANSWER_DAYS} days`,
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  }
}

/** A JSON body that has to be there. */
export function jsonBody(schema: v.GenericSchema): {
  readonly required: boolean
  readonly content: {
    readonly 'application/json': { readonly schema: ReturnType<typeof resolver> }
  }
} {
  return { required: true, content: { 'application/json': { schema: resolver(schema) } } }
}

/** The id in the path, in lower case. Throws `input/invalid`. */
export function idOf(context: AppContext): string {
  return parseInput(ID, context.req.param('id')).toLowerCase()
}

/** The request as one that may be repeated; undefined without the header. Throws `idempotency/format`. */
export function repeatableOf(
  context: AppContext,
  route: string,
  bytes: Uint8Array,
): RepeatableRequest | undefined {
  const header = context.req.header('Idempotency-Key')
  if (header === undefined) return undefined
  const actor = context.get('actor')
  return {
    actorId: actor.actorId,
    key: parseIdempotencyKey(header),
    requestHash: requestHash(routeAs(actor, route), bytes),
  }
}
