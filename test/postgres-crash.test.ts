/**
 * PostgreSQL crashes under a running server, and comes back (CR02): clients get 503 meanwhile, the server needs nobody's help, and what was
 * acknowledged before, meanwhile or after is there once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditRecord } from '../server/src/record/audit.ts'
import { integrate } from '../server/src/record/integrate.ts'
import { codeOf, foodRequest, openWorld, post, type World } from '../server/testing/test-world.ts'
import { ensurePostgres, startPostgres, type TestPostgres } from './postgres.ts'

const CLERKS = 3
const BEFORE = 5
const AFTER = 10
const DOWN_MILLISECONDS = 400
const RETRY_MILLISECONDS = 50

let postgres: TestPostgres
let world: World

beforeAll(async () => {
  const programs = ensurePostgres()
  if (programs === undefined) throw new Error('no PostgreSQL')
  postgres = await startPostgres(programs)
  const environment = { ONETRIP_DATABASE_URL: `${postgres.address}postgres` }
  world = await openWorld({ environment })
})
afterAll(async () => {
  await world.close()
  postgres.stop()
})

test('what was acknowledged is there, once, and nobody has to start the server again', async () => {
  const acknowledged: string[] = []
  const refused: string[] = []
  let isOver = false
  const issue = async (serial: string): Promise<void> => {
    const headers = { 'Idempotency-Key': `crash-${serial}` }
    for (;;) {
      const response = await post(world, '/api/licences', foodRequest({ serial }), headers)
      if (response.status === 201) break
      expect([response.status, await codeOf(response)]).toEqual([503, 'storage/unavailable'])
      refused.push(serial)
      await sleep(RETRY_MILLISECONDS)
    }
    acknowledged.push(serial)
  }
  const clerks = Array.from({ length: CLERKS }, async (_, clerk) => {
    for (let round = 0; !isOver; round += 1) await issue(`C${clerk}R${round}`)
  })
  while (acknowledged.length < BEFORE) await sleep(RETRY_MILLISECONDS)
  postgres.crash()
  await sleep(DOWN_MILLISECONDS)
  expect(refused.length).toBeGreaterThan(0)
  postgres.startAgain()
  const due = acknowledged.length + AFTER
  while (acknowledged.length < due) await sleep(RETRY_MILLISECONDS)
  isOver = true
  await Promise.all(clerks)
  const { services } = world
  const licences = await services.storage.selectFrom('licence').select('serial').execute()
  for (const serial of acknowledged) {
    expect(licences.filter((licence) => licence.serial === serial)).toHaveLength(1)
  }
  await integrate(services)
  expect(await auditRecord(services)).toBeUndefined()
})
