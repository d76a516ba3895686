/** Public data with an entity tag (RFC 9110 §8.8.3), so that an unchanged copy costs one short answer. */
import { createHash } from 'node:crypto'
import type { AppContext } from './app-context.ts'

const TAG_CHARACTERS = 22

/** Answers 304 where the client holds these bytes already, else the bytes. */
export function cachedAnswer(
  context: AppContext,
  options: {
    readonly body: Uint8Array | string
    readonly mediaType: string
    readonly maxAgeSeconds: number
    readonly vary?: string
  },
): Response {
  const { body, mediaType, maxAgeSeconds, vary } = options
  const digest = createHash('sha256').update(body).digest('base64url')
  const tag = `"${digest.slice(0, TAG_CHARACTERS)}"`
  const headers = new Headers({
    ETag: tag,
    'Cache-Control': `public, max-age=${maxAgeSeconds}`,
    'Content-Type': mediaType,
  })
  if (vary !== undefined) headers.set('Vary', vary)
  // Compared weakly (RFC 9110 §13.1.2): a proxy that compresses makes our tags weak.
  const known = (context.req.header('If-None-Match') ?? '').split(',')
  if (known.some((item) => item.trim().replace(/^W\//, '') === tag))
    return new Response(null, { status: 304, headers })
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { headers })
}
