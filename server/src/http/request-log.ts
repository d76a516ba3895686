/** A request id for every answer, and one log line: route pattern, status, milliseconds. No address, path, query or body. */
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Services } from '../services.ts'
import type { AppContext, AppEnvironment } from './app-context.ts'
import { isFromProxy } from './client-address.ts'

/** As proxies make them: 128 bits in hex (nginx `$request_id`), or a UUID (Caddy `{http.request.uuid}`). */
const REQUEST_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Gives the request its id (`X-Request-Id` of the answer), the one of a trusted proxy if it has one, and logs and counts it when answered. */
export function requestLog(services: Services): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    const requestId = givenId(services, context) ?? services.newId()
    const startedAt = performance.now()
    context.set('requestId', requestId)
    await next()
    context.header('X-Request-Id', requestId)
    const { method } = context.req
    const [route, { status }] = [patternOf(context), context.res]
    const milliseconds = Math.round(performance.now() - startedAt)
    services.log('http/request', { requestId, method, route, status, milliseconds })
    services.metrics.countRequest({ method, route, status, seconds: milliseconds / 1000 })
  }
}

/** Of what matched, that of a route; where there is none, of what stands before routes. */
function patternOf(context: AppContext): string {
  const matched = matchedRoutes(context)
  return (matched.findLast(({ path }) => !path.endsWith('*')) ?? matched.at(-1))?.path ?? ''
}

function givenId({ config }: Services, context: AppContext): string | undefined {
  const given = context.req.header('X-Request-Id') ?? ''
  const isGiven = REQUEST_ID.test(given) && isFromProxy(context, config.trustedProxies)
  return isGiven ? given : undefined
}
