/** Limits over restarts, over two servers on one database, and with clocks that are wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropTestDatabase, testEnvironment } from '../../testing/test-database.ts'
import { START } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import { openServices, type Services } from '../services.ts'
import { forgetRates, keepRates, saveRates } from './keep-rates.ts'
import { RATE_LIMITS } from './rate-limits.ts'

const LIMITED = expect.objectContaining({ code: 'http/rate-limited' })
const NAME = '203.0.113.77'
const { requests, windowSeconds } = RATE_LIMITS['report/send']

let folder: string
let time = START

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-rates-'))
})
afterAll(async () => {
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
})

async function open(now: () => number = () => time): Promise<Services> {
  const config = loadConfig(await testEnvironment(folder))
  return openServices({ config, now, writeLog: () => undefined })
}

function spend({ rates }: Services, times: number): void {
  const counter = rates.counter('report/send')
  for (let at = 0; at < times; at += 1) counter.count(NAME)
}

test('what was counted outlasts a restart, and nobody is named in the database', async () => {
  const first = await open()
  const keeper = keepRates(first)
  spend(first, requests)
  await keeper.close()
  const rows = await first.storage.selectFrom('rate_window').selectAll().execute()
  expect(rows).toMatchObject([{ count: requests, ends_at: START + windowSeconds }])
  expect(JSON.stringify(rows)).not.toContain(NAME)
  await first.close()
  const again = await open()
  expect(() => spend(again, 1)).toThrow(LIMITED)
  time += windowSeconds
  spend(again, 1)
  await again.close()
})

test('two servers count together, each knowing after a second what the other did', async () => {
  time = START + 10 * windowSeconds
  const [one, other] = [await open(), await open()]
  spend(one, requests - 1)
  spend(other, 1)
  await saveRates(one)
  await saveRates(other)
  expect(() => spend(other, 1)).toThrow(LIMITED)
  await saveRates(other)
  expect(() => spend(one, 1)).not.toThrow()
  await saveRates(one)
  expect(() => spend(one, 1)).toThrow(LIMITED)
  await one.close()
  await other.close()
})

test('a clock that was ahead keeps nobody out once it is right, and one that goes back gives nothing away', async () => {
  time = START + 20 * windowSeconds
  const ahead = await open(() => time + 100 * windowSeconds)
  spend(ahead, requests)
  await saveRates(ahead)
  await ahead.close()
  const right = await open()
  spend(right, requests)
  await saveRates(right)
  time += windowSeconds
  spend(right, 1)
  time -= windowSeconds
  spend(right, 1)
  await saveRates(right)
  expect(() => spend(right, 1)).toThrow(LIMITED)
  await right.close()
})

test('windows are forgotten some time after their end, and those of a clock that was far ahead', async () => {
  time = START + 40 * windowSeconds
  const services = await open()
  spend(services, 1)
  await saveRates(services)
  await forgetRates(services)
  const rows = await services.storage.selectFrom('rate_window').select('window_start').execute()
  expect(rows).toEqual([{ window_start: time }])
  await services.close()
})

test('a database that does not answer refuses nobody, and what was counted waits', async () => {
  time = START + 60 * windowSeconds
  const services = await open()
  await services.close()
  spend(services, requests)
  await keepRates(services).close()
  expect(services.rates.unsaved(9)).toMatchObject([{ count: requests }])
  expect(() => spend(services, 1)).toThrow(LIMITED)
})
