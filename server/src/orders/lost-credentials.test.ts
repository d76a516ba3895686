/** Credentials that a restore lost: only at places where nothing is known, only of a closed list of one's own. What a true restore leaves is in `restore.test.ts`. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approver } from '../../testing/batch-world.ts'
import { askAs } from '../../testing/staff-world.ts'
import {
  codeOf,
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
import { loadStatusRows } from '../status-lists/status-rows.ts'

let world: World
let other: string
let list: { readonly id: number; readonly uri: string; readonly size: number }
/** Of another agency. */
let otherList: string
/** Where a credential is, and a place where none is. */
let known: number
let free: number
let keys = 0

beforeAll(async () => {
  world = await openWorld()
  other = await approver(world)
  const { storage } = world.services
  await post(world, `/api/licences/${(await issueFood(world, { serial: 'LOST1' })).id}/paper`, {})
  const lists = await storage
    .selectFrom('status_list')
    .select(['id', 'uri', 'size', 'agency_id'])
    .execute()
  const [own, foreign] = [true, false].map((isOwn) =>
    lists.find(({ agency_id: agency }) => (agency === MARKET) === isOwn),
  )
  if (own === undefined || foreign === undefined) throw new Error('no list')
  list = own
  otherList = foreign.uri
  const rows = await storage
    .selectFrom('credential')
    .select('idx')
    .where('list_id', '=', list.id)
    .execute()
  const taken = new Set(rows.map(({ idx }) => idx))
  known = rows[0]?.idx ?? 0
  free = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((idx) => !taken.has(idx)) ?? 0
})
afterAll(() => world.close())

function lost(changes: object = {}): object {
  const ground = '《行政许可法》第六十九条'
  const content = { kind: 'revoke-lost', list: list.uri, indices: [free], reason: '发证有误' }
  return { ...content, ground, ...changes }
}

function ask(content: object, by: string = world.apiKey): Promise<Response> {
  const headers = { 'Idempotency-Key': `lost-${keys++}` }
  return post({ ...world, apiKey: by }, '/api/orders', content, headers)
}

test('a list that no restore closed has lost nothing', async () => {
  expect(await codeOf(await ask(lost()))).toBe('restore/not-lost')
})

test('at a place of one’s own closed list it is revoked by two, once, and for ever', async () => {
  const { storage } = world.services
  // As a restore leaves it.
  await storage
    .updateTable('status_list')
    .set(({ ref }) => ({ used: ref('size') }))
    .execute()
  await storage
    .insertInto('kept_status')
    .values({ list_id: list.id, idx: free, status: 2 })
    .execute()
  for (const wrong of [
    { indices: [known] },
    { indices: [free, list.size] },
    { list: `${list.uri}0` },
    { list: otherList },
  ]) {
    expect(await codeOf(await ask(lost(wrong)))).toBe('restore/not-lost')
  }
  for (const wrong of [
    { indices: [0] },
    { indices: [free, free] },
    { indices: [] },
    { indices: Array.from({ length: 201 }, (_, at) => at + 1) },
    { ground: undefined },
  ]) {
    expect(await codeOf(await ask(lost(wrong)))).toBe('input/invalid')
  }
  const holder = { name: '孙部分', kind: 'person' } as const
  const [type = ''] = Object.values(TYPES).filter((code) => code !== TYPES.food)
  const partly = await createApiKey(world.services, {
    ...{ agencyId: MARKET, holder, types: [type], roles: ['change-status'] },
  })
  expect(await codeOf(await ask(lost(), partly))).toBe('auth/forbidden')

  const asked = await ask(lost())
  expect(asked.status).toBe(201)
  const order: { id: string; digest: string } = await asked.json()
  const read = await (await askAs(world, other, { path: `/api/orders/${order.id}` })).json()
  expect(read).toMatchObject({
    licences: 1,
    lines: [],
    lost: [{ index: free, status: 'suspended' }],
    content: { list: list.uri },
  })
  const decision = {
    path: `/api/orders/${order.id}/decision`,
    body: { decision: 'approve', digest: order.digest },
  }
  const own = await post(world, decision.path, decision.body)
  expect(await codeOf(own)).toBe('approval/same-person')
  const revision = () =>
    storage
      .selectFrom('status_list')
      .select('revision')
      .where('id', '=', list.id)
      .executeTakeFirstOrThrow()
  const before = await revision()
  const open = (used: number) =>
    storage.updateTable('status_list').set({ used }).where('id', '=', list.id).execute()
  await open(0)
  const stale = await (await askAs(world, other, { path: `/api/orders/${order.id}` })).json()
  expect(stale).toMatchObject({ state: 'requested', lost: [] })
  expect(await codeOf(await askAs(world, other, decision))).toBe('restore/not-lost')
  await open(list.size)
  expect((await askAs(world, other, decision)).status).toBe(200)
  expect((await revision()).revision).toBe(before.revision + 1)
  expect(await loadStatusRows(storage, list.id)).toContainEqual({ idx: free, status: 1 })
  await integrate(world.services)
  expect(await auditRecord(world.services)).toBeUndefined()
  await storage.updateTable('kept_status').set({ status: 2 }).where('idx', '=', free).execute()
  expect(await auditRecord(world.services)).toMatchObject({ table: 'kept_status' })
})
