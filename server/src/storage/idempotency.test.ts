import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  codeOf,
  foodRequest,
  issueFood,
  openWorld,
  post,
  START,
  type World,
} from '../../testing/test-world.ts'
import { seedDemo } from '../seed.ts'
import { KEEP_ANSWER_DAYS } from './idempotency.ts'

const KEEP_SECONDS = KEEP_ANSWER_DAYS * 86_400
let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('an answer is kept for 30 days, and goes when a later one is saved', async () => {
  world.setNow(START)
  const first = await issueFood(world, { serial: 'KEEP1' }, 'keep-1')
  const again = () =>
    post(world, '/api/licences', foodRequest({ serial: 'KEEP1' }), { 'Idempotency-Key': 'keep-1' })
  world.setNow(START + KEEP_SECONDS)
  await issueFood(world, { serial: 'KEEP2' }, 'keep-2')
  expect(await (await again()).json()).toEqual(first)
  world.setNow(START + KEEP_SECONDS + 1)
  await issueFood(world, { serial: 'KEEP3' }, 'keep-3')
  const rows = await world.services.storage.selectFrom('idempotency').select('key').execute()
  expect(rows.map((row) => row.key)).toEqual(['keep-2', 'keep-3'])
  const refused = await again()
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'licence/exists'])
})

test('the demo starts again when the answers of its seed are forgotten', async () => {
  const licences = () => world.services.storage.selectFrom('licence').select('id').execute()
  const before = await licences()
  await seedDemo(world.services)
  expect(await licences()).toEqual(before)
})
