/** `/api/staff`: members of staff with their own sessions, and administrators with the members of their organisation. */
import { fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { cookieLine } from '../http/cookies.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { readOptionalJson } from '../http/read-request.ts'
import type { ActorSession } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { describeMe } from './describe-me.ts'
import { rolesAsData } from './list-staff.ts'
import { memberRoutes } from './member-routes.ts'
import { endOwnSession, signOutEverywhere } from './staff-acts.ts'
import {
  EMPTY_REQUEST,
  STAFF_ENDED,
  STAFF_ME,
  STAFF_ROLE_LIST,
  STAFF_SESSIONS,
  STAFF_SIGN_OUT_REQUEST,
} from './staff-answers.ts'
import { memberSessions, STAFF_COOKIE } from './staff-sessions.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** Routes below `/api/staff`. */
export function staffRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  ownRoutes(routes, services)
  routes.route('/', memberRoutes(services))
  return routes
}

function ownRoutes(routes: Hono<AppEnvironment>, services: Services): void {
  const { config, storage } = services
  routes.get(
    '/me',
    describeRoute({
      operationId: 'readStaffMe',
      summary:
        'Who is signed in, for which organisations, and with which rights in the one of this request',
      responses: apiResponses(200, STAFF_ME),
    }),
    async (context) => {
      const me = await describeMe(services, context.get('actor'), sessionOf(context))
      return context.json(me, 200, NO_STORE)
    },
  )

  routes.get(
    '/roles',
    describeRoute({
      operationId: 'listStaffRoles',
      summary: 'The roles, each with its rights',
      responses: apiResponses(200, STAFF_ROLE_LIST),
    }),
    (context) => context.json({ roles: rolesAsData() }, 200, NO_STORE),
  )

  routes.get(
    '/sessions',
    describeRoute({
      operationId: 'listStaffSessions',
      summary: 'The sessions of whoever is signed in',
      responses: apiResponses(200, STAFF_SESSIONS),
    }),
    async (context) => {
      const { memberId, id: current } = sessionOf(context)
      const sessions = await memberSessions(services, storage, memberId)
      const told = sessions.map(({ id, signed_in_at, used_at, ends_at }) => ({
        id,
        current: id === current,
        signedInAt: signed_in_at,
        usedAt: used_at,
        endsAt: ends_at,
      }))
      return context.json({ sessions: told }, 200, NO_STORE)
    },
  )

  routes.post(
    '/sessions/:id/end',
    describeRoute({
      operationId: 'endStaffSession',
      summary: 'End one of the own sessions',
      parameters: [ID_PARAMETER],
      requestBody: { ...jsonBody(EMPTY_REQUEST), required: false },
      responses: apiResponses(200, STAFF_ENDED),
    }),
    async (context) => {
      const id = idOf(context)
      await readOptionalJson(context, EMPTY_REQUEST)
      await endOwnSession(services, {
        actor: context.get('actor'),
        session: sessionOf(context),
        id,
      })
      return context.json({ ended: true }, 200, NO_STORE)
    },
  )

  routes.post(
    '/sign-out',
    describeRoute({
      operationId: 'signOutStaff',
      summary: 'End this session, or all of them',
      requestBody: { ...jsonBody(STAFF_SIGN_OUT_REQUEST), required: false },
      responses: apiResponses(200, STAFF_ENDED),
    }),
    async (context) => {
      const { value } = await readOptionalJson(context, STAFF_SIGN_OUT_REQUEST)
      const [actor, session] = [context.get('actor'), sessionOf(context)]
      const { memberId, id } = session
      if (value.everywhere === true) await signOutEverywhere(services, { actor, memberId })
      else await endOwnSession(services, { actor, session, id })
      context.header(
        'Set-Cookie',
        cookieLine(config, { name: STAFF_COOKIE, value: '', maxAgeSeconds: 0 }),
      )
      return context.json({ ended: true }, 200, NO_STORE)
    },
  )
}

/** The session of a request that has one; the table of routes lets no other in. */
function sessionOf(context: AppContext): ActorSession {
  const { session } = context.get('actor')
  if (session === undefined) throw fault('auth/forbidden')
  return session
}
