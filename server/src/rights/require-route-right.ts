/** Lets in whom the table of routes allows, before a route has read anything; nobody else. */
import { fault } from '@onetrip/codec'
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import type { Services } from '../services.ts'
import { type Actor, hasRight } from './actor.ts'
import { type RouteRule, ruleOf } from './route-rights.ts'

/** How long ago a member of staff may have signed in for what seals, revokes or gives rights (OWASP ASVS 5.0 §7.5.3). */
export const RECENT_STAFF_SECONDS = 300
/** How middleware stands in the router. */
const ANY_METHOD = 'ALL'

/**
 * Throws `auth/forbidden` for a route that the actor has no right to or that is not in the table, `staff/agency-unnamed` for somebody with
 * roles in several organisations who names none, `sign-in/not-recent`. Where several routes could answer an address, each has to allow it.
 */
export function requireRouteRight(
  services: Pick<Services, 'now'>,
): MiddlewareHandler<AppEnvironment> {
  return async (context, next) => {
    assertRouteRights(services, context, context.get('actor'))
    await next()
  }
}

/** Throws as {@link requireRouteRight} unless the actor may use the route of a request. */
export function assertRouteRights(
  services: Pick<Services, 'now'>,
  context: AppContext,
  actor: Actor,
): void {
  for (const { method, path } of matchedRoutes(context)) {
    if (method !== ANY_METHOD) assertRouteRight(services, actor, ruleOf(method, path))
  }
}

function assertRouteRight(
  { now }: Pick<Services, 'now'>,
  actor: Actor,
  rule: RouteRule | undefined,
): void {
  const { session } = actor
  if (rule?.who === 'staff' && session !== undefined) return
  if (rule?.who !== 'actor') throw fault('auth/forbidden')
  if (session !== undefined && actor.agencyId === '' && session.agencies.length > 1) {
    throw fault('staff/agency-unnamed')
  }
  if (!rule.rights.some((right) => hasRight(actor, right))) throw fault('auth/forbidden')
  const isOld = session !== undefined && now() - session.authenticatedAt >= RECENT_STAFF_SECONDS
  if (rule.isRecent && isOld) throw fault('sign-in/not-recent')
}
