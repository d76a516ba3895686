/** Limits of requests (`rates/rate-limits.ts`) as middleware. */
import type { MiddlewareHandler } from 'hono'
import type { RateName } from '../rates/rate-limits.ts'
import type { Services } from '../services.ts'
import type { AppEnvironment } from './app-context.ts'
import { clientOf } from './client-address.ts'

/** Refuses what goes over the limit, counted by client; throws `http/rate-limited`. */
export function limitByAddress(
  services: Pick<Services, 'config' | 'rates'>,
  limit: RateName,
): MiddlewareHandler {
  const counter = services.rates.counter(limit)
  return async (context, next) => {
    counter.count(clientOf(context, services.config.trustedProxies))
    await next()
  }
}

/** Likewise, counted by who is known to act: a person under all their keys and sessions of one name. */
export function limitByActor(
  services: Pick<Services, 'rates'>,
  limit: RateName,
): MiddlewareHandler<AppEnvironment> {
  const counter = services.rates.counter(limit)
  return async (context, next) => {
    counter.count(context.get('actor').actorId)
    await next()
  }
}
