/** Rows from before there was a record: without its first act there are none; with it, they are those that it held. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditAfterChanges } from '../../testing/audit-after.ts'
import { dropGuards } from '../../testing/tamper.ts'
import { issueFood, openWorld, post, type World } from '../../testing/test-world.ts'
import { auditRecord } from './audit.ts'
import { integrate } from './integrate.ts'
import { holdOlderRows } from './older-rows.ts'

const RECORD = [
  'log_cosignature',
  'log_checkpoint',
  'log_hash',
  'log_word',
  'log_fact',
  'log_entry',
] as const
const FORGED = `insert into licence (id, serial, identifier, agency_id, type_code, type_version, valid_from, claims, status, actor_id, created_at, version)
  select 'forged', 'FORGED', 'FORGED', agency_id, type_code, type_version, valid_from, claims, status, actor_id, 1, version from licence limit 1`

let world: World

beforeAll(async () => {
  world = await openWorld()
  await issueFood(world, { serial: 'OLDER1' })
  await integrate(world.services)
})
afterAll(() => world.close())

test('a row that says it is older than a record that held none is named', async () => {
  const { services } = world
  await holdOlderRows(services)
  expect(await auditRecord(services)).toBeUndefined()
  const found = await auditAfterChanges(services, [FORGED])
  expect(found).toEqual({ table: 'licence', id: 'forged' })
})

test('those that were there when the record began are held by its first act, once', async () => {
  const { services } = world
  await services.storage.transaction().execute(async (transaction) => {
    await dropGuards(transaction, RECORD)
    for (const table of RECORD) await sql.raw(`delete from ${table}`).execute(transaction)
  })
  await holdOlderRows(services)
  await holdOlderRows(services)
  const entries = await services.storage.selectFrom('log_entry').select('idx').execute()
  expect(entries).toEqual([{ idx: 0 }])
  // What is done with them afterwards, and what comes, is as ever.
  const { id } = await issueFood(world, { serial: 'OLDER2' })
  const older = await services.storage
    .selectFrom('licence')
    .select('id')
    .where('serial', '=', 'OLDER1')
    .executeTakeFirstOrThrow()
  for (const licence of [id, older.id]) {
    const wish = { status: 'suspended', reason: '测试' }
    expect((await post(world, `/api/licences/${licence}/status`, wish)).status).toBe(200)
  }
  await integrate(services)
  expect(await auditRecord(services)).toBeUndefined()
  for (const change of [
    FORGED,
    `update licence set claims = '{}' where id = '${older.id}'`,
    `delete from licence where id = '${older.id}'`,
  ]) {
    const found = await auditAfterChanges(services, [change])
    expect(found, change).toEqual({ table: 'licence', place: 0 })
  }
  const key = "update api_key set roles = '[]'"
  expect(await auditAfterChanges(services, [key])).toEqual({ table: 'api_key', place: 0 })
})
