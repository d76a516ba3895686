/** A request id for every answer, and one log line: route pattern, status, milliseconds. No address, path, query or body. */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Services } from '../services.ts'
import type { AppEnvironment } from './app-context.ts'

/** Gives the request its id (`X-Request-Id` of the answer) and logs it when answered. */
export function requestLog(services: Services): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    const requestId = services.newId()
    const startedAt = performance.now()
    context.set('requestId', requestId)
    await next()
    context.header('X-Request-Id', requestId)
    services.log('http/request', {
      requestId,
      method: context.req.method,
      route: routePath(context, -1),
      status: context.res.status,
      milliseconds: Math.round(performance.now() - startedAt),
    })
  }
}
