/** 开餐馆一件事 by HTTP with its people: brought from home, accepted once, reviewed side by side, sealed by two, in the wallet. */
import { type JsonObject, type JsonValue, toBase64url } from '@onetrip/codec'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { auditAfterChanges } from '../../testing/audit-after.ts'
import {
  type CasePerson,
  type CaseWorld,
  DRAWING,
  FIRE_PART,
  FOOD,
  FOOD_DRAFT,
  LARGE,
  openCaseWorld,
  sealInUse,
} from '../../testing/case-world.ts'
import {
  holderSigner,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
} from '../../testing/test-world.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'

let cases: CaseWorld

beforeAll(async () => {
  cases = await openCaseWorld()
}, 120_000)
// Whatever was done, the case is as the newest act about it left it.
afterEach(async () => {
  expect(await auditRecord(cases.world.services)).toBeUndefined()
})
afterAll(() => cases.world.close())

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : []
}

function partIn(described: JsonObject, code: string): JsonObject {
  const part = objects(described['parts']).find((one) => one['code'] === code)
  if (part === undefined) throw new Error(`no part ${code}`)
  return part
}

describe('a restaurant over the local limit, from home', () => {
  let id = ''
  let seal = ''
  let visit = ''
  let offered: { offer: { id: string; uri: string; expiresAt: number }; txCode: string }
  const food = (): { id: string; part: string } => ({ id, part: FOOD })
  const fire = (): { id: string; part: string } => ({ id, part: FIRE_PART })
  const waitsFor = async (...people: readonly CasePerson[]): Promise<readonly CasePerson[]> => {
    const lists = await Promise.all(
      people.map(async (who) => ({
        who,
        waiting: objects((await cases.done(who, '/api/cases?waiting=me'))['cases']),
      })),
    )
    return lists.flatMap(({ who, waiting }) => (waiting.some((one) => one['id'] === id) ? who : []))
  }
  const deferred = async (material: string): Promise<void> => {
    const { version } = await cases.read('citizen', id)
    const path = `/api/my/cases/${id}/materials/${material}/file?version=${version}`
    const response = await cases.request('citizen', path, DRAWING)
    expect([material, response.status]).toEqual([material, 201])
  }

  test('is filled in, with what licences say, and handed in', async () => {
    seal = await sealInUse(cases)
    id = await cases.filled('citizen', LARGE)
    const described = await cases.read('citizen', id)
    expect(described['form']).toMatchObject({
      name: '虚构市云栖样例餐饮有限公司',
      premises: '云栖区样例路18号',
    })
    const ofRegister = objects(described['materials']).find(({ way }) => way === 'register')
    expect(ofRegister?.['evidence']).toMatchObject({ type: TYPES.business, typeVersion: 1 })
    expect(await waitsFor('clerk', 'reviewer')).toEqual([])
    expect((await cases.step('citizen', id, 'submit')).body['state']).toBe('submitted')
    expect(await waitsFor('clerk', 'reviewer', 'fire')).toEqual(['clerk'])
  })

  test('is no business of a department or another citizen before it is accepted', async () => {
    expect((await cases.call('reviewer', `/api/cases/${id}`)).body['code']).toBe('case/not-found')
    expect((await cases.call('other', `/api/my/cases/${id}`)).body['code']).toBe('case/not-found')
    expect((await cases.call('stranger', `/api/cases/${id}`)).body['code']).toBe('case/not-found')
  })

  test('is accepted with a number, and what data settle is settled', async () => {
    expect((await cases.step('clerk', id, 'accept')).body['state']).toBe('accepted')
    const described = await cases.read('clerk', id)
    expect(described['number']).toMatch(/^12339901XYN0000570-20261123-\d{6}$/)
    expect(partIn(described, 'business-check')['state']).toBe('concluded')
    expect(partIn(described, FOOD)['limit']).toMatchObject({ light: 'green', dueDay: '2026-12-07' })
    expect(described['officeName']).toMatchObject({ 'zh-CN': '虚构市云栖区政务服务中心' })
    expect(await waitsFor('clerk', 'reviewer', 'approver', 'fire')).toEqual(['reviewer', 'fire'])
    expect(objects(described['materials']).filter(({ way }) => way === 'deferred')).toHaveLength(5)
  })

  test('shows a department its own part, and what that needs', async () => {
    const seen = await cases.read('fire', id)
    expect(objects(seen['parts']).map(({ code }) => code)).toEqual([FIRE_PART])
    const codes = objects(seen['materials']).map(({ code }) => code)
    expect(codes).toContain('floor-plan')
    expect(codes).not.toContain('layout')
    expect(seen['applicant']).toBeUndefined()
    const layout = objects((await cases.read('clerk', id))['materials']).find(
      ({ code }) => code === 'layout',
    )
    const evidence = layout?.['evidence'] as JsonObject
    const path = `/api/cases/${id}/uploads/${evidence['upload']}`
    expect((await cases.call('fire', path)).body['code']).toBe('upload/not-found')
    const file = await cases.request('reviewer', path)
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="layout.pdf"')
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(DRAWING)
  })

  test('is visited once by both departments, while a clock stands still', async () => {
    const early = await cases.partStep('reviewer', food(), 'grant')
    expect(early.body['code']).toBe('case/deferred')
    for (const material of ['premises', 'food-safety-manager', 'health-certificate']) {
      await deferred(material)
    }
    const unseen = await cases.partStep('reviewer', food(), 'grant')
    expect(unseen.body['code']).toBe('case/visit')
    // One department sets a day, the other is told of it, and joins: it is one visit.
    const setting = { day: '2026-11-25', parts: [FIRE_PART] }
    const set = await cases.done('fire', `/api/cases/${id}/visits`, setting)
    visit = String(set['id'])
    const going = { 'zh-CN': '虚构市云栖区消防救援大队' }
    expect((await cases.read('reviewer', id))['planned']).toMatchObject([
      { id: visit, day: '2026-11-25', offices: [going] },
    ])
    const joining = { ...setting, parts: [FOOD] }
    const joined = await cases.done('reviewer', `/api/cases/${id}/visits`, joining)
    expect(joined['id']).toBe(visit)
    const repeated = await cases.call('reviewer', `/api/cases/${id}/visits`, joining)
    expect(repeated.body['code']).toBe('case/visit')
    // A day that does not suit is moved, for whom it is said, and joined again.
    const later = await cases.done('reviewer', `/api/cases/${id}/visits`, {
      ...joining,
      day: '2026-11-26',
    })
    expect(later['id']).not.toBe(visit)
    expect((await cases.read('fire', id))['planned']).toMatchObject([
      { id: visit, day: '2026-11-25' },
      { id: later['id'], day: '2026-11-26' },
    ])
    expect((await cases.done('reviewer', `/api/cases/${id}/visits`, joining))['id']).toBe(visit)
    expect((await cases.read('fire', id))['planned']).toMatchObject([{ id: visit }])
    expect(partIn(await cases.read('clerk', id), FOOD)['limit']).toMatchObject({ light: 'stopped' })
    const path = `/api/cases/${id}/visits/${visit}/findings`
    const foreseen = { part: FOOD, passed: true, findings: '布局合理' }
    expect((await cases.call('reviewer', path, foreseen)).body['code']).toBe('case/visit')
    cases.later(2 * 86_400)
    const wrong = { part: FIRE_PART, passed: true, findings: '合格' }
    expect((await cases.call('reviewer', path, wrong)).body['code']).toBe('auth/forbidden')
    await cases.done('reviewer', path, foreseen)
    await cases.done('fire', path, { part: FIRE_PART, passed: false, findings: '安全出口不足' })
    const again = { part: FOOD, passed: true, findings: '再次' }
    expect((await cases.call('reviewer', path, again)).body['code']).toBe('case/visit')
    const { limit } = partIn(await cases.read('clerk', id), FOOD)
    expect(limit).toMatchObject({ light: 'green', dueDay: '2026-12-09' })
  })

  test('one department refuses with its legal ground, by two people', async () => {
    const nothing = await cases.partStep('fire', fire(), 'refuse', { reason: '安全出口不足' })
    expect(nothing.body['code']).toBe('case/ground')
    const other = { reason: '安全出口不足', ground: 'layout' }
    expect((await cases.partStep('fire', fire(), 'refuse', other)).body['code']).toBe('case/ground')
    const ground = { ...other, ground: 'fire-exits' }
    expect((await cases.partStep('fire', fire(), 'refuse', ground)).body['state']).toBe('refusing')
    const { sha256, document } = partIn(await cases.read('fireChief', id), FIRE_PART)
    expect(document).toContain('中华人民共和国消防法 第十六条')
    expect(document).toMatch(/决定机关：虚构市.*消防.*（[0-9A-Z]{18}）/)
    const refused = await cases.partStep('fireChief', fire(), 'approve', { sha256: String(sha256) })
    expect(refused.body['state']).toBe('refused')
  })

  test('another grants, drafts and has it approved by another person', async () => {
    const opinion = '符合条件'
    expect((await cases.partStep('reviewer', food(), 'grant', { opinion })).body['state']).toBe(
      'granted',
    )
    const bad = { draft: { ...FOOD_DRAFT, claims: { name: 'x' } } }
    expect((await cases.partStep('reviewer', food(), 'draft', bad)).body['code']).toBe(
      'claim/missing',
    )
    const draft = { draft: FOOD_DRAFT }
    expect((await cases.partStep('reviewer', food(), 'draft', draft)).body['state']).toBe('drafted')
    expect(await waitsFor('reviewer', 'approver', 'stranger')).toEqual(['approver'])
    const { sha256, document } = partIn(await cases.read('approver', id), FOOD)
    expect(String(document).split('\n')).toEqual(
      expect.arrayContaining([
        '证照类型：食品经营许可证（1110000099XYN9907G038）',
        '　　主体业态：餐饮服务经营者',
        '　　法定代表人（负责人）：陈样例',
      ]),
    )
    expect(document).not.toMatch(/businessForm|[{}]/)
    const seen = { sha256: String(sha256) }
    for (const who of ['reviewerAgain', 'system'] as const) {
      const own = await cases.partStep(who, food(), 'approve', seen)
      expect([who, own.body['code']]).toEqual([who, 'approval/same-person'])
    }
    const unseen = await cases.partStep('approver', food(), 'approve', { sha256: 'A'.repeat(43) })
    expect(unseen.body['code']).toBe('case/draft')
    expect((await cases.partStep('approver', food(), 'approve', seen)).body['state']).toBe(
      'approved',
    )
    const late = await cases.partStep('reviewer', food(), 'draft', draft)
    expect(late.body['code']).toBe('case/state')
  })

  test('two people seal the decision, and the licence is issued once', async () => {
    const asked = await cases.partStep('approver', food(), 'ask-seal', { seal })
    expect(asked.body['state']).toBe('sealing')
    const again = await cases.partStep('approver', food(), 'ask-seal', { seal })
    expect(again.body['code']).toBe('case/seal-open')
    const early = await cases.partStep('approver', food(), 'seal')
    expect(early.body['code']).toBe('approval/missing')
    const { sha256, document } = partIn(await cases.read('approver', id), FOOD)
    const use = { id: String(asked.body['use']), state: 'requested' }
    const record = `/api/seals/${seal}/record`
    const { uses } = await cases.done('approver', record)
    expect(uses).toContainEqual(expect.objectContaining({ ...use, case: id }))
    const closed = await cases.done('keeper', record)
    expect(closed['uses']).toContainEqual(expect.objectContaining(use))
    expect(JSON.stringify(closed)).not.toContain(id)
    const decision = { decision: 'approve', files: [String(sha256)] }
    await cases.done('keeper', `/api/seals/uses/${asked.body['use']}/decision`, decision)
    expect((await cases.partStep('approver', food(), 'seal')).body['state']).toBe('sealed')
    const mine = `/api/my/cases/${id}/parts/${FOOD}/decision`
    expect((await cases.call('citizen', mine)).body['code']).toBe('case/state')
    const version = Number(partIn(await cases.read('handler', id), FOOD)['version'])
    const path = `/api/cases/${id}/parts/${FOOD}/issue`
    const key = { 'Idempotency-Key': 'issue-once' }
    const first = await cases.request('handler', path, { version }, key)
    expect(first.status).toBe(200)
    const text = await first.text()
    offered = JSON.parse(text)
    expect(await (await cases.request('handler', path, { version }, key)).text()).toBe(text)
    expect((await cases.call('handler', path, { version })).body['code']).toBe('case/changed')
    const licences = await cases.world.services.storage
      .selectFrom('licence')
      .select('id')
      .where('id', '=', String(JSON.parse(text).id))
      .execute()
    expect(licences).toHaveLength(1)
    const impression = `/api/seals/uses/${asked.body['use']}/files/${sha256}/impression`
    const made = await (await cases.request('approver', impression, {})).arrayBuffer()
    const sealed = await cases.done('citizen', mine)
    expect(sealed).toEqual({ document, seal: toBase64url(new Uint8Array(made)) })
    const theirs = mine.replace('/my', '')
    for (const who of ['clerk', 'reviewer'] as const) {
      expect(await cases.done(who, theirs)).toEqual(sealed)
    }
    const unsealed = await cases.call('citizen', mine.replace(FOOD, FIRE_PART))
    expect(unsealed.body['code']).toBe('case/state')
    for (const who of ['fireChief', 'stranger'] as const) {
      expect([who, (await cases.call(who, theirs)).body['code']]).toEqual([who, 'case/not-found'])
    }
  })

  test('it arrives in the wallet, is delivered, and the case is closed', async () => {
    const none = await cases.partStep('clerk', food(), 'deliver')
    expect(none.body['code']).toBe('case/not-handed-over')
    const early = await cases.step('clerk', id, 'close')
    expect(early.body['code']).toBe('case/parts-open')
    const { world } = cases
    const accessToken = await redeem(world, offered)
    const proof = await proofOf(world, holderSigner('Ed25519'))
    const configuration = `${TYPES.food}.dc+sd-cwt`
    expect((await requestCredential(world, { accessToken, configuration, proof })).status).toBe(200)
    expect((await cases.partStep('clerk', food(), 'deliver')).body['state']).toBe('delivered')
    expect((await cases.step('clerk', id, 'close')).body['state']).toBe('closed')
    expect((await cases.step('clerk', id, 'archive')).body['state']).toBe('archived')
    const { uses } = await cases.done('approver', `/api/seals/${seal}/record`)
    expect(uses).toContainEqual(expect.objectContaining({ state: 'approved', case: id }))
  })

  test('is rated once, and a bad rating is answered', async () => {
    const path = `/api/my/cases/${id}/parts/${FIRE_PART}/feedback`
    await cases.done('citizen', path, { level: 1, words: '没有说明怎样整改' })
    expect((await cases.call('citizen', path, { level: 5 })).body['code']).toBe('feedback/exists')
    await cases.done('citizen', `/api/my/cases/${id}/parts/${FOOD}/feedback`, { level: 5 })
    const { feedback } = await cases.done('fireChief', '/api/feedback')
    const [task] = objects(feedback)
    expect(task).toMatchObject({ level: 1, state: 'open', dueDay: '2026-12-16' })
    expect(task?.['name']).toHaveProperty('zh-CN', expect.stringContaining('消防'))
    const answer = { answer: '已上门指导整改' }
    const to = `/api/feedback/${task?.['id']}/answer`
    expect((await cases.call('approver', to, answer)).body['code']).toBe('feedback/not-found')
    await cases.done('fireChief', to, answer)
    expect((await cases.call('fireChief', to, answer)).body['code']).toBe('feedback/settled')
  })

  test('stands on the board: nobody had to come', async () => {
    const board = await cases.done('clerk', '/api/board')
    expect(board).toMatchObject({
      cases: { accepted: 1, closed: 1 },
      trips: { atMostOnce: 1, never: 1, atMostOnceRate: 1 },
      materials: { spared: 4, asked: 6 },
      limits: { decided: 3, inTime: 3, underWay: 0, overdue: 0 },
    })
    const fires = await cases.done('fireChief', '/api/board')
    expect(fires['feedback']).toMatchObject({ ratings: 1, levels: { 1: 1, 2: 0, 5: 0 } })
  })

  test('is in the database as acts left it; what is changed by hand is found', async () => {
    const { services } = cases.world
    await integrate(services)
    expect(await auditRecord(services)).toBeUndefined()
    const of = `where case_id = '${id}'`
    const changes = [
      `update case_file set applicant = 'x' where id = '${id}'`,
      `update case_file set state = 'closed' where id = '${id}'`,
      `update case_file set trips = 0, number = 'x' where id = '${id}'`,
      `update case_part set state = 'refused' ${of} and code = '${FOOD}'`,
      `update case_part set licence_id = null ${of} and code = '${FOOD}'`,
      `update case_part set document = 'x' ${of}`,
      `update case_part set office_id = 'x' ${of}`,
      `update case_material set evidence = '{}' ${of}`,
      `update case_material set way = 'promise' ${of}`,
      `update case_upload set sha256 = 'x' ${of}`,
      `delete from case_material ${of}`,
      `update case_visit set day = '2026-01-01' ${of}`,
      `update case_visit_part set passed = 0`,
      `update case_transition set reason = 'x' ${of} and sequence = 3`,
      `delete from case_transition ${of} and sequence = 3`,
      `insert into case_transition select case_id, 999, part, action, from_state, to_state, actor_id, doer, reason, at, null, null from case_transition ${of} and sequence = 0`,
      `update case_transition set ground = 'x' ${of} and sequence = 3`,
      `delete from case_file where id = '${id}'`,
    ]
    for (const change of changes) {
      const found = await auditAfterChanges(services, [change], ['case_transition'])
      expect(found, change).toMatchObject({ table: 'case_file', place: expect.any(Number), id })
    }
    for (const change of [
      'update case_feedback set level = 5',
      "update case_feedback set words = 'x'",
      'update case_feedback set words = null, answer = null',
      "update case_feedback set state = 'none'",
      'delete from case_feedback',
    ]) {
      const found = await auditAfterChanges(services, [`${change} ${of} and level = 1`])
      expect(found, change).toMatchObject({ table: 'case_feedback', place: expect.any(Number) })
    }
    const forged = `insert into case_file select 'forged', null, matter, guide_version, office_id, 'accepted', version, channel, applicant, actor_id,
      answers, form, null, null, trips, 1, null, null, null from case_file where id = '${id}'`
    const found = await auditAfterChanges(services, [forged])
    expect(found).toEqual({ table: 'case_file', id: 'forged' })
  })
})
