/** `/api/log`: the record's entries with their facts, for whoever they concern. Authentication comes first. */
import { fromBase64url } from '@onetrip/codec'
import { type Fact, type LogEntry, parseEntry, readOpening } from '@onetrip/log'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses, LOG_ENTRIES } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { SECURITY } from '../http/describe-parts.ts'
import { parseInput } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { namesIn } from './actor-names.ts'
import { type ReadEntry, readEntries } from './read-entries.ts'

const MAX_ENTRIES = 256
const DEFAULT_ENTRIES = 50

const COUNT = v.optional(
  v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]{0,14})$/), v.transform(Number)),
)
const WORD = v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,256}$/)))
const QUERY = v.strictObject({
  before: COUNT,
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,2}$/), v.transform(Number), v.maxValue(MAX_ENTRIES)),
  ),
  since: COUNT,
  until: COUNT,
  kind: WORD,
  agency: WORD,
  about: WORD,
})
const PARAMETERS = [
  numeric('before', 'Entries below this index; without it, the newest'),
  numeric('limit', `Entries of a page, at most ${MAX_ENTRIES}; ${DEFAULT_ENTRIES} without it`),
  numeric('since', 'Unix seconds: entries from then on'),
  numeric('until', 'Unix seconds: entries before then'),
  textual('kind', 'issuance, impression, or what was done, such as licence/status'),
  textual('agency', 'USCC in whose name; without it the own one, for an auditor all'),
  textual('about', 'Id of a licence, offer, seal, use, counter, key or actor, or a digest'),
]

/** Routes below `/api/log`. */
export function entryRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get(
    '/entries',
    describeRoute({
      operationId: 'readLogEntries',
      summary: 'What was done, the newest first, each with its facts and the path of its proof',
      security: SECURITY,
      parameters: PARAMETERS,
      responses: apiResponses(200, LOG_ENTRIES),
    }),
    async (context) => {
      const { limit = DEFAULT_ENTRIES, ...wanted } = parseInput(QUERY, context.req.query())
      const actor = context.get('actor')
      const page = await readEntries(services, actor, { limit, ...wanted })
      const read = page.entries.map((entry) => ({ entry, facts: factsOf(entry) }))
      const known = read.flatMap(({ facts }) => facts ?? [])
      const names = await namesIn(services.storage, actor, known)
      const entries = read.map(({ entry, facts }) => describe(entry, facts))
      return context.json({ ...page, entries, names }, 200, { 'Cache-Control': 'no-store' })
    },
  )
  return routes
}

function factsOf({ opening }: ReadEntry): ReadonlyMap<string, Fact> | undefined {
  return opening === null ? undefined : readOpening(fromBase64url(opening))
}

function describe(
  { index, at, entry, leaf, opening }: ReadEntry,
  facts: ReadonlyMap<string, Fact> | undefined,
): object {
  const read = parseEntry(fromBase64url(entry))
  return {
    index,
    kind: read.kind,
    ...(read.kind === 'act' ? { act: read.act } : {}),
    at,
    ...agencyIn(read),
    ...(facts === undefined ? {} : { facts: Object.fromEntries(facts), opening }),
    entry,
    proof: `/log/proofs/${leaf}`,
  }
}

function agencyIn(entry: LogEntry): { readonly agency?: string } {
  if (entry.kind === 'issuance') return { agency: entry.issuer }
  if (entry.kind === 'impression') return { agency: entry.maker }
  return entry.agency === undefined ? {} : { agency: entry.agency }
}

interface QueryParameter {
  readonly name: string
  readonly in: 'query'
  readonly required: false
  readonly description: string
  readonly schema: { readonly type: 'integer' | 'string'; readonly minimum?: number }
}

function numeric(name: string, description: string): QueryParameter {
  return {
    name,
    in: 'query',
    required: false,
    description,
    schema: { type: 'integer', minimum: 0 },
  }
}

function textual(name: string, description: string): QueryParameter {
  return { name, in: 'query', required: false, description, schema: { type: 'string' } }
}
