/** A member of staff who is a citizen too decides nothing of their own: no case, no licence, no order, no batch, and no seal on it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approve, batchRow, requestRows } from '../../testing/batch-world.ts'
import {
  bringDeferred,
  type CaseWorld,
  CENTRE,
  CHEN,
  FOOD,
  FOOD_DRAFT,
  openCaseWorld,
  sealInUse,
} from '../../testing/case-world.ts'
import { askAs, member, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import { codeOf, foodRequest, issueFood, MARKET, post } from '../../testing/test-world.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'
import { transact } from '../storage/database.ts'
import { loadMember } from './load-member.ts'
import { keepPerson } from './own-matter.ts'

const CLAIM = 'holder_reference'
const OWN = [403, 'approval/own-matter']

let cases: CaseWorld

beforeAll(async () => {
  cases = await openCaseWorld()
}, 120_000)
afterAll(() => cases.world.close())

/** What their sign-in does when the provider says this of them. */
async function signedInAs(memberId: string, person: string): Promise<void> {
  const { services } = cases.world
  await transact(services.storage, async (transaction) =>
    keepPerson(services, transaction, {
      member: await loadMember(transaction, memberId),
      claims: new Map([[CLAIM, person]]),
    }),
  )
}

describe('in a case', () => {
  test('whose applicant they are, or whom the form names, nobody takes a step', async () => {
    const clerk = await member(cases.world, '孙窗口', CENTRE)
    await signedInAs(clerk, CHEN)
    const id = await cases.filled('clerk')
    const handedIn = await cases.step('clerk', id, 'submit')
    expect([handedIn.status, handedIn.body['code']]).toEqual(OWN)
    await signedInAs(clerk, '另一人')
    for (const action of ['submit', 'accept']) {
      expect((await cases.step('clerk', id, action)).status).toBeLessThan(300)
    }
    const { storage } = cases.world.services
    await bringDeferred(cases.world, id)
    const food = { id, part: FOOD }
    // Under a key whose name is spelled otherwise, too.
    const reviewer = await member(cases.world, '李 审查', MARKET)
    await signedInAs(reviewer, '0571-00000000')
    const visit = { day: '2026-11-23', parts: [FOOD] }
    const path = `/api/cases/${id}/visits`
    const visited = await cases.call('reviewer', path, visit)
    expect([visited.status, visited.body['code']]).toEqual(OWN)
    const granted = await cases.partStep('reviewer', food, 'grant')
    expect([granted.status, granted.body['code']]).toEqual(OWN)
    await signedInAs(reviewer, '另一人')
    const { id: made } = await cases.done('reviewer', path, visit)
    const found = { part: FOOD, passed: true, findings: '合格' }
    await cases.done('reviewer', `${path}/${made}/findings`, found)
    await cases.partStep('reviewer', food, 'grant')
    await cases.partStep('reviewer', food, 'draft', { draft: FOOD_DRAFT })

    const { document_sha256: digest } = await storage
      .selectFrom('case_part')
      .select('document_sha256')
      .where('case_id', '=', id)
      .where('code', '=', FOOD)
      .executeTakeFirstOrThrow()
    const sha256 = digest ?? ''
    const approverId = await member(cases.world, '王批准', MARKET)
    await signedInAs(approverId, CHEN)
    const own = await cases.partStep('approver', food, 'approve', { sha256 })
    expect([own.status, own.body['code']]).toEqual(OWN)
    expect(JSON.stringify(await cases.read('approver', id))).toContain('"mayApprove":false')
    const other = await cases.partStep('all', food, 'approve', { sha256 })
    expect(other.body['state']).toBe('approved')

    const keeper = await member(cases.world, '钱印管', MARKET)
    await signedInAs(keeper, CHEN)
    const asked = await cases.partStep('all', food, 'ask-seal', { seal: await sealInUse(cases) })
    const decision = { decision: 'approve', files: [sha256] }
    const use = `/api/seals/uses/${asked.body['use']}/decision`
    const sealed = await cases.call('keeper', use, decision)
    expect([sealed.status, sealed.body['code']]).toEqual(OWN)
    await signedInAs(keeper, '另一人')
    expect((await cases.call('keeper', use, decision)).status).toBe(200)
  })
})

describe('of licences', () => {
  const own = 'ref-own'

  test('nobody issues, changes, orders or approves their own', async () => {
    const { world } = cases
    const { id } = await issueFood(world, { serial: 'OWN1', holderReference: own })
    const as = { name: '钱审批', role: 'approver', agencyId: MARKET } as const
    const other = await memberWith(world, as)
    const cookie = await sessionCookie(world, other)
    await signedInAs(other, own)

    const suspend = { status: 'suspended', reason: '待查' }
    const path = `/api/licences/${id}/status`
    expect(await codeOf(await askAs(world, cookie, { path, body: suspend }))).toBe(OWN[1])
    const content = { kind: 'suspend', licences: [id], reason: '待查' }
    const asked = await post(world, '/api/orders', content, { 'Idempotency-Key': 'own' })
    const order: { id: string; digest: string } = await asked.json()
    const decision = {
      path: `/api/orders/${order.id}/decision`,
      body: { decision: 'approve', digest: order.digest },
    }
    expect(await codeOf(await askAs(world, cookie, decision))).toBe(OWN[1])
    const rows = [batchRow('OWN2'), batchRow('OWN3', { 3: own })]
    const batch = await requestRows(world, rows)
    expect(await codeOf(await approve(world, cookie, batch))).toBe(OWN[1])
    const refusal = { ...decision, body: { ...decision.body, decision: 'refuse' } }
    expect(await codeOf(await askAs(world, cookie, refusal))).toBe(OWN[1])
    const order2 = { path: '/api/orders', body: content, headers: { 'Idempotency-Key': 'own-2' } }
    expect(await codeOf(await askAs(world, cookie, order2))).toBe(OWN[1])
    await signedInAs(other, '另一人')
    expect((await askAs(world, cookie, decision)).status).toBe(200)
    expect((await approve(world, cookie, batch)).status).toBe(200)

    await signedInAs(await member(world, '赵经办', MARKET), own)
    const request = foodRequest({ serial: 'OWN4', holderReference: own })
    const issued = await post(world, '/api/licences', request, { 'Idempotency-Key': 'own-4' })
    expect(await codeOf(issued)).toBe(OWN[1])
  })

  test('written otherwise, or stated by the licence, they are the same person', async () => {
    const { world } = cases
    const as = { name: '周审批', role: 'approver', agencyId: MARKET } as const
    const id = await memberWith(world, as)
    const cookie = await sessionCookie(world, id)
    const licences = [
      { serial: 'OWN5', holderReference: '３３９９０１１９９００１０１１２３X' },
      {
        serial: 'OWN6',
        claims: {
          ...JSON.parse(JSON.stringify(foodRequest()['claims'])),
          legalRepresentative: '33990119900101123x',
        },
      },
    ]
    await signedInAs(id, '33990119900101123x')
    for (const licence of licences) {
      const { id: issued } = await issueFood(world, licence)
      const path = `/api/licences/${issued}/status`
      const suspend = { path, body: { status: 'suspended', reason: '待查' } }
      expect(await codeOf(await askAs(world, cookie, suspend))).toBe(OWN[1])
    }
  })

  test('one person under two names is no second person', async () => {
    const { world } = cases
    const { id } = await issueFood(world, { serial: 'OWN7' })
    const [first = '', second = ''] = await Promise.all(
      ['吴甲', '吴乙'].map(async (name) => {
        const member = await memberWith(world, { name, role: 'approver', agencyId: MARKET })
        await signedInAs(member, '33990119900101999X')
        return sessionCookie(world, member)
      }),
    )
    const body = { kind: 'suspend', licences: [id], reason: '待查' }
    const headers = { 'Idempotency-Key': 'two-names' }
    const asked = await askAs(world, first, { path: '/api/orders', body, headers })
    const order: { id: string; digest: string } = await asked.json()
    const decision = {
      path: `/api/orders/${order.id}/decision`,
      body: { decision: 'approve', digest: order.digest },
    }
    expect(await codeOf(await askAs(world, second, decision))).toBe('approval/same-person')
  })

  test('as whom they are known is kept as a digest, and held by the record', async () => {
    const { services } = cases.world
    const { storage } = services
    const kept = await storage.selectFrom('staff_person').selectAll().execute()
    expect(JSON.stringify(kept)).not.toMatch(/ref-own|陈样例|0571/)
    await integrate(services)
    expect(await auditRecord(services)).toBeUndefined()
    const [first, second] = kept
    const { reference = '' } = second ?? {}
    await storage
      .updateTable('staff_person')
      .set({ reference: first?.reference === reference ? 'x' : reference })
      .where('id', '=', first?.id ?? '')
      .execute()
    expect(await auditRecord(services)).toMatchObject({ table: 'staff_person' })
  })
})
