/** `/staff`: the way of a member's browser to their identity provider and back. */
import { Fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { AppEnvironment } from '../http/app-context.ts'
import { limitByAddress } from '../http/rate-limit.ts'
import type { Services } from '../services.ts'
import { beginStaffSignIn, CONSOLE_PATH, finishStaffSignIn, toConsole } from './staff-sign-in.ts'

const REDIRECT = { 303: { description: 'On to the next step' } } as const

/** Routes below `/staff`. */
export function staffSignInRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/sign-in',
    limitByAddress(services, 'staff-sign-in/begin'),
    describeRoute({
      operationId: 'signInStaff',
      summary:
        'Sign in as a member of staff; ends at the console, with the reason in the fragment where it failed',
      parameters: [
        {
          name: 'to',
          in: 'query',
          required: false,
          description: `Path of the console to come back to; ${CONSOLE_PATH} without it`,
          schema: { type: 'string' },
        },
        {
          name: 'anew',
          in: 'query',
          required: false,
          description: '1: be authenticated anew, as what seals, revokes and gives rights asks',
          schema: { type: 'string', enum: ['1'] },
        },
      ],
      responses: REDIRECT,
    }),
    async (context) => {
      const path = context.req.query('to') ?? CONSOLE_PATH
      try {
        return await beginStaffSignIn(services, { path, anew: context.req.query('anew') === '1' })
      } catch (error) {
        // Somebody is looking at this: they came by a link, and are sent back with the reason.
        if (!(error instanceof Fault)) throw error
        const isAbsent = error.code === 'http/not-found'
        return toConsole(services, isAbsent ? 'sign-in/unavailable' : error.code)
      }
    },
  )

  routes.get(
    '/callback',
    limitByAddress(services, 'staff-sign-in/callback'),
    describeRoute({
      operationId: 'staffSignInCallback',
      summary:
        'Redirection endpoint for the identity provider of staff (OpenID Connect Core 1.0 §3.1.2.5)',
      responses: REDIRECT,
    }),
    (context) => finishStaffSignIn(services, context),
  )
  return routes
}
