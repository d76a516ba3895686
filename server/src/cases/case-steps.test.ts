/** The table of steps, walked: every step of it is taken by HTTP, and from every state every other one is refused. */
import type { JsonObject } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bringDeferred,
  type CaseWorld,
  FIRE_PART,
  FOOD,
  FOOD_DRAFT,
  LARGE,
  openCaseWorld,
  SMALL,
  sealInUse,
} from '../../testing/case-world.ts'
import {
  credentialIn,
  foodRequest,
  holderSigner,
  issueFood,
  post,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
} from '../../testing/test-world.ts'
import {
  actionsOf,
  CASE_STATES,
  CASE_STEPS,
  type CaseState,
  PART_STATES,
  PART_STEPS,
  PARTS_OVER,
  type PartState,
  stepFrom,
} from './case-steps.ts'
import { dayAt } from './working-days.ts'

let cases: CaseWorld
let seal = ''

beforeAll(async () => {
  cases = await openCaseWorld()
  seal = await sealInUse(cases)
}, 120_000)
afterAll(() => cases.world.close())

type Place = { readonly id: string; readonly part: string }

async function took(
  answer: Promise<{ status: number; body: object }>,
  state: string,
): Promise<void> {
  const { status, body } = await answer
  expect([status, body]).toMatchObject([200, { state }])
}

async function force(place: Place, change: { state: PartState }): Promise<void> {
  await cases.world.services.storage
    .updateTable('case_part')
    .set(change)
    .where('case_id', '=', place.id)
    .where('code', '=', place.part)
    .execute()
}

async function forceCase(id: string, state: CaseState): Promise<void> {
  await cases.world.services.storage
    .updateTable('case_file')
    .set({ state })
    .where('id', '=', id)
    .execute()
}

/** What may follow later is there, and the visit was good. */
async function settle({ id, part }: Place): Promise<void> {
  await bringDeferred(cases.world, id)
  if (part === 'business-check') return
  const visit = { day: '2026-11-23', parts: [part] }
  const { id: made } = await cases.done('clerk', `/api/cases/${id}/visits`, visit)
  const who = part === FOOD ? 'reviewer' : 'fire'
  await cases.done(who, `/api/cases/${id}/visits/${made}/findings`, {
    part,
    passed: true,
    findings: '合格',
  })
}

async function digestOf({ id, part }: Place): Promise<{ readonly sha256: string }> {
  const { document_sha256: sha256 } = await cases.world.services.storage
    .selectFrom('case_part')
    .select('document_sha256')
    .where('case_id', '=', id)
    .where('code', '=', part)
    .executeTakeFirstOrThrow()
  return { sha256: sha256 ?? '' }
}

/** The number that the server gives a licence of the agency's system. */
async function countedSerial(key: string): Promise<string> {
  const { serial: _, ...request } = foodRequest()
  const issued = await post(cases.world, '/api/licences', request, { 'Idempotency-Key': key })
  const { id }: { readonly id: string } = await issued.json()
  const row = await cases.world.services.storage
    .selectFrom('licence')
    .select('serial')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.serial
}

describe('each step of the table can be taken', () => {
  test('handing in, returning, declining, withdrawing', async () => {
    const id = await cases.filled('clerk')
    await took(cases.step('clerk', id, 'submit'), 'submitted')
    await took(cases.step('clerk', id, 'return', { reason: '补充' }), 'returned')
    await took(cases.step('clerk', id, 'submit'), 'submitted')
    const ground = { reason: '不符合', ground: 'conditions-unmet' }
    await took(cases.step('clerk', id, 'decline', ground), 'declined')
    expect((await cases.read('citizen', id))['declined']).toMatchObject({
      ground: { code: 'conditions-unmet', basis: expect.stringContaining('行政许可法') },
      objection: {
        'zh-CN': expect.stringMatching(/六十日内.*行政复议.*六个月内.*行政诉讼/),
        en: expect.stringMatching(/60 days.*reconsideration.*six months/),
      },
    })
    const [draft, submitted, returned] = [
      await cases.filled('citizen'),
      await cases.filled('citizen'),
      await cases.filled('citizen'),
    ]
    await took(cases.step('citizen', draft, 'withdraw'), 'withdrawn')
    await took(cases.step('citizen', submitted, 'submit'), 'submitted')
    await took(cases.step('citizen', submitted, 'withdraw'), 'withdrawn')
    await took(cases.step('citizen', returned, 'submit'), 'submitted')
    await took(cases.step('clerk', returned, 'return', { reason: '补充' }), 'returned')
    await took(cases.step('citizen', returned, 'withdraw'), 'withdrawn')
  })

  test('a licence: returned, corrected, sent back, sealed after a refusal, issued, delivered, closed', async () => {
    const id = await cases.accepted(SMALL)
    const food = { id, part: FOOD }
    await took(cases.partStep('reviewer', food, 'return', { reason: '补充' }), 'returned')
    await took(cases.partStep('clerk', food, 'correct'), 'reviewing')
    await settle(food)
    await took(cases.partStep('reviewer', food, 'grant'), 'granted')
    const draft = { draft: FOOD_DRAFT }
    const numbered = async (serial: string): Promise<unknown> => {
      const step = await cases.partStep('reviewer', food, 'draft', {
        draft: { ...FOOD_DRAFT, serial },
      })
      return step.body['code'] ?? step.body['state']
    }
    // The sample's own number, and one that another case is about to give.
    expect(await numbered('JY23399010000012')).toBe('licence/exists')
    const other = await cases.accepted(SMALL)
    const planned = { type: TYPES.food, ...FOOD_DRAFT, serial: 'JY23399010000777' }
    await cases.world.services.storage
      .updateTable('case_part')
      .set({ state: 'sealed', draft: JSON.stringify(planned) })
      .where('case_id', '=', other)
      .where('code', '=', FOOD)
      .execute()
    expect(await numbered('JY23399010000777')).toBe('licence/exists')
    expect(await numbered('JY23399010000778')).toBe('drafted')
    // A number that the counter comes to is given to nobody else, neither by name nor by itself.
    const first = Number(await countedSerial('first'))
    const padded = (serial: number): string => String(serial).padStart(12, '0')
    expect(await numbered(padded(first + 1))).toBe('drafted')
    const named = issueFood(cases.world, { serial: padded(first + 1) })
    await expect(named).rejects.toThrow('licence/exists')
    expect(await countedSerial('second')).toBe(padded(first + 2))
    await issueFood(cases.world, { serial: padded(first + 3) })
    expect(await countedSerial('third')).toBe(padded(first + 4))
    // One that came to be taken after it was drafted.
    await cases.world.services.storage
      .updateTable('licence')
      .set({ serial: padded(first + 1) })
      .where('serial', '=', padded(first + 4))
      .execute()
    const late = await cases.partStep('approver', food, 'approve', await digestOf(food))
    expect(late.body['code']).toBe('licence/exists')
    await took(cases.partStep('reviewer', food, 'draft', draft), 'drafted')
    await took(cases.partStep('reviewer', food, 'draft', draft), 'drafted')
    await took(cases.partStep('approver', food, 'send-back', { reason: '改' }), 'granted')
    await took(cases.partStep('reviewer', food, 'draft', draft), 'drafted')
    await took(cases.partStep('approver', food, 'approve', await digestOf(food)), 'approved')
    const asked = await cases.partStep('approver', food, 'ask-seal', { seal })
    const { sha256 } = await digestOf(food)
    const decide = (use: unknown, decision: string): Promise<object> =>
      cases.done('keeper', `/api/seals/uses/${use}/decision`, { decision, files: [sha256] })
    await decide(asked.body['use'], 'refuse')
    const second = await cases.partStep('approver', food, 'ask-seal', { seal })
    await decide(second.body['use'], 'approve')
    await took(cases.partStep('approver', food, 'seal'), 'sealed')
    const issued = await cases.partStep('handler', food, 'issue')
    expect(issued.status).toBe(200)
    const accessToken = await redeem(cases.world, JSON.parse(JSON.stringify(issued.body)))
    const proof = await proofOf(cases.world, holderSigner('Ed25519'))
    const configuration = `${TYPES.food}.dc+sd-cwt`
    await credentialIn(await requestCredential(cases.world, { accessToken, configuration, proof }))
    await took(cases.partStep('clerk', food, 'deliver', { atWindow: true }), 'delivered')
    await took(cases.step('clerk', id, 'close'), 'closed')
    await took(cases.step('clerk', id, 'archive'), 'archived')
    const { trips } = await cases.read('clerk', id)
    expect(trips).toBe(3)
  })

  test('a notice, a refusal that is sent back and confirmed, a check by a person', async () => {
    const id = await cases.accepted(LARGE)
    const fire = { id, part: FIRE_PART }
    const why = { reason: '出口', ground: 'fire-exits' }
    await took(cases.partStep('fire', fire, 'return', { reason: '补充' }), 'returned')
    await took(cases.partStep('fire', fire, 'refuse', why), 'refusing')
    await took(cases.partStep('fireChief', fire, 'send-back', { reason: '再查' }), 'reviewing')
    await took(cases.partStep('fire', fire, 'refuse', why), 'refusing')
    await took(cases.partStep('fireChief', fire, 'approve', await digestOf(fire)), 'refused')
    const { parts } = await cases.read('clerk', id)
    expect(parts).toContainEqual(
      expect.objectContaining({
        code: FIRE_PART,
        objection: { 'zh-CN': expect.stringContaining('行政复议'), en: expect.anything() },
      }),
    )
    const other = { id: await cases.accepted(LARGE), part: FIRE_PART }
    await force(other, { state: 'sealed' })
    await took(cases.partStep('clerk', other, 'deliver'), 'delivered')
    const check = { id: other.id, part: 'business-check' }
    await force(check, { state: 'reviewing' })
    await took(cases.partStep('reviewer', check, 'confirm', { opinion: '属实' }), 'concluded')
  })

  test('who failed visits again by another visit, though others still go on that day', async () => {
    const id = await cases.accepted(LARGE)
    await bringDeferred(cases.world, id)
    const path = `/api/cases/${id}/visits`
    const day = dayAt(cases.world.services.now())
    const set = async (who: 'fire' | 'reviewer'): Promise<string> => {
      const parts = [who === 'fire' ? FIRE_PART : FOOD]
      return String((await cases.done(who, path, { day, parts }))['id'])
    }
    const found = (visit: string, passed: boolean): Promise<JsonObject> => {
      const findings = passed ? '合格' : '不合格'
      return cases.done('reviewer', `${path}/${visit}/findings`, { part: FOOD, passed, findings })
    }
    const first = await set('fire')
    expect(await set('reviewer')).toBe(first)
    await found(first, false)
    // In that visit they have been.
    const second = await set('reviewer')
    await found(second, false)
    const last = await set('reviewer')
    expect(new Set([first, second, last]).size).toBe(3)
    const food = { id, part: FOOD }
    await found(last, true)
    await took(cases.partStep('reviewer', food, 'grant'), 'granted')
  })

  test('withdrawing ends every part that is not over, whatever its state', async () => {
    for (const state of PART_STATES.filter((one) => !PARTS_OVER.includes(one))) {
      const id = await cases.accepted(SMALL)
      const food = { id, part: FOOD }
      await force(food, { state })
      const { status, body } = await cases.step('clerk', id, 'withdraw')
      const isDecided = ['approved', 'sealing', 'sealed', 'issued'].includes(state)
      expect([state, status, body['code']]).toEqual([
        state,
        isDecided ? 409 : 200,
        isDecided ? 'case/state' : undefined,
      ])
    }
  }, 60_000)

  test('none of them was left out', async () => {
    const rows = await cases.world.services.storage
      .selectFrom('case_transition')
      .select(['part', 'action', 'from_state', 'to_state'])
      .execute()
    const taken = new Set(
      rows.map(
        (row) =>
          `${row.part === '' ? 'case' : 'part'} ${row.action} ${row.from_state} ${row.to_state}`,
      ),
    )
    const due = [
      ...CASE_STEPS.map((step) => `case ${step.action} ${step.from} ${step.to}`),
      ...PART_STEPS.map((step) => `part ${step.action} ${step.from} ${step.to}`),
    ]
    expect(due.filter((step) => !taken.has(step))).toEqual([])
  })

  test('and what was taken is never rewritten', async () => {
    const { storage } = cases.world.services
    const change = storage.updateTable('case_transition').set({ reason: 'x' }).execute()
    await expect(change).rejects.toThrow('append-only')
    await expect(storage.deleteFrom('case_transition').execute()).rejects.toThrow('append-only')
  })
})

describe('what is not in the table', () => {
  const said = { reason: 'x', ground: 'conditions-unmet', sha256: 'A'.repeat(43), seal: '' }

  test.for(CASE_STATES.map((state) => [state] as const))(
    'of a case that is %s is refused',
    async ([state]) => {
      const id = await cases.filled('clerk')
      await forceCase(id, state)
      for (const action of actionsOf(CASE_STEPS)) {
        if (stepFrom(CASE_STEPS, action, state) !== undefined) continue
        const { reason, ground } = said
        const { status, body } = await cases.step('clerk', id, action, { reason, ground })
        expect([action, status, body['code']]).toEqual([action, 409, 'case/state'])
      }
    },
  )

  test.for(PART_STATES.map((state) => [state] as const))(
    'of a part that is %s is refused',
    async ([state]) => {
      const id = await cases.accepted(SMALL)
      const food = { id, part: FOOD }
      await force(food, { state })
      for (const action of actionsOf(PART_STEPS)) {
        if (stepFrom(PART_STEPS, action, state) !== undefined) continue
        const who = action === 'correct' ? 'clerk' : 'all'
        const more = action === 'draft' ? { draft: FOOD_DRAFT } : {}
        const { status, body } = await cases.partStep(who, food, action, {
          ...said,
          seal,
          ...more,
        })
        expect([action, status, body['code']]).toEqual([action, 409, 'case/state'])
      }
    },
  )

  test('nothing of a part is done while its case is not under way', async () => {
    for (const state of CASE_STATES.filter((one) => one !== 'accepted')) {
      const id = await cases.accepted(SMALL)
      await forceCase(id, state)
      const { body } = await cases.partStep('reviewer', { id, part: FOOD }, 'grant')
      expect([state, body['code']]).toEqual([state, 'case/state'])
    }
  })
})
