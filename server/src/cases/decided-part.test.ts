/** While one part is returned, another may have been decided: what that one was decided by stays as it was. */
import { isObject, type JsonObject } from '@onetrip/codec'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CaseAnswer,
  type CaseWorld,
  DRAWING,
  FIRE_PART,
  FOOD,
  LARGE,
  licenceOf,
  openCaseWorld,
  versionOf,
} from '../../testing/case-world.ts'
import { TYPES } from '../../testing/test-world.ts'
import { answer, fetchRequest, presentFor, receiveLicences } from '../../testing/vp-wallet.ts'

let cases: CaseWorld

beforeAll(async () => {
  cases = await openCaseWorld()
}, 120_000)
afterAll(() => cases.world.close())

test('neither a field nor a material of a decided part changes, and the returned part’s own do', async () => {
  const id = await cases.accepted(LARGE)
  const food = { id, part: FOOD }
  const form = async (values: JsonObject) =>
    cases.call('clerk', `/api/cases/${id}/form`, {
      version: await versionOf(cases.world, id),
      values,
    })
  const file = async (material: string): Promise<[number, unknown]> => {
    const version = await versionOf(cases.world, id)
    const path = `/api/cases/${id}/materials/${material}/file?version=${version}`
    const response = await cases.request('clerk', path, DRAWING)
    const { code }: { code?: string } = await response.json()
    return [response.status, code]
  }
  const licence = async (): Promise<[number, unknown]> => {
    const version = await versionOf(cases.world, id)
    const wanted = {
      version,
      way: 'register',
      licence: await licenceOf(cases.world, TYPES.business),
    }
    const path = `/api/cases/${id}/materials/business-licence`
    const { status, body } = await cases.call('clerk', path, wanted)
    return [status, body['code']]
  }
  await cases.partStep('reviewer', food, 'return', { reason: '布局图不清' })
  expect((await form({ remarks: '先改' })).status).toBe(200)
  expect(await licence()).toEqual([200, undefined])
  expect((await cases.read('clerk', id))['actions']).toContain('withdraw')
  const part = await decideFire(id)
  expect((await cases.read('clerk', id))['actions']).not.toContain('withdraw')

  const late = await form({ remarks: '后改', items: '冷食类制售' })
  expect([late.status, late.body['code']]).toEqual([409, 'case/decided'])
  // What the fire brigade does not read, and what no decision does.
  expect((await form({ items: '冷食类制售', phone: '0571-00000001' })).status).toBe(200)
  const { fields } = await cases.read('clerk', id)
  const fixed = Array.isArray(fields)
    ? fields.filter(isObject).flatMap(({ name, fixedBy }) => [[name, fixedBy]])
    : []
  expect(fixed).toContainEqual(['remarks', [FIRE_PART]])
  expect(fixed).toContainEqual(['items', []])
  const document = String(part?.['document'])
  expect([document.includes('备注：先改'), document.includes('经营项目')]).toEqual([true, false])
  // Shared by both; and of the returned part alone.
  expect(await licence()).toEqual([409, 'case/decided'])
  expect(await file('layout')).toEqual([201, undefined])
  expect((await cases.read('clerk', id))['form']).toMatchObject({
    remarks: '先改',
    items: '冷食类制售',
  })
  expect((await cases.partStep('clerk', food, 'correct')).body['state']).toBe('reviewing')
})

test('what a reviewer proposed is approved by what they saw of form, materials and office, and by nothing newer', async () => {
  const id = await cases.accepted(LARGE)
  await cases.partStep('reviewer', { id, part: FOOD }, 'return', { reason: '布局图不清' })
  const refuse = async () => {
    const why = { reason: '出口', ground: 'fire-exits' }
    await cases.partStep('fire', { id, part: FIRE_PART }, 'refuse', why)
  }
  const change = async (place: string, body: JsonObject) => {
    cases.later(60)
    const version = await versionOf(cases.world, id)
    await cases.done('clerk', `/api/cases/${id}/${place}`, { version, ...body })
  }
  const proposedAnew = async () => {
    expect((await approveFire(id)).body['code']).toBe('case/draft')
    const back = await cases.partStep('fireChief', { id, part: FIRE_PART }, 'send-back', {
      reason: '材料已变',
    })
    expect(back.body['state']).toBe('reviewing')
    await refuse()
  }
  await refuse()
  await change('form', { values: { remarks: '后补' } })
  await proposedAnew()
  await change('form', { values: { remarks: '' } })
  await proposedAnew()
  const licence = await licenceOf(cases.world, TYPES.business)
  await change('materials/business-licence', { way: 'register', licence })
  await proposedAnew()
  const name = JSON.stringify({ 'zh-CN': '改名后的消防救援机构', en: 'Fire and rescue, renamed' })
  const { storage } = cases.world.services
  const { office_id: office } = await storage
    .selectFrom('case_part')
    .select('office_id')
    .where('case_id', '=', id)
    .where('code', '=', FIRE_PART)
    .executeTakeFirstOrThrow()
  await storage.updateTable('agency').set({ name }).where('id', '=', office).execute()
  await storage.updateTable('office').set({ name }).where('id', '=', office).execute()
  await proposedAnew()
  expect((await approveFire(id)).body['state']).toBe('refused')
})

test('a proposal that was sent back is none, also where the clock was ahead at it', async () => {
  const id = await cases.accepted(LARGE)
  const at = { id, part: FIRE_PART }
  const why = { reason: '出口', ground: 'fire-exits' }
  const days = 2 * 86_400
  cases.later(days)
  await cases.partStep('fire', at, 'refuse', why)
  await cases.partStep('fireChief', at, 'send-back', { reason: '时钟有误' })
  cases.later(-days)
  await cases.partStep('fire', at, 'refuse', why)
  expect((await approveFire(id)).body['state']).toBe('refused')
})

test('a file that comes in the second of a proposal, or while the clock is back, came after it', async () => {
  const id = await cases.accepted(LARGE)
  const at = { id, part: FIRE_PART }
  const why = { reason: '出口', ground: 'fire-exits' }
  const assertProposedAnew = async () => {
    expect((await approveFire(id)).body['code']).toBe('case/draft')
    await cases.partStep('fireChief', at, 'send-back', { reason: '材料已变' })
    expect((await cases.partStep('fire', at, 'refuse', why)).body['state']).toBe('refusing')
  }
  const seen = async () => {
    const { version = 0, sha256 = '' } = (await firePart(id)) ?? {}
    return { version, sha256 }
  }
  await cases.partStep('fire', at, 'refuse', why)
  for (const [material, seconds] of [
    ['fire-safety-rules', 0],
    ['floor-plan', -30],
  ] as const) {
    cases.later(seconds)
    const before = await seen()
    const version = await versionOf(cases.world, id)
    const path = `/api/cases/${id}/materials/${material}/file?version=${version}`
    expect((await cases.request('clerk', path, DRAWING)).status).toBe(201)
    cases.later(-seconds)
    // Nor does whoever looked before it came take a step by what they saw.
    const step = `/api/cases/${id}/parts/${FIRE_PART}/approve`
    const stale = await cases.call('fireChief', step, before)
    expect(stale.body['code']).toBe('case/changed')
    await assertProposedAnew()
  }
  // As an older version proposed, which kept nothing of the materials.
  const { storage, now } = cases.world.services
  const step = { case_id: id, sequence: 99, part: FIRE_PART, action: 'refuse', at: now() }
  const states = { from_state: 'reviewing', to_state: 'refusing', doer: 'staff' } as const
  const nothing = { actor_id: null, reason: null, ground: null, materials: null }
  const older = { ...step, ...states, ...nothing }
  await storage.insertInto('case_transition').values(older).execute()
  await assertProposedAnew()
  expect((await approveFire(id)).body['state']).toBe('refused')
})

test('what was asked for while the case was filled in changes nothing after it was accepted', async () => {
  const id = await cases.filled('citizen', LARGE)
  const { storage, config } = cases.world.services
  const material = storage.updateTable('case_material').where('case_id', '=', id)
  await material.where('code', '=', 'business-licence').set({ way: 'deferred' }).execute()
  const path = `/api/my/cases/${id}`
  const redirectUri = `${config.walletOrigin}/case`
  const opened = await cases.done('citizen', `${path}/verification`, { redirectUri })
  const requestUri = String(opened['requestUri'])
  const request = await fetchRequest(cases.world, { requestUri }, 'n1')
  const parts = await presentFor(cases.world, request, await receiveLicences(cases.world))
  const back: { redirect_uri: string } = await (await answer(cases.world, request, parts)).json()
  const [, responseCode = ''] = back.redirect_uri.split('#response_code=')
  await cases.done('citizen', `${path}/materials/business-licence`, {
    version: await versionOf(cases.world, id),
    way: 'register',
    licence: await licenceOf(cases.world, TYPES.business),
  })
  expect((await cases.step('citizen', id, 'submit')).status).toBe(200)
  expect((await cases.step('clerk', id, 'accept')).status).toBe(200)
  await cases.partStep('reviewer', { id, part: FOOD }, 'return', { reason: '布局图不清' })
  await decideFire(id)
  const late = await cases.call('citizen', `${path}/verification/result`, {
    version: await versionOf(cases.world, id),
    responseCode,
  })
  expect([late.status, late.body['code']]).toEqual([409, 'case/state'])
}, 60_000)

/** The fire brigade refuses its part, by two people; gives the part as it was decided. */
async function decideFire(id: string): Promise<JsonObject | undefined> {
  const fire = { id, part: FIRE_PART }
  const why = { reason: '出口', ground: 'fire-exits' }
  expect((await cases.partStep('fire', fire, 'refuse', why)).body['state']).toBe('refusing')
  expect((await approveFire(id)).body['state']).toBe('refused')
  return firePart(id)
}

async function approveFire(id: string): Promise<CaseAnswer> {
  const sha256 = (await firePart(id))?.['sha256'] ?? ''
  return cases.partStep('fireChief', { id, part: FIRE_PART }, 'approve', { sha256 })
}

async function firePart(id: string): Promise<JsonObject | undefined> {
  const { body } = await cases.call('fireChief', `/api/cases/${id}`)
  if (!Array.isArray(body['parts'])) return undefined
  return body['parts'].filter(isObject).find(({ code }) => code === FIRE_PART)
}
