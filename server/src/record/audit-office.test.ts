/**
 * Staff with their roles and sessions, batches with their rows, orders, reports, and which licence took another's place: each is changed by hand where no act
 * changes it, and the audit names the row.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditAfterChanges } from '../../testing/audit-after.ts'
import { approve, approver, batchRow, requestRows } from '../../testing/batch-world.ts'
import { askAs, member, memberWith, role, sessionCookie } from '../../testing/staff-world.ts'
import { issueFood, MARKET, openWorld, post, type World } from '../../testing/test-world.ts'
import { issueBatches } from '../batches/keep-batches.ts'
import { auditRecord } from './audit.ts'
import { integrate } from './integrate.ts'

let world: World
/** Ids of rows, by what happened to them. */
const id: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  await bringStaff()
  await bringBatches()
  await bringOrdersAndReports()
  const replaced = await issueFood(world, { serial: 'OFFICE1' })
  id['replaced'] = replaced.id
  const path = `/api/licences/${replaced.id}/versions`
  const next = { validFrom: '2026-11-21', reason: '变更' }
  const answer = await post(world, path, next, { 'Idempotency-Key': 'office-1' })
  const { id: nextId }: { id: string } = await answer.json()
  id['next'] = nextId
  await integrate(world.services)
}, 60_000)
afterAll(() => world.close())

async function bringStaff(): Promise<void> {
  const as = { name: '吴管理', role: 'administrator', agencyId: MARKET } as const
  id['administrator'] = await memberWith(world, as)
  const cookie = await sessionCookie(world, id['administrator'])
  id['gone'] = await member(world, '郑离任', MARKET)
  id['ended'] = await role(world, id['gone'], { role: 'clerk', agencyId: MARKET })
  await askAs(world, cookie, { path: `/api/staff/members/${id['gone']}/end`, body: {} })
  id['member'] = await member(world, '王在任', MARKET)
  id['grant'] = await role(world, id['member'], { role: 'reviewer', agencyId: MARKET })
  await sessionCookie(world, id['member'])
}

async function bringBatches(): Promise<void> {
  const cookie = await approver(world)
  const done = await requestRows(world, [batchRow('OFFICE2'), batchRow('OFFICE3')])
  expect((await approve(world, cookie, done)).status).toBe(200)
  await issueBatches(world.services)
  id['done'] = done.id
  const waiting = await requestRows(world, [batchRow('OFFICE4')], 'batch-2')
  id['waiting'] = waiting.id
}

async function bringOrdersAndReports(): Promise<void> {
  const { id: licence } = await issueFood(world, { serial: 'OFFICE5' })
  const ask = async (key: string): Promise<{ readonly id: string; readonly digest: string }> => {
    const content = { kind: 'suspend', licences: [licence], reason: '待查' }
    return (await post(world, '/api/orders', content, { 'Idempotency-Key': key })).json()
  }
  const decided = await ask('order-1')
  const path = `/api/orders/${decided.id}/decision`
  const body = { decision: 'approve', digest: decided.digest }
  const cookie = await approver(world, '冯同意')
  expect((await askAs(world, cookie, { path, body })).status).toBe(200)
  id['decided'] = decided.id
  id['asked'] = (await ask('order-2')).id
  for (const name of ['open', 'answered']) {
    const report = { code: 'signature/invalid', place: 'counter', agency: MARKET, judgedAt: 1 }
    const filed = await post(world, '/reports', { ...report, words: '像是画的' })
    const { id: reportId }: { id: string } = await filed.json()
    id[name] = reportId
  }
  const answer = { path: `/api/reports/${id['answered']}/answer`, body: { answer: '已查' } }
  expect((await askAs(world, cookie, answer)).status).toBe(200)
}

const auditAfter = (statement: string): ReturnType<typeof auditRecord> =>
  auditAfterChanges(world.services, [statement])

test('as acts left them, all fit', async () => {
  expect(await auditRecord(world.services)).toBeUndefined()
})

/** The table that is named, its row, and what is done to one of them. */
const CHANGES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'staff',
    'member',
    [
      "update staff set subject = 'x'",
      "update staff set issuer = 'x'",
      "update staff set agency_id = 'x'",
      'update staff set registered_at = registered_at - 1',
      'update staff set ended_at = registered_at',
      'update staff set actor_id = (select id from actor where id not in (select actor_id from staff) limit 1)',
      'delete from staff',
    ],
  ],
  ['staff', 'gone', ['update staff set ended_at = null', 'update staff set ended_at = 1']],
  [
    'staff_grant',
    'grant',
    [
      "update staff_grant set role = 'approver'",
      "update staff_grant set agency_id = 'x'",
      "update staff_grant set matter = 'x'",
      'update staff_grant set not_before = not_before - 1',
      'update staff_grant set not_after = not_before + 1',
      'update staff_grant set ended_at = granted_at, ended_by = granted_by',
      'delete from staff_grant',
    ],
  ],
  [
    'staff_grant',
    'ended',
    [
      'update staff_grant set ended_at = null, ended_by = null',
      'update staff_grant set ended_by = granted_by',
    ],
  ],
  [
    'batch',
    'done',
    [
      "update batch set state = 'approved'",
      'update batch set approver_id = requester_id',
      'update batch set requester_id = approver_id',
      "update batch set digest = 'x'",
      'update batch set finished_at = finished_at + 60',
      'delete from batch',
    ],
  ],
  ['batch', 'waiting', ["update batch set state = 'approved'", 'update batch set row_count = 9']],
  [
    'licence_order',
    'decided',
    [
      "update licence_order set kind = 'revoke'",
      'update licence_order set decider_id = requester_id',
      'update licence_order set decided_at = decided_at - 60',
      "update licence_order set state = 'refused'",
      "update licence_order set reason = 'x'",
      'delete from licence_order',
    ],
  ],
  [
    'licence_order',
    'asked',
    [
      `update licence_order set content = replace(content, '待查', '已查')`,
      'update licence_order set requester_id = (select decider_id from licence_order where decider_id is not null)',
      "update licence_order set state = 'done', content = null",
    ],
  ],
  [
    'licence_report',
    'open',
    [
      "update licence_report set words = 'x'",
      "update licence_report set evidence = '{}', words = null",
      'update licence_report set agency_id = null',
      "update licence_report set state = 'answered', answer = 'x'",
      'delete from licence_report',
    ],
  ],
  [
    'licence_report',
    'answered',
    [
      "update licence_report set answer = 'x'",
      "update licence_report set evidence = '{}', words = null, answer = null",
      'update licence_report set answered_at = 1',
      "update licence_report set state = 'open', answer = null, answered_by = null, answered_at = null",
    ],
  ],
]
for (const [table, row, statements] of CHANGES) {
  test.each(statements)(`${table} (${row}): %s`, async (statement) => {
    const found = await auditAfter(`${statement} where id = '${id[row]}'`)
    expect(found).toMatchObject({ table, place: expect.any(Number), id: id[row] })
  })
}

test('what no act brought is named', async () => {
  const grant = `insert into staff_grant
    select 'forged', staff_id, 'approver', agency_id, matter, not_before, not_after, granted_by, 1, null, null
    from staff_grant where id = '${id['grant']}'`
  expect(await auditAfter(grant)).toMatchObject({ table: 'staff_grant', id: 'forged' })
  const session = `insert into staff_session
    select 'x', 'forged', staff_id, authenticated_at, signed_in_at, used_at, ends_at
    from staff_session limit 1`
  expect(await auditAfter(session)).toEqual({ table: 'staff_session', id: 'forged' })
  const member = `insert into staff select 'forged', issuer, 'x', actor.id, agency_id, 1, null from staff
    join actor on actor.id not in (select actor_id from staff) limit 1`
  expect(await auditAfter(member)).toEqual({ table: 'staff', id: 'forged' })
})

test.each(["hash = 'x'", `staff_id = (select max(id) from staff)`, 'ends_at = ends_at + 1'])(
  'a session whose %s',
  async (change) => {
    const found = await auditAfter(`update staff_session set ${change}
      where staff_id = '${id['administrator']}'`)
    expect(found).toMatchObject({ table: 'staff_session', id: expect.any(String) })
  },
)

test('rows of a batch: one that says less than its act, another licence, one that is gone or waits again', async () => {
  const first = `where batch_id = '${id['done']}' and place = 1`
  const statements = [
    `update batch_row set licence_id = null, code = 'licence/exists' ${first}`,
    `update batch_row set licence_id = '${id['next']}' ${first}`,
    `update batch_row set licence_id = null, facts = '{}' ${first}`,
    `delete from batch_row ${first}`,
  ]
  for (const statement of statements) {
    const bad = { table: 'batch_row', id: id['done'] }
    expect(await auditAfter(statement), statement).toMatchObject(bad)
  }
  const added = `insert into batch_row (batch_id, place, facts) values ('${id['waiting']}', 2, '{}')`
  expect(await auditAfter(added)).toMatchObject({ table: 'batch_row', id: id['waiting'] })
})

test('a licence in the place of another: taken away, another one, one more', async () => {
  const of = `where licence_id = '${id['replaced']}'`
  const other = `(select min(licence_id) from batch_row)`
  const statements = [
    `delete from licence_replacement ${of}`,
    `update licence_replacement set next_id = ${other} ${of}`,
  ]
  for (const statement of statements) {
    const bad = { table: 'licence_replacement', id: id['replaced'] }
    expect(await auditAfter(statement), statement).toMatchObject(bad)
  }
  const more = `insert into licence_replacement (licence_id, next_id) values ('${id['next']}', ${other})`
  const found = await auditAfter(more)
  expect(found).toMatchObject({ table: 'licence_replacement', id: id['next'] })
})
