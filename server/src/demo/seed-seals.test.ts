/** The demo's seals: there after one start, unchanged by the next, and nothing that stops a start without a font. */
import { sampleAgencies, sampleOffices } from '@onetrip/fixtures'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MARKET, openWorld, type World } from '../../testing/test-world.ts'
import { registerOffice } from '../trust-data/agencies.ts'
import { seedSeals } from './seed-seals.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
  for (const office of sampleOffices) await registerOffice(world.services, office)
})
afterEach(() => world.close())

async function seals() {
  return world.services.storage
    .selectFrom('seal')
    .select(['owner_id', 'name', 'state', 'licences', 'number'])
    .orderBy('id')
    .execute()
}

const OFFICES = [
  '11339901XYN000022G',
  '11339901XYN000030B',
  '11339901XYN000065X',
  '11339901XYN00009XB',
  '11339901XYN000081K',
]
const SEEDED = [
  ...sampleAgencies.flatMap(({ id, name }) => [
    [id, `${name['zh-CN']}电子证照专用章`, 'in-use', 1],
    ...(id === MARKET ? [[id, `${name['zh-CN']}公文专用章`, 'in-use', 0]] : []),
  ]),
  ...sampleOffices
    .filter(({ id }) => OFFICES.includes(id))
    .map(({ id, name }) => [id, `${name['zh-CN']}公文专用章`, 'in-use', 0]),
]

test('each agency and each office that decides has its seals in use, and a further start changes nothing', async () => {
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
