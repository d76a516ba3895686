/** A batch of 2,000 is killed at every named place, each time by another process; then two at once go on. Nothing is issued twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approve, approver, batchRow, requestRows } from '../../testing/batch-world.ts'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import { dropTestDatabase } from '../../testing/test-database.ts'
import { openWorld, START } from '../../testing/test-world.ts'
import type { Failpoint } from '../failpoint.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'

const ROWS = 2000
/** Longer than a lease. */
const LATER_SECONDS = 60
const POINTS: readonly Failpoint[] = [
  'batch/after-read',
  'batch/after-licences',
  'batch/before-commit',
  'batch/after-commit',
]

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-batch-'))
})
afterAll(async () => {
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
})

function runChild(round: number, failpoint?: Failpoint): Promise<string> {
  const environment = { TEST_LATER: String(round * LATER_SECONDS) }
  return runCrashChild({ folder, task: 'batches', failpoint, environment })
}

test('killed at every step, it goes on where it stopped', async () => {
  let world = await openWorld({ folder })
  const before = await world.services.storage.selectFrom('licence').select('id').execute()
  // Every other serial is the server's to give.
  const rows = Array.from({ length: ROWS }, (_, at) => batchRow(at % 2 === 0 ? `K${at}` : ''))
  const batch = await requestRows(world, rows)
  expect((await approve(world, await approver(world), batch)).status).toBe(200)
  await world.close()

  for (const [at, point] of POINTS.entries()) {
    expect([point, await runChild(at + 1, point)]).toEqual([point, 'SIGKILL'])
  }
  const round = POINTS.length + 1
  expect(await Promise.all([runChild(round), runChild(round)])).toEqual(['0', '0'])

  world = await openWorld({ folder })
  const { storage } = world.services
  const { state } = await storage
    .selectFrom('batch')
    .select('state')
    .where('id', '=', batch.id)
    .executeTakeFirstOrThrow()
  expect(state).toBe('done')
  const licences = await storage.selectFrom('licence').select(['id', 'serial']).execute()
  expect(licences).toHaveLength(before.length + ROWS)
  const done = await storage
    .selectFrom('batch_row')
    .select(['licence_id', 'facts', 'code'])
    .where('batch_id', '=', batch.id)
    .execute()
  expect(new Set(done.map(({ licence_id: id }) => id)).size).toBe(ROWS)
  expect(done.filter(({ facts, code }) => facts !== null || code !== null)).toEqual([])
  world.setNow(START + (round + 1) * LATER_SECONDS)
  await integrate(world.services)
  expect(await auditRecord(world.services)).toBeUndefined()
  await world.close()
}, 300_000)
