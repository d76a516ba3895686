/** How often the agency API may be used: by a person or system, and by an address that comes with wrong ones (case AU05). */
import { Fault, fault } from '@onetrip/codec'
import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { clientOf } from '../http/client-address.ts'
import { readCookie } from '../http/cookies.ts'
import { RATE_LIMITS, type RateLimit } from '../rates/rate-limits.ts'
import type { Actor } from '../rights/actor.ts'
import { assertRouteRights } from '../rights/require-route-right.ts'
import type { Services } from '../services.ts'
import { actorOfSession } from '../staff/session-actor.ts'
import { STAFF_COOKIE } from '../staff/staff-sessions.ts'
import { authenticate } from './api-keys.ts'

/**
 * Sets the actor of a request, who is seen again when its body has come. Throws `auth/required`, `http/origin`; `storage/unavailable` where it cannot be read what they may; `http/rate-limited` for an address with too many wrong keys,
 * before anything is looked up, and for a key that asks too often.
 */
export function authenticateWithin(
  services: Services,
  ofActor: Pick<RateLimit, 'requests' | 'windowSeconds'> = RATE_LIMITS['api/actor'],
): MiddlewareHandler<AppEnvironment> {
  const keys = services.rates.counter('api/actor', ofActor)
  const wrongKeys = services.rates.counter('api/wrong-key')
  return async (context, next) => {
    const client = clientOf(context, services.config.trustedProxies)
    wrongKeys.assertFree(client)
    try {
      context.set('actor', await actorOf(services, context))
    } catch (error) {
      // Who brings nothing guesses nothing.
      const isWrong = error instanceof Fault && error.code === 'auth/required'
      if (isWrong && bringsSomething(services, context)) wrongKeys.count(client)
      throw error
    }
    keys.count(context.get('actor').actorId)
    context.set('seeAgain', async () => {
      const actor = await actorOf(services, context)
      assertRouteRights(services, context, actor)
      context.set('actor', actor)
    })
    await next()
  }
}

function bringsSomething({ config }: Services, context: AppContext): boolean {
  const cookie = readCookie(config, context, STAFF_COOKIE)
  return context.req.header('Authorization') !== undefined || cookie !== undefined
}

/** By a key; where there is no header with one, by a session of staff. */
async function actorOf(services: Services, context: AppContext): Promise<Actor> {
  const authorization = context.req.header('Authorization')
  const cookie = readCookie(services.config, context, STAFF_COOKIE)
  try {
    return authorization === undefined && cookie !== undefined
      ? await actorOfSession(services, context, cookie)
      : await authenticate(services, authorization)
  } catch (error) {
    if (error instanceof Fault) throw error
    services.log('rights/unreadable', { name: error instanceof Error ? error.name : typeof error })
    throw fault('storage/unavailable')
  }
}
