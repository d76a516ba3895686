/** `/log`: the record as static files (C2SP tlog-tiles), for anybody; only the checkpoint changes. */
import { fault } from '@onetrip/codec'
import { formatVerifierKey, parseTilePath, TILE_WIDTH, type Tile } from '@onetrip/log'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { AppEnvironment } from '../http/app-context.ts'
import { cachedAnswer, entityTag } from '../http/cached-answer.ts'
import { publicResponses } from '../http/open-answers.ts'
import type { Services } from '../services.ts'
import { cosignedNote } from './cosigned-note.ts'
import { integrate, newestCheckpoint, recordKey } from './integrate.ts'
import { storedTile } from './stored-tiles.ts'

const CHECKPOINT_CACHE = 'public, max-age=1, must-revalidate'
const TILE_CACHE = 'public, max-age=31536000, immutable'
const TEXT = 'text/plain; charset=utf-8'

/** Routes below `/log`. */
export function recordRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/checkpoint',
    describeRoute({
      operationId: 'logCheckpoint',
      summary:
        'Newest checkpoint of the log, a signed note (C2SP tlog-checkpoint), cosigned by witnesses as far as they did',
      responses: publicResponses('The note', 'text/plain'),
    }),
    async (context) => {
      const body = await cosignedNote(services, await integrate(services))
      const tag = entityTag(body)
      return cachedAnswer(context, { body, tag, mediaType: TEXT, cacheControl: CHECKPOINT_CACHE })
    },
  )

  routes.get(
    '/vkey',
    describeRoute({
      operationId: 'logKey',
      summary: 'The key that its checkpoints are verified with (C2SP signed-note)',
      responses: publicResponses('The key', 'text/plain'),
    }),
    (context) =>
      context.body(`${formatVerifierKey(recordKey(services))}\n`, 200, { 'Content-Type': TEXT }),
  )

  routes.get(
    '/tile/:path{.+}',
    describeRoute({
      operationId: 'logTile',
      summary: 'A tile of hashes, or a bundle of entries (C2SP tlog-tiles)',
      responses: publicResponses('The tile', 'application/octet-stream'),
    }),
    async (context) => {
      const tile = parseTilePath(new URL(context.req.url).pathname.replace(/^\/log\//, ''))
      if (tile === undefined || !(await isIntegrated(services, tile))) throw fault('http/not-found')
      const body = await storedTile(services.storage, tile)
      return cachedAnswer(context, {
        body,
        tag: entityTag(body),
        mediaType: 'application/octet-stream',
        cacheControl: TILE_CACHE,
      })
    },
  )

  return routes
}

/** Whether a checkpoint covers all of a tile. */
async function isIntegrated(services: Services, { level, index, width }: Tile): Promise<boolean> {
  const checkpoint = await newestCheckpoint(services)
  const span = TILE_WIDTH ** (level === 'entries' ? 0 : level)
  return checkpoint !== undefined && (index * TILE_WIDTH + width) * span <= checkpoint.size
}
