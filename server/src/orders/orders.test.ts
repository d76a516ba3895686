/** Orders about licences: by two people, whole or not at all, and nobody approves their own by any road. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approver } from '../../testing/batch-world.ts'
import { askAs, member, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import {
  codeOf,
  foodRequest,
  issueFood,
  MARKET,
  openWorld,
  post,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'

let world: World
/** Of somebody else than whose key the world has. */
let other: string
let keys = 0

beforeAll(async () => {
  world = await openWorld()
  other = await approver(world)
})
afterAll(() => world.close())

interface Order {
  readonly id: string
  readonly digest: string
  readonly state: string
}

function ask(content: object, key = `order-${keys++}`): Promise<Response> {
  return post(world, '/api/orders', content, { 'Idempotency-Key': key })
}

async function asked(content: object): Promise<Order> {
  const response = await ask(content)
  expect(response.status).toBe(201)
  return response.json()
}

function decide(
  { id, digest }: Pick<Order, 'id' | 'digest'>,
  by: { readonly cookie?: string; readonly key?: string; readonly decision?: string } = {},
): Promise<Response> {
  const path = `/api/orders/${id}/decision`
  const body = { decision: by.decision ?? 'approve', digest }
  if (by.cookie !== undefined) return askAs(world, by.cookie, { path, body })
  return Promise.resolve(
    world.app.request(path, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${by.key ?? world.apiKey}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    }),
  )
}

async function statusOf(id: string): Promise<string> {
  const headers = { Authorization: `Bearer ${world.apiKey}` }
  return (await (await world.app.request(`/api/licences/${id}`, { headers })).json()).status
}

async function suspended(serial: string): Promise<string> {
  const { id } = await issueFood(world, { serial })
  await post(world, `/api/licences/${id}/status`, { status: 'suspended', reason: '待查' })
  return id
}

function keyOf(name: string, kind: 'person' | 'system'): Promise<string> {
  return createApiKey(world.services, {
    agencyId: MARKET,
    holder: { name, kind },
    types: [TYPES.food],
    roles: ['change-status'],
  })
}

describe('an order', () => {
  test('reinstates what another person agrees to, once', async () => {
    const licences = [await suspended('ORDER1'), await suspended('ORDER2')]
    const order = await asked({ kind: 'reinstate', licences, reason: '已查清' })
    expect(await statusOf(licences[0] ?? '')).toBe('suspended')
    expect((await decide(order, { cookie: other })).status).toBe(200)
    for (const id of licences) expect(await statusOf(id)).toBe('valid')
    expect(await codeOf(await decide(order, { cookie: other }))).toBe('approval/settled')
  })

  test('asked for again under its key it is the same one', async () => {
    const licences = [await suspended('ORDER3')]
    const content = { kind: 'reinstate', licences, reason: '已查清' }
    const [first, again] = [await ask(content, 'same'), await ask(content, 'same')]
    expect(await again.json()).toEqual(await first.json())
    const changed = await ask({ ...content, reason: '其他' }, 'same')
    expect(await codeOf(changed)).toBe('idempotency/key-reused')
  })

  test('is approved by nobody who asked for it: not by another key, name or session of theirs, and by no system', async () => {
    const licences = [await suspended('ORDER4')]
    const order = await asked({ kind: 'reinstate', licences, reason: '已查清' })
    const session = await sessionCookie(
      world,
      await memberWith(world, { name: '赵\u200b经办', role: 'approver', agencyId: MARKET }),
    )
    for (const by of [
      {},
      { key: await keyOf('赵 经办', 'person') },
      { key: await keyOf('审批系统', 'system') },
      { cookie: session },
    ]) {
      expect(await codeOf(await decide(order, by))).toBe('approval/same-person')
    }
    expect(await statusOf(licences[0] ?? '')).toBe('suspended')
    // Whoever asked may take it back.
    expect(await (await decide(order, { decision: 'refuse' })).json()).toMatchObject({
      state: 'refused',
    })
    expect(await codeOf(await decide(order, { cookie: other }))).toBe('approval/settled')
  })

  test('is approved over what was read, and not as it was changed in the database', async () => {
    const licences = [await suspended('ORDER5')]
    const order = await asked({ kind: 'reinstate', licences, reason: '已查清' })
    const digest = 'A'.repeat(43)
    expect(await codeOf(await decide({ ...order, digest }, { cookie: other }))).toBe(
      'approval/other-files',
    )
    const asRequested = { kind: 'reinstate', licences, reason: '已查清' }
    const change = (content: object) =>
      world.services.storage
        .updateTable('licence_order')
        .set({ content: JSON.stringify(content) })
        .where('id', '=', order.id)
        .execute()
    await change({ kind: 'revoke', licences, reason: 'x', end: 'penalty' })
    expect(await codeOf(await decide(order, { cookie: other }))).toBe('approval/other-files')
    await change(asRequested)
    expect(await statusOf(licences[0] ?? '')).toBe('suspended')
  })

  test('is done whole or not at all', async () => {
    const [first, second] = [await suspended('ORDER6'), await suspended('ORDER7')]
    const order = await asked({ kind: 'reinstate', licences: [first, second], reason: '已查清' })
    await post(world, `/api/licences/${second}/status`, { status: 'revoked', reason: '决定' })
    expect(await codeOf(await decide(order, { cookie: other }))).toBe('status/not-reversible')
    expect([await statusOf(first), await statusOf(second)]).toEqual(['suspended', 'revoked'])
  })

  test('is read and refused by nobody who does not decide on its licences', async () => {
    const order = await asked({
      kind: 'reinstate',
      licences: [await suspended('ORDER8')],
      reason: '已查清',
    })
    const partly = await createApiKey(world.services, {
      ...{ agencyId: MARKET, types: [TYPES.business], roles: ['change-status'] },
      holder: { name: '孙部分', kind: 'person' },
    })
    const headers = { Authorization: `Bearer ${partly}` }
    const read = await world.app.request(`/api/orders/${order.id}`, { headers })
    expect(await codeOf(read)).toBe('auth/forbidden')
    for (const decision of ['approve', 'refuse']) {
      expect(await codeOf(await decide(order, { key: partly, decision }))).toBe('auth/forbidden')
    }
  })

  test('is nobody else’s: another agency neither names its licences nor reads it', async () => {
    const content = { kind: 'reinstate', licences: [world.services.newId()], reason: 'x' }
    expect(await codeOf(await ask(content))).toBe('licence/not-found')
    const path = `/api/orders/${world.services.newId()}`
    expect(await codeOf(await askAs(world, other, { path }))).toBe('approval/not-found')
    const clerk = await sessionCookie(
      world,
      await memberWith(world, { name: '周窗口', role: 'clerk', agencyId: MARKET }),
    )
    expect(await codeOf(await askAs(world, clerk, { path: '/api/orders' }))).toBe('auth/forbidden')
  })
})

test('many licences end together, by two people', async () => {
  const issued = await Promise.all(
    ['MANY1', 'MANY2', 'MANY3'].map((serial) => issueFood(world, { serial })),
  )
  const licences = issued.map(({ id }) => id)
  const order = await asked({ kind: 'revoke', licences, end: 'annulled', reason: '发证有误' })
  const listed = await (await askAs(world, other, { path: '/api/orders' })).json()
  expect(listed.orders[0]).toMatchObject({ id: order.id, licences: 3, state: 'requested' })
  const read = await (await askAs(world, other, { path: `/api/orders/${order.id}` })).json()
  expect(read.content.licences).toEqual(licences)
  expect(read).toMatchObject({ requestedBy: '赵经办', isOwn: false })
  expect(read.lines.map(({ serial }: { serial: string }) => serial).sort()).toEqual([
    'MANY1',
    'MANY2',
    'MANY3',
  ])
  const headers = { Authorization: `Bearer ${world.apiKey}` }
  const own = await world.app.request(`/api/orders/${order.id}`, { headers })
  expect(await own.json()).toMatchObject({ isOwn: true })
  await decide(order, { cookie: other })
  for (const id of licences) expect(await statusOf(id)).toBe('revoked')
  const decided = await (await askAs(world, other, { path: `/api/orders/${order.id}` })).json()
  expect(decided).toMatchObject({ decidedBy: '钱审批', content: null, lines: [] })
})

test('many are suspended together; and no member of staff reinstates one alone', async () => {
  const issued = await Promise.all(
    ['PAUSE1', 'PAUSE2'].map((serial) => issueFood(world, { serial })),
  )
  const licences = issued.map(({ id }) => id)
  const order = await asked({ kind: 'suspend', licences, reason: '待查' })
  expect((await decide(order, { cookie: other })).status).toBe(200)
  for (const id of licences) expect(await statusOf(id)).toBe('suspended')
  const path = `/api/licences/${licences[0]}/status`
  const alone = await askAs(world, other, { path, body: { status: 'valid', reason: 'x' } })
  expect(await codeOf(alone)).toBe('approval/missing')
  expect(await statusOf(licences[0] ?? '')).toBe('suspended')
})

describe('a transfer', () => {
  const { claims } = foodRequest()
  const to = {
    holderReference: '受让人',
    validFrom: '2026-11-24',
    validTo: '2031-11-19',
    claims: { ...Object(claims), legalRepresentative: '林测试' },
  }

  test('ends the licence as transferred and issues the next one to the other holder', async () => {
    const { id } = await issueFood(world, { serial: 'TRANSFER1', holderReference: '转让人' })
    const order = await asked({ kind: 'transfer', licence: id, reason: '转让', to })
    expect(await statusOf(id)).toBe('valid')
    expect((await decide(order, { cookie: other })).status).toBe(200)
    const headers = { Authorization: `Bearer ${world.apiKey}` }
    const old = await (await world.app.request(`/api/licences/${id}`, { headers })).json()
    expect(old).toMatchObject({
      status: 'revoked',
      holderReference: '转让人',
      history: [{ to: 'revoked', kind: 'transferred' }],
    })
    const next = await (
      await world.app.request(`/api/licences/${old.replacedBy}`, { headers })
    ).json()
    expect(next).toMatchObject({ status: 'valid', version: 2, holderReference: '受让人' })
    // What it said of the next holder is not kept twice.
    const row = await world.services.storage
      .selectFrom('licence_order')
      .select('content')
      .where('id', '=', order.id)
      .executeTakeFirstOrThrow()
    expect(row.content).toBeNull()
    await integrate(world.services)
    expect(await auditRecord(world.services)).toBeUndefined()
  })

  test('is no way around a suspension, and holds to the rules of the type', async () => {
    const id = await suspended('TRANSFER2')
    const refused = await ask({ kind: 'transfer', licence: id, reason: '转让', to })
    expect(await codeOf(refused)).toBe('status/suspended')
    const { id: good } = await issueFood(world, { serial: 'TRANSFER3' })
    const wrong = { ...to, claims: { name: '缺' } }
    const order = await asked({ kind: 'transfer', licence: good, reason: '转让', to: wrong })
    expect(await codeOf(await decide(order, { cookie: other }))).toBe('claim/missing')
    expect(await statusOf(good)).toBe('valid')
  })
})

test('a system reinstates what a system suspended, and nothing that a member of staff did', async () => {
  const { id } = await issueFood(world, { serial: 'SYSTEM1' })
  const system = { ...world, apiKey: await keyOf('发证系统', 'system') }
  const path = `/api/licences/${id}/status`
  const [away, back] = [
    { status: 'suspended', reason: '待查' },
    { status: 'valid', reason: '核实' },
  ]
  expect((await post(system, path, away)).status).toBe(200)
  expect((await post(system, path, back)).status).toBe(200)
  // Also where a system had suspended it before, and does again after them.
  for (const by of [system, undefined, undefined, system]) {
    const done = by === undefined ? askAs(world, other, { path, body: away }) : post(by, path, away)
    expect((await done).status).toBe(200)
  }
  const headers = { Authorization: `Bearer ${world.apiKey}` }
  const { history } = await (await world.app.request(`/api/licences/${id}`, { headers })).json()
  expect(history.map(({ from, to, by }: Record<string, string>) => [from, to, by])).toEqual([
    ['valid', 'suspended', '发证系统'],
    ['suspended', 'valid', '发证系统'],
    ['valid', 'suspended', '发证系统'],
    ['suspended', 'suspended', '钱审批'],
  ])
  await integrate(world.services)
  expect(await auditRecord(world.services)).toBeUndefined()
  expect(await codeOf(await post(system, path, back))).toBe('approval/missing')
  // Under a key of theirs a member is a member.
  const apiKey = await keyOf('钱 审批', 'person')
  expect(await codeOf(await post({ ...world, apiKey }, path, back))).toBe('approval/missing')
  expect(await statusOf(id)).toBe('suspended')
})

test('one person does not revoke in numbers what two should', async () => {
  const { id } = await issueFood(world, { serial: 'SINGLE1' })
  const { actor_id: actorId } = await world.services.storage
    .selectFrom('licence')
    .select('actor_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const changes = Array.from({ length: 200 }, (_, at) => ({
    licence_id: id,
    sequence: 1000 + at,
    from_status: 'valid',
    to_status: 'revoked',
    reason: 'x',
    kind: null,
    ground: null,
    actor_id: actorId,
    changed_at: world.services.now(),
  }))
  await world.services.storage.insertInto('status_change').values(changes).execute()
  const wish = { status: 'revoked', reason: '决定' }
  const refused = await post(world, `/api/licences/${id}/status`, wish)
  expect(await codeOf(refused)).toBe('approval/missing')
  // Nor under a key of the same name in another spelling.
  const apiKey = await keyOf('赵\u200b经办', 'person')
  const again = await post({ ...world, apiKey }, `/api/licences/${id}/status`, wish)
  expect(await codeOf(again)).toBe('approval/missing')
  // Nor as a member of another name whom the provider of staff knows as the same person.
  const own = await member(world, '赵\u200b经办', MARKET)
  const renamed = await memberWith(world, { name: '赵改名', role: 'approver', agencyId: MARKET })
  const { storage } = world.services
  const persons = [own, renamed].map((staff) => ({ id: staff, reference: 'one and the same' }))
  const cookie = await sessionCookie(world, renamed)
  const asRenamed = { path: `/api/licences/${id}/status`, body: wish }
  await storage.insertInto('staff_person').values(persons).execute()
  expect(await codeOf(await askAs(world, cookie, asRenamed))).toBe('approval/missing')
  expect(await statusOf(id)).toBe('valid')
  await storage.deleteFrom('staff_person').where('id', '=', own).execute()
  expect((await askAs(world, cookie, asRenamed)).status).toBe(200)
})
