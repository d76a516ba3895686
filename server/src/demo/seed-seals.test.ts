/** The demo's seals: there after one start, unchanged by the next, and nothing that stops a start without a font. */
import { sampleAgencies } from '@onetrip/fixtures'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MARKET, openWorld, type World } from '../../testing/test-world.ts'
import { seedSeals } from './seed-seals.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

async function seals() {
  return world.services.storage
    .selectFrom('seal')
    .select(['owner_id', 'name', 'state', 'licences', 'number'])
    .orderBy('id')
    .execute()
}

const SEEDED = sampleAgencies.flatMap(({ id, name }) => [
  [id, `${name['zh-CN']}电子证照专用章`, 'in-use', 1],
  ...(id === MARKET ? [[id, `${name['zh-CN']}公文专用章`, 'in-use', 0]] : []),
])

test('each agency has its seals in use, and a further start changes nothing', async () => {
  expect(await seedSeals(world.services)).toBe(true)
  const made = await seals()
  expect(made.map((row) => [row.owner_id, row.name, row.state, row.licences])).toEqual(SEEDED)
  expect(await seedSeals(world.services)).toBe(true)
  expect(await seals()).toEqual(made)
})

test('without the font there is none; with it the next start goes on', async () => {
  const { config } = world.services
  const fontless = { ...world.services, config: { ...config, sealFont: '/nowhere.ttc' } }
  expect(await seedSeals(fontless)).toBe(false)
  expect((await seals()).map(({ state }) => state)).toEqual(['applied'])
  expect(await seedSeals(world.services)).toBe(true)
  expect((await seals()).map((row) => [row.owner_id, row.name, row.state, row.licences])).toEqual(
    SEEDED,
  )
})
