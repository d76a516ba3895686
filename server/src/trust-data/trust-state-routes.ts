/** `/api/trust`: an organisation's keys, how fresh is what is published of them, and what an administrator does about it. */
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { jsonBody, SECURITY } from '../http/describe-parts.ts'
import { readJson, readOptionalJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { announceNextKey, type NextKeyRequest, publishForActor, retireOwnKey } from './own-keys.ts'
import { readTrustState } from './trust-state.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const
const PURPOSE = v.picklist(['issue-cbor', 'issue-jws', 'status-cbor', 'status-jws'])
const KEY_ID = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,60}$/))
const VERSION = v.nullable(v.pipe(v.number(), v.integer(), v.description('In force')))
const UNIX_SECONDS = v.pipe(v.number(), v.integer(), v.description('Unix seconds'))
const TRUST_STATE = v.pipe(
  v.object({
    now: UNIX_SECONDS,
    keys: v.array(
      v.object({
        id: KEY_ID,
        kid: v.string(),
        purpose: PURPOSE,
        notBefore: UNIX_SECONDS,
        notAfter: UNIX_SECONDS,
        revokedFrom: v.nullable(UNIX_SECONDS),
        retiredAt: v.nullable(v.pipe(UNIX_SECONDS, v.description('It signs no more'))),
        listedAt: v.nullable(v.pipe(UNIX_SECONDS, v.description('In a published trust list'))),
      }),
    ),
    roles: v.array(
      v.object({
        role: v.string(),
        version: v.number(),
        signedAt: UNIX_SECONDS,
        expiresAt: UNIX_SECONDS,
      }),
    ),
    statusLists: v.array(
      v.object({
        list: v.number(),
        form: v.string(),
        used: v.number(),
        size: v.number(),
        issuedAt: UNIX_SECONDS,
        isCurrent: v.pipe(v.boolean(), v.description('It says what the register says')),
      }),
    ),
    log: v.optional(v.object({ size: v.number(), at: UNIX_SECONDS })),
    offline: v.pipe(
      v.object({
        signsItself: v.pipe(v.boolean(), v.description('A demonstration holds these keys too')),
        root: VERSION,
        targets: VERSION,
        changed: v.pipe(v.array(v.string()), v.description('Paths of the first documents')),
        changedCount: v.number(),
        ending: v.array(
          v.object({ role: v.picklist(['root', 'targets']), expiresAt: UNIX_SECONDS }),
        ),
        olderKeys: v.array(v.string()),
      }),
      v.description('What waits for people who hold the offline keys'),
    ),
    faults: v.pipe(v.array(v.string()), v.description('Why something could not be published')),
  }),
  v.metadata({ ref: 'TrustState' }),
)
const NEXT_KEY_REQUEST: v.GenericSchema<unknown, NextKeyRequest> = v.pipe(
  v.strictObject({
    purpose: PURPOSE,
    after: v.pipe(KEY_ID, v.description('Id of the newest key of this purpose, as it was seen')),
  }),
  v.metadata({ ref: 'NextKeyRequest' }),
)
const NOTHING = v.strictObject({})
const KEY_PARAMETER = {
  name: 'key',
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 60 },
} as const

/** Routes below `/api/trust`. */
export function trustStateRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  routes.get(
    '/',
    describeRoute({
      operationId: 'readTrustState',
      summary: 'Keys of the organisation, and how fresh is what is published of them',
      security: SECURITY,
      responses: apiResponses(200, TRUST_STATE),
    }),
    async (context) =>
      context.json(await readTrustState(services, context.get('actor')), 200, {
        ...NO_STORE,
      }),
  )

  routes.post(
    '/publications',
    describeRoute({
      operationId: 'publishTrustData',
      summary: 'Publish what the server’s own keys sign; where nothing is due, nothing is signed',
      requestBody: { ...jsonBody(NOTHING), required: false },
      responses: apiResponses(
        200,
        v.object({ version: v.number(), signedAt: UNIX_SECONDS, expiresAt: UNIX_SECONDS }),
      ),
    }),
    async (context) => {
      await readOptionalJson(context, NOTHING)
      return context.json(await publishForActor(services, context.get('actor')), 200, NO_STORE)
    },
  )

  routes.post(
    '/keys',
    describeRoute({
      operationId: 'announceNextKey',
      summary: 'Announce the key after the newest one; the same again answers the same',
      requestBody: jsonBody(NEXT_KEY_REQUEST),
      responses: apiResponses(201, v.object({ id: KEY_ID })),
    }),
    async (context) => {
      const { value } = await readJson(context, NEXT_KEY_REQUEST)
      const id = await announceNextKey(services, { actor: context.get('actor'), request: value })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.post(
    '/keys/:key/retire',
    describeRoute({
      operationId: 'retireKey',
      summary: 'Have a key sign no more; what it signed stays good',
      parameters: [KEY_PARAMETER],
      requestBody: { ...jsonBody(NOTHING), required: false },
      responses: apiResponses(200, v.object({ retired: v.literal(true) })),
    }),
    async (context) => {
      const keyId = context.req.param('key')
      await readOptionalJson(context, NOTHING)
      await retireOwnKey(services, { actor: context.get('actor'), keyId })
      return context.json({ retired: true }, 200, NO_STORE)
    },
  )
  return routes
}
