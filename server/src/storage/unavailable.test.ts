/**
 * What clients see while the database fails (CR02): full, gone, another's for a while. What cannot be kept is 503 `storage/unavailable` and
 * leaves nothing, reading goes on where it can, and the same request under the same key counts once when the database is back.
 */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  administer,
  databaseUrl,
  openTestStorage,
  TEST_POSTGRES,
} from '../../testing/test-database.ts'
import { codeOf, foodRequest, openWorld, post, type World } from '../../testing/test-world.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'
import { transact } from './database.ts'

const HELD_MILLISECONDS = 400
const MOST_IN_PAGES = 50

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function issue(serial: string): Promise<Response> {
  const headers = { 'Idempotency-Key': `unavailable-${serial}` }
  return post(world, '/api/licences', foodRequest({ serial }), headers)
}

async function expectRefused(serial: string): Promise<void> {
  const response = await issue(serial)
  expect(response.status).toBe(503)
  expect(response.headers.get('Retry-After')).toMatch(/^\d+$/)
  expect(await codeOf(response)).toBe('storage/unavailable')
}

/** The retry counts, once; and nothing in the record or beside it says otherwise. */
async function expectHealed(serial: string): Promise<void> {
  const first = await issue(serial)
  expect(first.status).toBe(201)
  expect(await (await issue(serial)).text()).toBe(await first.text())
  const query = world.services.storage.selectFrom('licence').select('id')
  expect(await query.where('serial', '=', serial).execute()).toHaveLength(1)
  await integrate(world.services)
  expect(await auditRecord(world.services)).toBeUndefined()
}

const run = (statement: string): Promise<unknown> =>
  sql.raw(statement).execute(world.services.storage)

test('full: nothing is kept, what was kept is read, and it heals by itself', async () => {
  const [fill, empty] =
    TEST_POSTGRES === undefined
      ? [['pragma max_page_count = 1'], ['pragma max_page_count = 1000000']]
      : [
          [
            `create function no_room() returns trigger language plpgsql as $$
              begin raise exception 'no room' using errcode = '53100'; end $$`,
            'create trigger no_room before insert on log_word execute function no_room()',
          ],
          ['drop trigger no_room on log_word'],
        ]
  for (const statement of fill) await run(statement)
  // There may be room in pages that are begun.
  let last = 0
  while (last < MOST_IN_PAGES && (await issue(`FULL${last}`)).status === 201) last += 1
  await expectRefused(`FULL${last}`)
  expect((await post(world, '/api/licences/search', {})).status).toBe(200)
  for (const statement of empty) await run(statement)
  await expectHealed(`FULL${last}`)
})

test('gone: nothing is kept in what has no name any more, and it heals when it is back', async () => {
  if (TEST_POSTGRES === undefined) {
    const file = join(world.folder, 'onetrip.sqlite')
    renameSync(file, `${file}.away`)
    await expectRefused('GONE1')
    renameSync(`${file}.away`, file)
  } else {
    const name = new URL(databaseUrl(world.folder)).pathname.slice(1)
    await administer(`alter database ${name} allow_connections false`)
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}'`)
    await expectRefused('GONE1')
    await administer(`alter database ${name} allow_connections true`)
  }
  await expectHealed('GONE1')
})

test('another’s: who writes waits for them, and is done afterwards', async () => {
  const other = await openTestStorage(world.folder)
  const begun = Promise.withResolvers<void>()
  const holding = transact(other, async (transaction) => {
    await transaction.updateTable('lease').set({ until: 0 }).execute()
    begun.resolve()
    await sleep(HELD_MILLISECONDS)
  })
  await begun.promise
  const start = performance.now()
  const response = await issue('HELD1')
  expect(response.status).toBe(201)
  expect(performance.now() - start).toBeGreaterThan(HELD_MILLISECONDS / 2)
  await holding
  await other.destroy()
})
