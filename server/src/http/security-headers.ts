/** Headers every answer carries, and the policies of pages (CSP3; Trusted Types). */
import type { MiddlewareHandler } from 'hono'

const TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains'

/** Policy of an answer that is not a page: it may load nothing and be framed nowhere. */
export const NO_CONTENT_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/**
 * Policy of a page of the server's own: styles and forms of its own, no script at all. `formTargets` are origins to which an answer
 * to its forms may lead on: browsers hold redirects to `form-action` too.
 */
export function serverPagePolicy(formTargets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** Policy of a built face, which may talk to its own origin and to those that are named. */
export function facePolicy(reaches: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...reaches].join(' '),
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types licence#urls',
  ].join('; ')
}

/** Headers of a face's pages beside its policy. */
export const FACE_PERMISSIONS =
  'camera=(self), microphone=(), geolocation=(), screen-wake-lock=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)'

/** Sets what every answer of an origin carries; policies set by the route stay. */
export function securityHeaders(origin: string): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    if (!headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', NO_CONTENT_POLICY)
    }
    headers.set('X-Content-Type-Options', 'nosniff')
    if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    if (origin.startsWith('https:')) headers.set('Strict-Transport-Security', TRANSPORT_SECURITY)
  }
}
