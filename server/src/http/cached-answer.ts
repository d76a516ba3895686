/** Data with an entity tag (RFC 9110 §8.8.3), so that an unchanged copy costs one short answer. */
import { createHash } from 'node:crypto'
import type { Context } from 'hono'

const TAG_CHARACTERS = 22

/** The strong entity tag of these bytes: 132 bits of their SHA-256. */
export function entityTag(body: Uint8Array | string): string {
  const digest = createHash('sha256').update(body).digest('base64url')
  return `"${digest.slice(0, TAG_CHARACTERS)}"`
}

/** Answers 304 where the client holds these bytes already, else the bytes; `tag` is their {@link entityTag}. */
export function cachedAnswer(
  context: Context,
  options: {
    readonly body: Uint8Array | string
    readonly tag: string
    readonly mediaType: string
    readonly cacheControl: string
    readonly vary?: string
    /** `Content-Encoding` of the body; left out where it is as it is. */
    readonly encoding?: string
    /** The address of just these bytes (RFC 9110 §8.7), where the one asked for is of whatever is current. */
    readonly contentLocation?: string
  },
): Response {
  const { body, tag, mediaType, cacheControl, vary, encoding, contentLocation } = options
  const headers = new Headers({
    ETag: tag,
    'Cache-Control': cacheControl,
    'Content-Type': mediaType,
  })
  if (vary !== undefined) headers.set('Vary', vary)
  if (contentLocation !== undefined) headers.set('Content-Location', contentLocation)
  if (isKnown(context.req.header('If-None-Match'), tag)) {
    return new Response(null, { status: 304, headers })
  }
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { headers })
}

/** Compared weakly (RFC 9110 §13.1.2): a proxy that compresses makes our tags weak. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((item) => {
    const known = item.trim()
    return known === '*' || known.replace(/^W\//, '') === tag
  })
}
