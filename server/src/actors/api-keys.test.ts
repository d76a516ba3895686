import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, TYPES, type World } from '../../testing/test-world.ts'
import { ROLES } from '../rights/rights.ts'
import { createApiKey } from './api-keys.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('a key of an agency that is not registered is refused, and leaves no actor', async () => {
  const actors = () => world.services.storage.selectFrom('actor').select('id').execute()
  const before = await actors()
  const made = createApiKey(world.services, {
    agencyId: '91330100MA27XYN00X',
    holder: { name: '无名系统', kind: 'system' },
    types: [TYPES.food],
    roles: ROLES,
  })
  await expect(made).rejects.toMatchObject({ code: 'issuer/unknown' })
  expect(await actors()).toEqual(before)
})
