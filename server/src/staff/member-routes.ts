/** Below `/api/staff`: what administrators do with the members of their organisation. */
import { fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { apiResponses } from '../http/answer-schemas.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { readJson, readOptionalJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import { giveRole, takeRole } from './grants.ts'
import { listStaff } from './list-staff.ts'
import { endMember, registerMember } from './members.ts'
import { signOutEverywhere } from './staff-acts.ts'
import {
  EMPTY_REQUEST,
  GRANT_REQUEST,
  MEMBER_REQUEST,
  STAFF_ENDED,
  STAFF_ID,
  STAFF_MEMBERS,
} from './staff-answers.ts'

const NO_STORE = { 'Cache-Control': 'no-store' } as const

/** The routes. */
export function memberRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/members',
    describeRoute({
      operationId: 'listStaff',
      summary: 'Members of the organisation with their roles there',
      responses: apiResponses(200, STAFF_MEMBERS),
    }),
    async (context) => {
      const members = await listStaff(services, context.get('actor'))
      return context.json({ members }, 200, NO_STORE)
    },
  )

  routes.post(
    '/members',
    describeRoute({
      operationId: 'registerMember',
      summary:
        'Register a member by their subject at the identity provider; the same again answers the same',
      requestBody: jsonBody(MEMBER_REQUEST),
      responses: apiResponses(201, STAFF_ID),
    }),
    async (context) => {
      const { value } = await readJson(context, MEMBER_REQUEST)
      const actor = context.get('actor')
      const issuer = issuerOf(services)
      const id = await registerMember(services, {
        actor,
        request: { ...value, issuer, agencyId: actor.agencyId },
      })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.post(
    '/members/:id/roles',
    describeRoute({
      operationId: 'giveRole',
      summary: 'Give a member a role in the organisation; the same again answers the same',
      parameters: [ID_PARAMETER],
      requestBody: jsonBody(GRANT_REQUEST),
      responses: apiResponses(201, STAFF_ID),
    }),
    async (context) => {
      const memberId = idOf(context)
      const { value } = await readJson(context, GRANT_REQUEST)
      const actor = context.get('actor')
      const { agencyId } = actor
      const id = await giveRole(services, { actor, request: { ...value, memberId, agencyId } })
      return context.json({ id }, 201, NO_STORE)
    },
  )

  routes.post(
    '/roles/:id/end',
    describeRoute({
      operationId: 'takeRole',
      summary: 'Take a role; gone with the next request of its member',
      parameters: [ID_PARAMETER],
      requestBody: { ...jsonBody(EMPTY_REQUEST), required: false },
      responses: apiResponses(200, STAFF_ENDED),
    }),
    async (context) => {
      const grantId = idOf(context)
      await readOptionalJson(context, EMPTY_REQUEST)
      await takeRole(services, { actor: context.get('actor'), grantId })
      return context.json({ ended: true }, 200, NO_STORE)
    },
  )

  routes.post(
    '/members/:id/end',
    describeRoute({
      operationId: 'endMember',
      summary: 'A member leaves: all roles and sessions end, for good',
      parameters: [ID_PARAMETER],
      requestBody: { ...jsonBody(EMPTY_REQUEST), required: false },
      responses: apiResponses(200, STAFF_ENDED),
    }),
    async (context) => {
      const memberId = idOf(context)
      await readOptionalJson(context, EMPTY_REQUEST)
      await endMember(services, { actor: context.get('actor'), memberId })
      return context.json({ ended: true }, 200, NO_STORE)
    },
  )

  routes.post(
    '/members/:id/sign-out',
    describeRoute({
      operationId: 'signOutMember',
      summary: 'End all sessions of a member',
      parameters: [ID_PARAMETER],
      requestBody: { ...jsonBody(EMPTY_REQUEST), required: false },
      responses: apiResponses(200, STAFF_ENDED),
    }),
    async (context) => {
      const memberId = idOf(context)
      await readOptionalJson(context, EMPTY_REQUEST)
      await signOutEverywhere(services, { actor: context.get('actor'), memberId })
      return context.json({ ended: true }, 200, NO_STORE)
    },
  )
  return routes
}

/** Where members sign in; without a provider nobody could. */
function issuerOf({ staffProvider }: Services): string {
  if (staffProvider === undefined) throw fault('sign-in/unavailable')
  return staffProvider.issuer
}
