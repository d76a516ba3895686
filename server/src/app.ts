/** The API app: public data, OpenID4VCI, the agency API and, in the demo, the desk. One place for faults. */

import { fault } from '@onetrip/codec'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeRoute } from 'hono-openapi'
import { authenticateWithin } from './actors/api-limits.ts'
import { archiveRoutes, licenceArchiveRoutes } from './archive/archive-routes.ts'
import { batchRoutes } from './batches/batch-routes.ts'
import { caseRoutes } from './cases/case-routes.ts'
import { guideRoutes } from './cases/guide-routes.ts'
import { oversightRoutes } from './cases/oversight-routes.ts'
import { reportRoutes } from './cases/report-routes.ts'
import { MAX_UPLOAD_BYTES } from './cases/upload-limits.ts'
import { myRoutes } from './citizens/my-routes.ts'
import { signInRoutes } from './citizens/sign-in-routes.ts'
import { copyRoutes } from './copies/copy-routes.ts'
import { deskRoutes } from './demo/desk-routes.ts'
import { counterRoutes } from './enrolment/counter-routes.ts'
import { enrolmentRoutes } from './enrolment/enrolment-routes.ts'
import { createFaceApp } from './face-app.ts'
import type { AppEnvironment } from './http/app-context.ts'
import { answerIn } from './http/open-answers.ts'
import { allowEveryone, allowReading, changeOnlyFrom, onlyAtLocalhost } from './http/origins.ts'
import { MAX_BODY_BYTES } from './http/read-request.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { openApiDocument } from './openapi.ts'
import { counterAskRoutes } from './openid4vp/counter-ask-routes.ts'
import { openId4VpRoutes } from './openid4vp/openid4vp-routes.ts'
import { verificationRoutes } from './openid4vp/verification-routes.ts'
import { orderRoutes } from './orders/order-routes.ts'
import { answerFault, problemAnswer } from './problems.ts'
import { lateWitnesses } from './record/cosigned-note.ts'
import { entryRoutes } from './record/entry-routes.ts'
import { proofRoutes } from './record/proof-routes.ts'
import { recordRoutes } from './record/record-routes.ts'
import { registerRoutes } from './registers/register-routes.ts'
import { requireRouteRight } from './rights/require-route-right.ts'
import { licenceRoutes } from './routes/licence-routes.ts'
import { openIdRoutes } from './routes/openid-routes.ts'
import { publicRoutes } from './routes/public-routes.ts'
import { sealRoutes } from './seals/seal-routes.ts'
import type { Services } from './services.ts'
import { staffRoutes } from './staff/staff-routes.ts'
import { staffSignInRoutes } from './staff/staff-sign-in-routes.ts'
import { clockDoubt } from './trust-data/clock-doubt.ts'
import { endingRoles } from './trust-data/ending-roles.ts'
import { trustStateRoutes } from './trust-data/trust-state-routes.ts'

/** Its pages act by the session's cookie, so it stands at the origin that the cookie is for. */
const CONSOLE_BASE = '/console'
/** Below these are files, and limits of their own; on every other body of the API there is one. */
const TAKES_FILES = /^\/api\/(?:batches|cases|my|seals)(?:\/|$)/
const READY = { 200: answerIn('It does', 'application/json') }
const READINESS = {
  operationId: 'ready',
  summary: 'Whether it can do its work, and what ends soon',
  responses: {
    200: answerIn('Ready', 'application/json'),
    503: answerIn('Not ready, and why', 'application/json', 'application/problem+json'),
  },
}

/** Makes the app, with the built console of `consoleFolder` where there is one; `app.request()` answers without a socket. */
export function createApp(
  services: Services,
  { consoleFolder }: { readonly consoleFolder?: string } = {},
): Hono<AppEnvironment> {
  const { config } = services
  const faces = [config.walletOrigin, config.counterOrigin]
  const app = new Hono<AppEnvironment>()
  const limit = bodyLimitOf(MAX_BODY_BYTES)

  app.use(requestLog(services), securityHeaders(config.apiOrigin))
  app.onError((error, context) => answerFault(services, error, context))
  app.notFound((context) =>
    problemAnswer({ code: 'http/not-found', requestId: context.get('requestId') }),
  )

  const fileLimit = bodyLimitOf(MAX_UPLOAD_BYTES)
  app.use('/api/my/*', (context, next) =>
    (context.req.path.endsWith('/file') ? fileLimit : limit)(context, next),
  )
  app.route('/api/my', myRoutes(services))
  app.route('/sign-in', signInRoutes(services, limit))
  app.route('/staff', staffSignInRoutes(services))
  if (consoleFolder !== undefined) {
    const [folder, origin, base] = [consoleFolder, config.apiOrigin, CONSOLE_BASE]
    app.route(base, createFaceApp({ folder, origin, base, reaches: [] }))
  }

  // Whoever has no key learns nothing of the API, not even which routes it has.
  app.use('/api/*', authenticateWithin(services))
  app.use('/api/*', changeOnlyFrom([config.apiOrigin]))
  app.use('/api/*', requireRouteRight(services))
  app.use('/api/*', (context, next) =>
    TAKES_FILES.test(context.req.path) ? next() : limit(context, next),
  )
  app.route('/api/licences', registerRoutes(services))
  app.route('/api/licences', licenceArchiveRoutes(services))
  app.route('/api/licences', licenceRoutes(services))
  app.route('/api/batches', batchRoutes(services, bodyLimitOf))
  app.route('/api/orders', orderRoutes(services))
  app.route('/api/counters', counterRoutes(services))
  app.route('/api/verifications', verificationRoutes(services))
  app.route('/api/seals', sealRoutes(services, bodyLimitOf))
  app.route('/api/log', entryRoutes(services))
  app.route('/api/trust', trustStateRoutes(services))
  app.route('/api/staff', staffRoutes(services))
  app.route('/api/cases', archiveRoutes(services))
  app.route('/api/cases', caseRoutes(services, bodyLimitOf))
  app.route('/api', oversightRoutes(services))

  const counter = [config.counterOrigin]
  app.use(
    '/enrolment/*',
    allowReading(counter),
    changeOnlyFrom([config.apiOrigin, ...counter]),
    limit,
  )
  app.route('/enrolment', enrolmentRoutes(services))
  app.use('/asking/*', allowReading(counter), changeOnlyFrom([config.apiOrigin, ...counter]), limit)
  app.route('/asking', counterAskRoutes(services))

  app.use('/openid/*', allowReading(faces), changeOnlyFrom([config.apiOrigin, ...faces]), limit)
  app.route('/openid', openIdRoutes(services))

  // Whoever has the address of a request may read and answer it, from any page or none.
  app.use('/openid4vp/*', allowEveryone(), limit)
  app.route('/openid4vp', openId4VpRoutes(services))

  for (const path of ['/guides/*', '/reports/*']) {
    app.use(path, allowReading(faces), changeOnlyFrom([config.apiOrigin, ...faces]), limit)
  }
  app.route('/guides', guideRoutes(services))
  app.route('/reports', reportRoutes(services))

  const wallet = [config.walletOrigin]
  app.use('/copies/*', allowReading(wallet), changeOnlyFrom([config.apiOrigin, ...wallet]), limit)
  app.route('/copies', copyRoutes(services))

  for (const path of ['/trust/*', '/types/*', '/.well-known/*']) {
    app.use(path, allowReading(faces))
  }
  for (const path of ['/s/*', '/log/*']) app.use(path, allowEveryone())
  app.route('/log', recordRoutes(services))
  app.route('/log', proofRoutes(services))
  app.route('/', publicRoutes(services))

  app.get(
    '/healthz',
    describeRoute({
      operationId: 'health',
      summary: 'Whether the process answers',
      responses: READY,
    }),
    (context) => context.json({ status: 'ok' }),
  )
  app.get('/readyz', describeRoute(READINESS), async (context) => {
    await services.storage.selectFrom('setting').select('name').limit(1).execute()
    // A release whose lists are wrong never becomes ready, and the processes before it go on serving.
    const doubt = await clockDoubt(services)
    const ahead = doubt?.code === 'clock/ahead' ? [{ list: 'repository', code: doubt.code }] : []
    const unpublished = services.publicationFaults.all()
    const faults = [...ahead, ...unpublished.filter(({ code }) => code !== 'clock/ahead')]
    if (faults.length > 0) return context.json({ status: 'not-ready', faults }, 503)
    const [endsSoon, late] = [await endingRoles(services), await lateWitnesses(services)]
    // Whatever needs no signature goes on: no reason to send people away.
    const isHsmDown = services.hsm !== undefined && !(await services.hsm.isUp())
    return context.json({
      status: 'ready',
      ...(endsSoon.length === 0 ? {} : { endsSoon }),
      ...(late.length === 0 ? {} : { lateWitnesses: late }),
      // Verifiers meet the same; taking this process out of service would help none of them.
      ...(doubt === undefined ? {} : { clock: doubt }),
      ...(isHsmDown ? { hsm: 'unavailable' as const } : {}),
    })
  })
  app.get(
    '/openapi.json',
    describeRoute({ operationId: 'openApi', summary: 'This document', responses: READY }),
    async (context) => context.json(await openApiDocument(app)),
  )

  if (config.mode === 'demo') {
    // The desk has no sign-in.
    for (const path of ['/', '/desk/*']) app.use(path, onlyAtLocalhost())
    app.use('/desk/*', changeOnlyFrom([config.apiOrigin]))
    app.route('/', deskRoutes(services, bodyLimitOf))
  }
  return app
}

function bodyLimitOf(maxSize: number): MiddlewareHandler<AppEnvironment> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw fault('http/body-too-large')
    },
  })
}
