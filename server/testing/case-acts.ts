/** For the test that every act is an entry: what each route of cases adds to the record, and a walk over all of them. */
import type { JsonObject } from '@onetrip/codec'
import { dayAt } from '../src/cases/working-days.ts'
import {
  bringDeferred,
  type CaseWorld,
  CENTRE,
  CHEN,
  DRAWING,
  FIRE_PART,
  FOOD,
  FOOD_DRAFT,
  LARGE,
  licenceOf,
  promiseOf,
  SMALL,
  sealInUse,
  versionOf,
} from './case-world.ts'
import { TYPES } from './test-world.ts'
import { answer, fetchRequest, presentFor, receiveLicences } from './vp-wallet.ts'

/** What a route adds, all of it; or why it adds nothing. */
export const CASE_ACTS: Readonly<Record<string, readonly string[] | string>> = {
  'POST /guides/:matter/plan': 'it reads',
  'POST /reports': ['report/file'],
  'POST /api/reports/:id/answer': ['report/answer'],
  'POST /api/feedback/:id/answer': ['case/answer-rating'],
  'POST /api/cases': ['case/begin'],
  'POST /api/cases/:id/form': ['case/form'],
  'POST /api/cases/:id/materials/:material': ['case/material', 'case/promise', 'case/deferred'],
  'POST /api/cases/:id/materials/:material/file': ['case/upload'],
  'POST /api/cases/:id/verification': ['verification/open'],
  'POST /api/cases/:id/verification/result': ['case/licences'],
  'POST /api/cases/:id/submit': ['case/submit'],
  'POST /api/cases/:id/accept': ['case/accept', 'case-part/begin', 'case-part/confirm'],
  'POST /api/cases/:id/return': ['case/return'],
  'POST /api/cases/:id/decline': ['case/decline'],
  'POST /api/cases/:id/withdraw': ['case/withdraw', 'case-part/withdraw'],
  'POST /api/cases/:id/close': ['case/close'],
  'POST /api/cases/:id/archive': ['case/archive'],
  'POST /api/cases/:id/visits': ['case/visit-set'],
  'POST /api/cases/:id/visits/:visit/findings': ['case/visit-findings'],
  'POST /api/cases/:id/parts/:part/confirm': ['case-part/confirm'],
  'POST /api/cases/:id/parts/:part/grant': ['case-part/grant'],
  'POST /api/cases/:id/parts/:part/refuse': ['case-part/refuse'],
  'POST /api/cases/:id/parts/:part/return': ['case-part/return'],
  'POST /api/cases/:id/parts/:part/correct': ['case-part/correct'],
  'POST /api/cases/:id/parts/:part/draft': ['case-part/draft'],
  'POST /api/cases/:id/parts/:part/send-back': ['case-part/send-back'],
  'POST /api/cases/:id/parts/:part/approve': ['case-part/approve'],
  'POST /api/cases/:id/parts/:part/ask-seal': ['case-part/ask-seal', 'seal-use/request'],
  'POST /api/cases/:id/parts/:part/seal': ['case-part/seal', 'impression', 'seal-use/seal'],
  'POST /api/cases/:id/parts/:part/issue': ['case-part/issue', 'licence/issue', 'offer/make'],
  'POST /api/cases/:id/parts/:part/offer': ['offer/make'],
  'POST /api/cases/:id/parts/:part/paper': ['paper/print', 'issuance', 'credential/issue'],
  'POST /api/cases/:id/parts/:part/deliver': ['case-part/deliver'],
  'POST /api/my/cases': ['case/begin'],
  'POST /api/my/cases/:id/form': ['case/form'],
  'POST /api/my/cases/:id/materials/:material': ['case/material', 'case/promise', 'case/deferred'],
  'POST /api/my/cases/:id/materials/:material/file': ['case/upload'],
  'POST /api/my/cases/:id/verification': ['verification/open'],
  'POST /api/my/cases/:id/verification/result': ['case/licences'],
  'POST /api/my/cases/:id/submit': ['case/submit'],
  'POST /api/my/cases/:id/withdraw': ['case/withdraw', 'case-part/withdraw'],
  'POST /api/my/cases/:id/parts/:part/correct': ['case-part/correct'],
  'POST /api/my/cases/:id/parts/:part/feedback': ['case/rate'],
}

/** Uses every route of the table once at least; throws where one is refused. */
export async function walkCases(cases: CaseWorld): Promise<void> {
  await cases.done('clerk', '/guides/open-restaurant/plan', { answers: SMALL })
  await walkReports(cases)
  await walkBack(cases)
  await walkLicence(cases)
  await walkRefusal(cases)
  await walkWallet(cases, 'clerk')
  await walkWallet(cases, 'citizen')
}

async function walkReports(cases: CaseWorld): Promise<void> {
  const report = {
    code: 'signature/invalid',
    place: 'wallet',
    judgedAt: 1,
    agency: '11339901XYN000014M',
  }
  const { id } = await cases.done('clerk', '/reports', report)
  await cases.done('owner', `/api/reports/${id}/answer`, { answer: '已核查' })
}

async function walkBack(cases: CaseWorld): Promise<void> {
  const id = await cases.filled('clerk')
  await must(cases.step('clerk', id, 'submit'))
  await must(cases.step('clerk', id, 'return', { reason: 'x' }))
  await must(cases.step('clerk', id, 'submit'))
  await must(cases.step('clerk', id, 'decline', { reason: 'x', ground: 'conditions-unmet' }))
  await must(cases.step('clerk', await cases.accepted(), 'withdraw'))
  const mine = await cases.filled('citizen')
  await must(cases.step('citizen', mine, 'submit'))
  await must(cases.step('citizen', mine, 'withdraw'))
}

/** A case that ends with a licence, to its archive; answers its id. */
export async function walkLicence(cases: CaseWorld): Promise<string> {
  const seal = await sealInUse(cases)
  const id = await cases.accepted()
  const food = { id, part: FOOD }
  await must(cases.partStep('reviewer', food, 'return', { reason: 'x' }))
  await must(cases.partStep('citizen', food, 'correct'))
  await must(cases.partStep('reviewer', food, 'return', { reason: 'x' }))
  await must(cases.partStep('clerk', food, 'correct'))
  await bringDeferred(cases.world, id)
  const visit = { day: dayAt(cases.world.services.now()), parts: [FOOD] }
  const { id: made } = await cases.done('reviewer', `/api/cases/${id}/visits`, visit)
  const found = { part: FOOD, passed: true, findings: '合格' }
  await cases.done('reviewer', `/api/cases/${id}/visits/${made}/findings`, found)
  await must(cases.partStep('reviewer', food, 'grant'))
  await must(cases.partStep('reviewer', food, 'draft', { draft: FOOD_DRAFT }))
  await must(cases.partStep('approver', food, 'send-back', { reason: 'x' }))
  await must(cases.partStep('reviewer', food, 'draft', { draft: FOOD_DRAFT }))
  const sha256 = await digestOf(cases, food)
  await must(cases.partStep('approver', food, 'approve', { sha256 }))
  const { use } = await must(cases.partStep('approver', food, 'ask-seal', { seal }))
  const decision = { decision: 'approve', files: [sha256] }
  await cases.done('keeper', `/api/seals/uses/${use}/decision`, decision)
  await must(cases.partStep('approver', food, 'seal'))
  await must(cases.partStep('handler', food, 'issue'))
  await cases.done('clerk', `/api/cases/${id}/parts/${FOOD}/offer`, {})
  await cases.done('clerk', `/api/cases/${id}/parts/${FOOD}/paper`, {})
  await must(cases.partStep('clerk', food, 'deliver'))
  await must(cases.step('clerk', id, 'close'))
  await must(cases.step('clerk', id, 'archive'))
  return id
}

async function walkRefusal(cases: CaseWorld): Promise<void> {
  const id = await cases.accepted(LARGE)
  const fire = { id, part: FIRE_PART }
  await must(cases.partStep('fire', fire, 'refuse', { reason: 'x', ground: 'fire-exits' }))
  await must(cases.partStep('fireChief', fire, 'approve', { sha256: await digestOf(cases, fire) }))
  const path = `/api/my/cases/${id}/parts/${FIRE_PART}/feedback`
  const { id: rating } = await cases.done('citizen', path, { level: 1 })
  await cases.done('fireChief', `/api/feedback/${rating}/answer`, { answer: '已回访' })
  // Without a licence that data settle it by, a person looks.
  await cases.world.services.storage
    .updateTable('case_part')
    .set({ state: 'reviewing' })
    .where('case_id', '=', id)
    .where('code', '=', 'business-check')
    .execute()
  await must(cases.partStep('reviewer', { id, part: 'business-check' }, 'confirm'))
}

async function walkWallet(cases: CaseWorld, who: 'clerk' | 'citizen'): Promise<void> {
  const { world } = cases
  const base = who === 'clerk' ? '/api/cases' : '/api/my/cases'
  const where = who === 'clerk' ? { applicant: CHEN } : { office: CENTRE }
  const begun = { matter: 'open-restaurant', answers: SMALL, ...where }
  const { id } = await cases.done(who, base, begun)
  const path = `${base}/${id}`
  const home = { redirectUri: `${world.services.config.walletOrigin}/case` }
  const opened = await cases.done(who, `${path}/verification`, who === 'clerk' ? {} : home)
  const request = await fetchRequest(world, { requestUri: String(opened['requestUri']) }, 'n2')
  const parts = await presentFor(world, request, await receiveLicences(world))
  const back: { redirect_uri?: string } = await (await answer(world, request, parts)).json()
  const [, responseCode = ''] = (back.redirect_uri ?? '').split('#response_code=')
  const shown = who === 'clerk' ? { version: 1 } : { version: 1, responseCode }
  await cases.done(who, `${path}/verification/result`, shown)
  const next = async (place: string, body: JsonObject): Promise<void> => {
    const version = await versionOf(world, String(id))
    await cases.done(who, `${path}/${place}`, { version, ...body })
  }
  const licence = await licenceOf(world, TYPES.business)
  await next('materials/business-licence', { way: 'register', licence })
  const text = promiseOf('food-safety-rules')
  await next('materials/food-safety-rules', { way: 'promise', text })
  await next('materials/premises', { way: 'deferred' })
  await next('form', { values: { phone: '0571-00000000' } })
  const version = await versionOf(world, String(id))
  const file = `${path}/materials/layout/file?version=${version}`
  const { status } = await cases.request(who, file, DRAWING)
  if (status !== 201) throw new Error(`${file}: ${status}`)
}

async function digestOf(
  { world }: CaseWorld,
  { id, part }: { readonly id: string; readonly part: string },
): Promise<string> {
  const row = await world.services.storage
    .selectFrom('case_part')
    .select('document_sha256')
    .where('case_id', '=', id)
    .where('code', '=', part)
    .executeTakeFirstOrThrow()
  return row.document_sha256 ?? ''
}

async function must(
  answered: Promise<{ readonly status: number; readonly body: JsonObject }>,
): Promise<JsonObject> {
  const { status, body } = await answered
  if (status >= 300) throw new Error(JSON.stringify(body))
  return body
}
