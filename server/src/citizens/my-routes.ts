/** `/api/my`: what a citizen who signed in does with their own licences. */
import { fault } from '@onetrip/codec'
import { Hono, type MiddlewareHandler } from 'hono'
import { describeRoute } from 'hono-openapi'
import * as v from 'valibot'
import { myCaseRoutes } from '../cases/my-case-routes.ts'
import {
  apiResponses,
  FURTHER_OFFER,
  fileResponses,
  MY_LICENCES,
  SIGNED_OUT,
  WITHDRAWN,
} from '../http/answer-schemas.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { clientOf } from '../http/client-address.ts'
import { cookieLine } from '../http/cookies.ts'
import { ID_PARAMETER, idOf, jsonBody } from '../http/describe-parts.ts'
import { allowReading, changeOnlyFrom } from '../http/origins.ts'
import { readOptionalJson } from '../http/read-request.ts'
import type { Services } from '../services.ts'
import {
  authenticateCitizen,
  bringsSession,
  type Citizen,
  isRecent,
  SESSION_COOKIE,
} from './citizen.ts'
import { signOut } from './citizen-acts.ts'
import { exportMyData } from './my-data.ts'
import { listMyLicences } from './my-licences.ts'
import { offerForNewPhone, withdrawAllCopies } from './re-bind.ts'

const SECURITY: Record<string, string[]>[] = [{ wallet: [] }, { session: [] }]
const NO_STORE = { 'Cache-Control': 'no-store' } as const
const SIGN_OUT_REQUEST = v.pipe(
  v.strictObject({
    everywhere: v.optional(v.pipe(v.boolean(), v.description('All sessions of this person'))),
  }),
  v.metadata({ ref: 'SignOutRequest' }),
)

/** Routes below `/api/my`. */
export function myRoutes(services: Services): Hono<AppEnvironment> {
  const { config } = services
  const routes = new Hono<AppEnvironment>()
  const offers = services.rates.counter('citizen/offer')
  const exports = services.rates.counter('citizen/export')
  routes.use(
    allowReading([config.walletOrigin]),
    changeOnlyFrom([config.apiOrigin, config.walletOrigin]),
    requireCitizen(services),
  )
  routes.route('/cases', myCaseRoutes(services))

  routes.get(
    '/licences',
    describeRoute({
      operationId: 'listMyLicences',
      summary: 'The licences of the citizen who is signed in, without their claims',
      security: SECURITY,
      responses: apiResponses(200, MY_LICENCES),
    }),
    async (context) => {
      const licences = await listMyLicences(services, context.get('citizen'))
      return context.json({ licences }, 200, NO_STORE)
    },
  )

  routes.get(
    '/data',
    describeRoute({
      operationId: 'exportMyData',
      summary:
        'All that is kept of the citizen who is signed in, as JSON with their files in a ZIP file',
      security: SECURITY,
      responses: fileResponses('application/zip', 'The file; that it was given out is recorded'),
    }),
    async (context) => {
      const citizen = recentCitizen(services, context)
      exports.count(citizen.subject)
      const bytes = await exportMyData(services, citizen)
      return context.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': 'attachment; filename="my-data.zip"',
        ...NO_STORE,
      })
    },
  )

  routes.post(
    '/licences/:id/rebind',
    describeRoute({
      operationId: 'rebindLicence',
      summary: 'Offer a licence for a new phone; receiving it revokes every earlier copy',
      security: SECURITY,
      parameters: [ID_PARAMETER],
      responses: apiResponses(201, FURTHER_OFFER),
    }),
    async (context) => {
      const citizen = recentCitizen(services, context)
      offers.count(citizen.subject)
      const offer = await offerForNewPhone(services, citizen, idOf(context))
      const { txCode, ...told } = offer
      return context.json({ offer: told, txCode }, 201, NO_STORE)
    },
  )

  routes.post(
    '/phone-lost',
    describeRoute({
      operationId: 'reportPhoneLost',
      summary: "Revoke every copy of the citizen's licences; the licences stay as they are",
      security: SECURITY,
      responses: apiResponses(200, WITHDRAWN),
    }),
    async (context) => {
      const licences = await withdrawAllCopies(services, recentCitizen(services, context))
      return context.json({ licences }, 200, NO_STORE)
    },
  )

  routes.post(
    '/sign-out',
    describeRoute({
      operationId: 'signOut',
      summary: 'End this session, or all of them',
      security: SECURITY,
      requestBody: { ...jsonBody(SIGN_OUT_REQUEST), required: false },
      responses: apiResponses(200, SIGNED_OUT),
    }),
    async (context) => {
      const { value } = await readOptionalJson(context, SIGN_OUT_REQUEST)
      const { session, subject } = context.get('citizen')
      const everywhere = value.everywhere ?? false
      await signOut(services, everywhere ? { subject } : { subject, session })
      const gone = { name: SESSION_COOKIE, value: '', maxAgeSeconds: 0 }
      context.header('Set-Cookie', cookieLine(config, gone))
      return context.json({ everywhere }, 200, NO_STORE)
    },
  )
  return routes
}

/** The citizen, where they signed in a moment ago; `sign-in/not-recent`. */
function recentCitizen(services: Services, context: AppContext): Citizen {
  const citizen = context.get('citizen')
  if (!isRecent(services, citizen)) throw fault('sign-in/not-recent')
  return citizen
}

/** Sets the citizen of a request. Throws `auth/required`, `http/origin`, `http/rate-limited`. */
function requireCitizen(services: Services): MiddlewareHandler<AppEnvironment> {
  const citizens = services.rates.counter('citizen/request')
  const wrongSessions = services.rates.counter('citizen/wrong-session')
  return async (context, next) => {
    const client = clientOf(context, services.config.trustedProxies)
    wrongSessions.assertFree(client)
    const citizen = await authenticateCitizen(services, context)
    if (citizen === undefined) {
      if (bringsSession(services, context)) wrongSessions.count(client)
      throw fault('auth/required')
    }
    citizens.count(citizen.subject)
    context.set('citizen', citizen)
    context.set('seeAgain', async () => {
      const still = await authenticateCitizen(services, context)
      if (still === undefined) throw fault('auth/required')
      context.set('citizen', still)
    })
    await next()
  }
}
