/** Bodies as received: strict JSON into a schema, or a form. Hono's own parsers answer 500 to bad JSON. */
import { fault, isObject, parseJson } from '@onetrip/codec'
import * as v from 'valibot'
import type { AppContext } from './app-context.ts'

/** Largest request body in bytes. */
export const MAX_BODY_BYTES = 65_536
const MEMBER_NAME = /^[A-Za-z]{1,40}$/

/** A parsed body and the bytes it came from. */
export interface ReceivedJson<Value> {
  readonly value: Value
  readonly bytes: Uint8Array
}

/**
 * All bytes of a body; then who sent it is seen once more: whoever sends it slowly may have lost a role, a key or a session since it began.
 * Throws what that throws.
 */
export async function readBody(context: AppContext): Promise<Uint8Array> {
  const bytes = new Uint8Array(await context.req.arrayBuffer())
  await context.get('seeAgain')?.()
  return bytes
}

/**
 * Reads a JSON body, which is an object. Throws `http/media-type`, `json/*`, `input/unknown-field`, and `input/invalid`
 * with the member at fault, never with what was received.
 */
export async function readJson<Schema extends v.GenericSchema>(
  context: AppContext,
  schema: Schema,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<ReceivedJson<v.InferOutput<Schema>>> {
  assertMediaType(context, 'application/json')
  const bytes = await readBody(context)
  const value = parseJson(bytes, { maxBytes })
  // To a schema with no required member a list is an object too.
  if (!isObject(value)) throw fault('input/invalid')
  return { value: parseInput(schema, value), bytes }
}

/** A body that may be left out; what is there is read as {@link readJson} does. */
export async function readOptionalJson<Schema extends v.GenericSchema>(
  context: AppContext,
  schema: Schema,
): Promise<ReceivedJson<v.InferOutput<Schema>>> {
  const bytes = await readBody(context)
  if (bytes.length === 0) return { value: parseInput(schema, {}), bytes }
  return readJson(context, schema)
}

/** Reads a form body; a repeated member is refused. Throws `http/media-type`, `input/invalid`. */
export async function readForm(
  context: Pick<AppContext, 'req'>,
): Promise<ReadonlyMap<string, string>> {
  assertMediaType(context, 'application/x-www-form-urlencoded')
  const members = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(await context.req.text())) {
    if (members.has(name)) throw fault('input/invalid')
    members.set(name, value)
  }
  return members
}

/** Parses an untrusted value by a schema; throws `input/unknown-field`, `input/invalid`. */
export function parseInput<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  const issue = parsed.issues[0]
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    throw fault('input/unknown-field')
  }
  // Only the member of the schema: below it, names are received ones.
  const member = issue.path?.[0]?.key
  const isSafe = typeof member === 'string' && MEMBER_NAME.test(member)
  throw isSafe ? fault('input/invalid', `at fault: ${member}`) : fault('input/invalid')
}

/** Throws `http/media-type` unless the body has this media type. */
export function assertMediaType(context: Pick<AppContext, 'req'>, expected: string): void {
  const received = context.req.header('Content-Type') ?? ''
  const mediaType = received.split(';')[0] ?? ''
  if (mediaType.trim().toLowerCase() !== expected) throw fault('http/media-type')
}
