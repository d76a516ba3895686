/** Cases under bad input: two clerks at once, one person in two roles, a right taken away in between, other people's cases, odd content. */
import { isObject } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bringDeferred,
  type CaseWorld,
  CENTRE,
  CHEN,
  DRAWING,
  FOOD,
  FOOD_DRAFT,
  licenceOf,
  openCaseWorld,
  promiseOf,
  SMALL,
  versionOf,
} from '../../testing/case-world.ts'
import { TYPES } from '../../testing/test-world.ts'
import { answer, fetchRequest, presentFor, receiveLicences } from '../../testing/vp-wallet.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { openSession } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'

let cases: CaseWorld

beforeAll(async () => {
  cases = await openCaseWorld()
}, 120_000)
afterAll(() => cases.world.close())

describe('two clerks on one case', () => {
  test('one takes the step, the other is told that it changed', async () => {
    const id = await cases.filled('clerk')
    await cases.step('clerk', id, 'submit')
    const version = await versionOf(cases.world, id)
    const answers = await Promise.all(
      (['clerk', 'clerkToo'] as const).map((who) =>
        cases.call(who, `/api/cases/${id}/accept`, { version }),
      ),
    )
    const codes = answers.map(({ status, body }) => [status, body['code']]).sort()
    expect(codes).toEqual([
      [200, undefined],
      [409, 'case/changed'],
    ])
    const { number } = await cases.read('clerk', id)
    expect(number).not.toBeNull()
  })

  test('what was written in between is not written over', async () => {
    const id = await cases.filled('clerk')
    const version = await versionOf(cases.world, id)
    const path = `/api/cases/${id}/form`
    await cases.done('clerk', path, { version, values: { remarks: '甲' } })
    const late = await cases.call('clerkToo', path, { version, values: { remarks: '乙' } })
    expect([late.status, late.body['code']]).toEqual([409, 'case/changed'])
    expect((await cases.read('clerk', id))['form']).toMatchObject({ remarks: '甲' })
  })

  test('a retry with the same key begins no second case', async () => {
    const body = { matter: 'open-restaurant', answers: SMALL, applicant: CHEN }
    const key = { 'Idempotency-Key': 'begin-once' }
    const texts = await Promise.all(
      [1, 2, 3].map(async () => (await cases.request('clerk', '/api/cases', body, key)).text()),
    )
    expect(new Set(texts).size).toBe(1)
  })
})

describe('nobody approves their own', () => {
  test('whoever reviewed has every right and still does not', async () => {
    const id = await cases.accepted()
    const food = { id, part: FOOD }
    const { storage } = cases.world.services
    await bringDeferred(cases.world, id)
    const visit = { day: '2026-11-23', parts: [FOOD] }
    const { id: made } = await cases.done('all', `/api/cases/${id}/visits`, visit)
    // Visiting alone is having a hand in it.
    const found = { part: FOOD, passed: true, findings: '合格' }
    await cases.done('all', `/api/cases/${id}/visits/${made}/findings`, found)
    await cases.partStep('reviewer', food, 'grant')
    await cases.partStep('reviewer', food, 'draft', { draft: FOOD_DRAFT })
    const { document_sha256: sha256 } = await storage
      .selectFrom('case_part')
      .select('document_sha256')
      .where('case_id', '=', id)
      .where('code', '=', FOOD)
      .executeTakeFirstOrThrow()
    const own = await cases.partStep('all', food, 'approve', { sha256: sha256 ?? '' })
    expect([own.status, own.body['code']]).toEqual([403, 'approval/same-person'])
    const other = await cases.partStep('approver', food, 'approve', { sha256: sha256 ?? '' })
    expect(other.body['state']).toBe('approved')
  })

  test.each([
    ['form', { values: { remarks: '照此办理' } }],
    ['materials/health-certificate', { way: 'deferred' }],
  ])('whoever wrote in a case at the window, %s, approves nothing of it', async (place, wrote) => {
    const { services, app } = cases.world
    // The approver at the market regulator, who sits at the window too.
    const key = await createApiKey(services, {
      agencyId: CENTRE,
      holder: { name: '王批准', kind: 'person' },
      types: [],
      roles: ['accept-cases'],
    })
    const id = await cases.filled('clerk')
    const written = await app.request(`/api/cases/${id}/${place}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ version: await versionOf(cases.world, id), ...wrote }),
    })
    expect(written.status).toBe(200)
    // Somebody else writes the same once more, and takes the case in.
    const again = { version: await versionOf(cases.world, id), ...wrote }
    await cases.done('clerk', `/api/cases/${id}/${place}`, again)
    for (const action of ['submit', 'accept']) await cases.step('clerk', id, action)
    const food = { id, part: FOOD }
    await cases.partStep('reviewer', food, 'refuse', { reason: '不符', ground: 'materials-false' })
    const { body: read } = await cases.call('approver', `/api/cases/${id}`)
    const part = Array.isArray(read['parts'])
      ? read['parts'].filter(isObject).find(({ code }) => code === FOOD)
      : undefined
    expect(part).toMatchObject({ state: 'refusing', mayApprove: false })
    const sha256 = part?.['sha256'] ?? ''
    const own = await cases.partStep('approver', food, 'approve', { sha256 })
    expect([own.status, own.body['code']]).toEqual([403, 'approval/same-person'])
    const other = await cases.partStep('all', food, 'approve', { sha256 })
    expect(other.body['state']).toBe('refused')
  })

  test('a role without the right is refused before anything is read', async () => {
    const id = await cases.accepted()
    const food = { id, part: FOOD }
    for (const [who, action] of [
      ['clerk', 'grant'],
      ['approver', 'grant'],
      ['reviewer', 'approve'],
      ['reviewer', 'ask-seal'],
      ['keeper', 'seal'],
      ['fire', 'grant'],
      ['stranger', 'grant'],
    ] as const) {
      const { status, body } = await cases.partStep(who, food, action)
      const due =
        who === 'stranger' || who === 'fire' ? [404, 'case/not-found'] : [403, 'auth/forbidden']
      expect([who, action, status, body['code']]).toEqual([who, action, ...due])
    }
  })

  test('a reviewer who is demoted in between can do no more', async () => {
    const id = await cases.accepted()
    const food = { id, part: FOOD }
    const { storage } = cases.world.services
    const key = storage
      .updateTable('api_key')
      .where(
        'actor_id',
        'in',
        storage.selectFrom('actor').select('id').where('name', '=', '李审查'),
      )
    await key.set({ roles: '[]' }).execute()
    const { status, body } = await cases.partStep('reviewer', food, 'return', { reason: 'x' })
    await key.set({ roles: '["review-cases"]' }).execute()
    expect([status, body['code']]).toEqual([403, 'auth/forbidden'])
  })
})

describe('from home', () => {
  test('licences are shown to the office once, and only the own browser brings them back', async () => {
    const { id } = await cases.done('citizen', '/api/my/cases', {
      matter: 'open-restaurant',
      answers: SMALL,
      office: CENTRE,
    })
    const path = `/api/my/cases/${id}`
    const { walletOrigin } = cases.world.services.config
    for (const redirectUri of [
      undefined,
      'https://evil.example/',
      `${walletOrigin}.evil.example/`,
    ]) {
      const body = redirectUri === undefined ? {} : { redirectUri }
      const refused = await cases.call('citizen', `${path}/verification`, body)
      expect(refused.body['code']).toBe('input/invalid')
    }
    const opened = await cases.done('citizen', `${path}/verification`, {
      redirectUri: `${walletOrigin}/case`,
    })
    const request = await fetchRequest(
      cases.world,
      { requestUri: String(opened['requestUri']) },
      'n1',
    )
    const parts = await presentFor(cases.world, request, await receiveLicences(cases.world))
    const back: { redirect_uri: string } = await (await answer(cases.world, request, parts)).json()
    const [, responseCode = ''] = back.redirect_uri.split('#response_code=')
    const wrong = await cases.call('citizen', `${path}/verification/result`, { version: 1 })
    expect(wrong.body['code']).toBe('request/response-code')
    const taken = await cases.done('citizen', `${path}/verification/result`, {
      version: 1,
      responseCode,
    })
    expect(taken).toEqual({ version: 2, proved: ['business-licence', 'identity'] })
    const { form } = await cases.read('citizen', String(id))
    expect(form).toMatchObject({ legalRepresentative: CHEN, uscc: '91339901MAXYN00113' })
    const again = await cases.call('citizen', `${path}/verification/result`, {
      version: 2,
      responseCode,
    })
    expect(again.body['code']).toBe('request/not-found')
  }, 60_000)

  test('another’s licence, other words and other ways prove nothing', async () => {
    const { id } = await cases.done('citizen', '/api/my/cases', {
      matter: 'open-restaurant',
      answers: SMALL,
      office: CENTRE,
    })
    const path = `/api/my/cases/${id}/materials`
    const { storage } = cases.world.services
    const { id: foreign } = await storage
      .selectFrom('licence')
      .select('id')
      .where('holder_reference', '=', '林测试')
      .executeTakeFirstOrThrow()
    const food = await licenceOf(cases.world, TYPES.food)
    for (const [material, body, code] of [
      ['identity', { way: 'register', licence: foreign }, 'case/evidence'],
      ['identity', { way: 'register', licence: food }, 'case/evidence'],
      ['layout', { way: 'register', licence: food }, 'case/material'],
      ['identity', { way: 'deferred' }, 'case/material'],
      ['food-safety-rules', { way: 'promise', text: '我保证' }, 'case/evidence'],
      ['identity', { way: 'promise', text: promiseOf('food-safety-rules') }, 'case/material'],
      ['sign-design', { way: 'deferred' }, 'case/material'],
      ['nothing', { way: 'deferred' }, 'case/material'],
    ] as const) {
      const refused = await cases.call('citizen', `${path}/${material}`, { version: 1, ...body })
      expect([material, refused.body['code']]).toEqual([material, code])
    }
    const early = await cases.step('citizen', String(id), 'submit')
    expect(early.body['code']).toBe('case/form')
    expect(await versionOf(cases.world, String(id))).toBe(1)
  })

  test('begun again under its id it is the same case, and the id is nobody else’s', async () => {
    const id = '0190f2a0-7dec-4000-a765-00a0c91e6bf6'
    const body = { id, matter: 'open-restaurant', answers: SMALL, office: CENTRE }
    const first = await cases.done('citizen', '/api/my/cases', body)
    expect(first).toEqual({ id, version: 1 })
    expect(await cases.done('citizen', '/api/my/cases', body)).toEqual(first)
    const otherAnswers = { ...body, answers: { ...SMALL, tobacco: 'yes' } }
    for (const [who, sent] of [
      ['other', body],
      ['citizen', otherAnswers],
    ] as const) {
      const refused = await cases.call(who, '/api/my/cases', sent)
      expect([refused.status, refused.body['code']]).toEqual([409, 'idempotency/key-reused'])
    }
    const { cases: listed } = await cases.done('citizen', '/api/my/cases')
    expect(JSON.stringify(listed).split(id)).toHaveLength(2)
    // That of a record made here, as which the log would tell it.
    for (const made of [
      await licenceOf(cases.world, TYPES.business),
      `${'f'.repeat(8)}${id.slice(8, 14)}f${id.slice(15)}`,
    ]) {
      const refused = await cases.call('citizen', '/api/my/cases', { ...body, id: made })
      expect(refused.body['code']).toBe('input/invalid')
    }
  })

  test('whose real name is not known well enough applies for nothing', async () => {
    const { services } = cases.world
    const person = JSON.stringify({ subject: 'low', holderReference: CHEN, level: 'declared' })
    const { id: bearer } = await transact(services.storage, (transaction) =>
      openSession(services, transaction, { carrier: 'bearer', subject: 'low', person }),
    )
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ matter: 'open-restaurant', answers: SMALL, office: CENTRE })
    const begin = { method: 'POST', headers, body }
    const refused = await cases.world.app.request('/api/my/cases', begin)
    expect((await refused.json()).code).toBe('sign-in/level')
    expect((await cases.world.app.request('/api/my/cases', { headers })).status).toBe(200)
  })

  test('another citizen has nothing of it', async () => {
    const id = await cases.filled('citizen')
    for (const [path, body] of [
      ['', undefined],
      ['/submit', { version: 1 }],
      ['/form', { version: 1, values: { phone: '0571-1111111' } }],
    ] as const) {
      const { status, body: said } = await cases.call('other', `/api/my/cases/${id}${path}`, body)
      expect([path, status, said['code']]).toEqual([path, 404, 'case/not-found'])
    }
    const { cases: listed } = await cases.done('other', '/api/my/cases')
    expect(listed).toEqual([])
  })

  test('a wallet is asked sixty times in an hour, each an entry of the log', async () => {
    const begin = { matter: 'open-restaurant', answers: SMALL, office: CENTRE }
    const { id } = await cases.done('other', '/api/my/cases', begin)
    const { config, rates } = cases.world.services
    for (let time = 1; time < 60; time += 1) rates.counter('case/ask').count('sub-other')
    const path = `/api/my/cases/${id}/verification`
    const ask = () => cases.call('other', path, { redirectUri: config.walletOrigin })
    expect((await ask()).status).toBe(201)
    expect((await ask()).body['code']).toBe('http/rate-limited')
  })

  test('a form takes what fits its fields, and says no value again', async () => {
    const id = await cases.filled('citizen')
    for (const values of [
      { businessForm: '9' },
      { phone: '<script>' },
      { unknown: 'x' },
      { name: 'x'.repeat(500) },
      { items: '热食\u202e类' },
      { __proto__x: 'x' },
    ]) {
      const version = await versionOf(cases.world, id)
      const path = `/api/my/cases/${id}/form`
      const { status, body } = await cases.call('citizen', path, { version, values })
      expect([status, body['code']]).toEqual([400, 'case/form'])
      expect(JSON.stringify(body)).not.toContain('script')
    }
  })
})

describe('materials after the case was accepted', () => {
  test('what follows later comes in, and nothing else; its day is not put off', async () => {
    const id = await cases.accepted()
    const at = async (material: string): Promise<string> =>
      `/api/cases/${id}/materials/${material}/file?version=${await versionOf(cases.world, id)}`
    const layout = await cases.request('clerk', await at('layout'), DRAWING)
    expect(layout.status).toBe(409)
    const version = await versionOf(cases.world, id)
    const later = await cases.call('clerk', `/api/cases/${id}/materials/premises`, {
      version,
      way: 'deferred',
    })
    expect(later.body['code']).toBe('case/state')
    expect((await cases.request('clerk', await at('premises'), DRAWING)).status).toBe(201)
  })
})

describe('a licence that was not believed', () => {
  const report = { code: 'signature/invalid', place: 'counter', judgedAt: 1_795_406_400 }

  test('is reported without a sign-in, reaches the agency and is answered', async () => {
    const body = { ...report, agency: '11339901XYN000014M', digest: 'A'.repeat(43) }
    const filed = await cases.world.app.request('/reports', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(filed.status).toBe(201)
    const { id }: { id: string } = await filed.json()
    const seen = await cases.done('approver', '/api/reports')
    expect(JSON.stringify(seen)).toContain(id)
    const to = `/api/reports/${id}/answer`
    const said = { answer: '已立案调查' }
    expect((await cases.call('approver', to, said)).body['code']).toBe('auth/forbidden')
    await cases.done('owner', to, said)
    expect((await cases.call('owner', to, said)).body['code']).toBe('report/settled')
    const state = await (await cases.world.app.request(`/reports/${id}`)).json()
    expect(state).toMatchObject({ state: 'answered', answer: '已立案调查' })
  })

  test('sent again is the same report, and under its number nothing else is reported', async () => {
    const id = 'F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6'
    const headers = { 'Content-Type': 'application/json' }
    const file = (body: object): Promise<Response> | Response =>
      cases.world.app.request('/reports', { method: 'POST', headers, body: JSON.stringify(body) })
    for (const send of [file, file]) {
      const filed = await send({ ...report, id })
      expect([filed.status, await filed.json()]).toEqual([201, { id: id.toLowerCase() }])
    }
    const other = await file({ ...report, id, code: 'status/revoked' })
    expect([other.status, (await other.json()).code]).toEqual([409, 'idempotency/key-reused'])
    const { storage } = cases.world.services
    const kept = storage.selectFrom('licence_report').select('code')
    expect(await kept.where('id', '=', id.toLowerCase()).execute()).toHaveLength(1)
  })

  test.for([
    ['of no number', { ...report, id: '1' }],
    ['of the number of a record', { ...report, id: '0190f2a0-7dec-7000-a765-00a0c91e6bf6' }],
    ['of no code', { ...report, code: 'made/up' }],
    ['with more than is asked', { ...report, name: '张三' }],
    ['of an agency that is none', { ...report, agency: '123' }],
    ['of too many words', { ...report, words: 'x'.repeat(501) }],
  ] as const)('%s is refused', async ([, body]) => {
    const headers = { 'Content-Type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    expect((await cases.world.app.request('/reports', init)).status).toBe(400)
  })
})
