/**
 * Status lists: the current one at the address that credentials name, and each version at an address of its
 * own that never changes. The answers are the same for everyone, so any cache may hold them.
 */
import { fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { preferredMediaType } from '../http/accept.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { cachedAnswer, entityTag } from '../http/cached-answer.ts'
import { publicResponses } from '../http/open-answers.ts'
import type { Services } from '../services.ts'
import { publishedStatusList, statusListVersion } from '../status-lists/publish-status-list.ts'

/** Half of the minute in which a change has to be visible; what a cache's `Age` says counts as well. */
const CURRENT_CACHE = 'public, max-age=30, must-revalidate'
const VERSION_CACHE = 'public, max-age=31536000, immutable'
const NUMBER = /^[1-9][0-9]{0,8}$/
const VERSION = /^([0-9a-f]{64})\.(cwt|jwt)$/
const MEDIA = {
  cwt: 'application/statuslist+cwt',
  jwt: 'application/statuslist+jwt',
} as const
const PUBLIC_ANSWER = publicResponses('The list', MEDIA.cwt, MEDIA.jwt)

/** Routes below `/s`. */
export function statusRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/:number',
    describeRoute({
      operationId: 'statusList',
      summary:
        'Status list; Accept with its weights chooses the CWT or the JWT form, CWT where both weigh the same',
      responses: PUBLIC_ANSWER,
    }),
    async (context) => {
      const number = numberOf(context.req.param('number'))
      // Our faces and packs take the CWT form: it is the first.
      const mediaType = preferredMediaType(context.req.header('Accept'), [MEDIA.cwt, MEDIA.jwt])
      const form = mediaType === MEDIA.jwt ? 'jwt' : 'cwt'
      const { body, tag, hash } = await publishedStatusList(services, number, form)
      return cachedAnswer(context, {
        body,
        tag,
        mediaType,
        cacheControl: CURRENT_CACHE,
        vary: 'Accept',
        contentLocation: `/s/${number}/${hash}.${form}`,
      })
    },
  )

  routes.get(
    '/:number/:version',
    describeRoute({
      operationId: 'statusListVersion',
      summary:
        'One version of a status list, named by the SHA-256 of its bytes; kept for ten minutes',
      responses: PUBLIC_ANSWER,
    }),
    async (context) => {
      const number = numberOf(context.req.param('number'))
      const [, hash, extension] = VERSION.exec(context.req.param('version')) ?? []
      if (hash === undefined) throw fault('http/not-found')
      const form = extension === 'jwt' ? 'jwt' : 'cwt'
      const body = await statusListVersion(services, { number, form, hash })
      return cachedAnswer(context, {
        body,
        tag: entityTag(body),
        mediaType: MEDIA[form],
        cacheControl: VERSION_CACHE,
      })
    },
  )

  return routes
}

function numberOf(text: string): number {
  if (!NUMBER.test(text)) throw fault('http/not-found')
  return Number(text)
}
