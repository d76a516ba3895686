/**
 * The demo desk: a page that plays the agencies, through the same services as the API. Demo mode only: it
 * has no sign-in, so the app never mounts it in production, and forms of other origins are refused.
 */
import { Fault, fault } from '@onetrip/codec'
import { isMatterCode, MAX_MATTERS } from '@onetrip/credential'
import {
  identityOfShi,
  propertyOfZhao,
  type SampleLicence,
  sampleLicences,
} from '@onetrip/fixtures'
import { Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { denyCounter } from '../enrolment/deny-list.ts'
import { confirmCounter } from '../enrolment/office-counters.ts'
import type { AppEnvironment } from '../http/app-context.ts'
import { MAX_BODY_BYTES, parseInput, readForm } from '../http/read-request.ts'
import { changeStatus } from '../licences/change-status.ts'
import { issueLicence } from '../licences/issue-licence.ts'
import { printPaper } from '../licences/print-paper.ts'
import { offerAgain } from '../offers/offer-again.ts'
import { PROBLEM_STATUS } from '../problem-status.ts'
import type { Services } from '../services.ts'
import { requestHash } from '../storage/idempotency.ts'
import { demoActor } from './demo-actor.ts'
import { deskCounters, officeActor } from './desk-counters.ts'
import { MATTER_FIELD } from './desk-counters-view.ts'
import { deskAgencies, deskLicences } from './desk-data.ts'
import { deskFiles, MAX_DESK_FILE_BYTES } from './desk-files.ts'
import { deskPage, paperPage, refusalPage } from './desk-page.ts'
import { addSealRoutes, DESK_FILE_PATH } from './desk-seal-routes.ts'
import { deskSeals, deskUses } from './desk-seals.ts'
import { DESK_STYLE } from './desk-style.ts'
import { pageAnswer } from './page-layout.ts'

const ID = v.pipe(v.string(), v.uuid())
const STATUS = v.picklist(['valid', 'suspended', 'revoked'])
const SAMPLE = v.pipe(v.string(), v.regex(/^[0-9]$/), v.transform(Number))
const CODE = v.pipe(v.string(), v.maxLength(16))
const MATTERS = v.pipe(v.array(v.pipe(v.string(), v.check(isMatterCode))), v.maxLength(MAX_MATTERS))
const REASON = '发证窗口操作 demo desk'
/** What the desk can issue: the cast, a person whose name needs a picture, and a licence that is shown with a receipt of the log. */
const DESK_SAMPLES: readonly SampleLicence[] = [...sampleLicences, identityOfShi, propertyOfZhao]

/** The page `/` and its forms below `/desk`; `limitOf` makes what refuses larger bodies. */
export function deskRoutes(
  services: Services,
  limitOf: (maxBytes: number) => MiddlewareHandler<AppEnvironment>,
): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const files = deskFiles()
  const [fileLimit, limit] = [
    limitOf(MAX_DESK_FILE_BYTES + MAX_BODY_BYTES),
    limitOf(MAX_BODY_BYTES),
  ]
  routes.use('/desk/*', (context, next) =>
    (context.req.path === DESK_FILE_PATH ? fileLimit : limit)(context, next),
  )

  routes.onError((error) => {
    if (!(error instanceof Fault)) throw error
    return pageAnswer(refusalPage(error.code), PROBLEM_STATUS[error.code])
  })

  routes.get('/', async () => {
    const agencies = await deskAgencies(services)
    const licences = await deskLicences(services)
    const counters = await deskCounters(services)
    const view = { config: services.config, agencies, licences, counters, samples: DESK_SAMPLES }
    const [seals, uses] = [await deskSeals(services), await deskUses(services)]
    const atHand = (digest: string): boolean => files.find(digest) !== undefined
    return pageAnswer(deskPage({ ...view, seals, uses, atHand }), 200)
  })

  routes.get('/desk/style.css', (context) =>
    context.body(DESK_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  )

  routes.post('/desk/issue', async (context) => {
    const form = await readForm(context)
    const sample = DESK_SAMPLES[parseInput(SAMPLE, form.get('sample'))]
    if (sample === undefined) throw fault('input/invalid')
    await issueSample(services, sample)
    return context.redirect('/#offers', 303)
  })

  routes.post('/desk/licences/:id/status', async (context) => {
    const form = await readForm(context)
    const licenceId = parseInput(ID, context.req.param('id'))
    await changeStatus(services, {
      actor: await actorOf(services, licenceId),
      licenceId,
      status: parseInput(STATUS, form.get('status')),
      reason: REASON,
    })
    return context.redirect(`/#licence-${licenceId}`, 303)
  })

  routes.post('/desk/licences/:id/paper', async (context) => {
    const licenceId = parseInput(ID, context.req.param('id'))
    const actor = await actorOf(services, licenceId)
    return pageAnswer(paperPage(await printPaper(services, { actor, licenceId })), 200)
  })

  routes.post('/desk/licences/:id/offers', async (context) => {
    const licenceId = parseInput(ID, context.req.param('id'))
    const actor = await actorOf(services, licenceId)
    await offerAgain(services, { actor, licenceId, withdrawEarlier: false })
    return context.redirect('/#offers', 303)
  })

  routes.post('/desk/counters/:id/confirm', async (context) => {
    const form = await readForm(context)
    const actor = await officeActor(services)
    const counterId = parseInput(ID, context.req.param('id'))
    const code = parseInput(CODE, form.get('code'))
    const boxes = [...form.keys()].filter((name) => name.startsWith(MATTER_FIELD))
    const matters = parseInput(
      MATTERS,
      boxes.map((name) => name.slice(MATTER_FIELD.length)),
    )
    await confirmCounter(services, { actor, counterId, code, matters })
    return context.redirect('/#counters', 303)
  })

  routes.post('/desk/counters/:id/deny', async (context) => {
    const counterId = parseInput(ID, context.req.param('id'))
    await denyCounter(services, { actor: await officeActor(services), counterId })
    return context.redirect('/#counters', 303)
  })

  addSealRoutes(routes, services, files)
  return routes
}

/** Issues a sample once more, under a serial of the server's. */
async function issueSample(services: Services, sample: SampleLicence): Promise<void> {
  const actor = await demoActor(services, sample.agencyId)
  const { validFrom, validTo, claims } = sample.facts
  const key = services.newId()
  await issueLicence(services, {
    actor,
    request: {
      type: sample.typeCode,
      validFrom,
      validTo,
      claims,
      holderReference: sample.holder,
    },
    repeatable: {
      actorId: actor.actorId,
      key,
      requestHash: requestHash('desk', Buffer.from(key)),
    },
  })
}

async function actorOf(services: Services, licenceId: string) {
  const row = await services.storage
    .selectFrom('licence')
    .select('agency_id')
    .where('id', '=', licenceId)
    .executeTakeFirst()
  if (row === undefined) throw fault('licence/not-found')
  return demoActor(services, row.agency_id)
}
