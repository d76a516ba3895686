/** What staff see of keys and of what is published of them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import { codeOf, issueFood, MARKET, openWorld, type World } from '../../testing/test-world.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { metadataFile } from './serve-repository.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function asRole(role: 'auditor' | 'clerk'): Promise<Response> {
  const id = await memberWith(world, { name: `员工${role}`, role, agencyId: MARKET })
  return askAs(world, await sessionCookie(world, id), { path: '/api/trust' })
}

test('an auditor sees the keys of the organisation alone, and what is published', async () => {
  const { id } = await issueFood(world, { serial: 'TRUST1' })
  const { list_id: list } = await world.services.storage
    .selectFrom('credential')
    .select('list_id')
    .where('licence_id', '=', id)
    .executeTakeFirstOrThrow()
  await metadataFile(world.services, 'timestamp.json')
  await publishedStatusList(world.services, list, 'cwt')
  const response = await asRole('auditor')
  expect(response.status).toBe(200)
  const state = await response.json()
  const own = await world.services.storage
    .selectFrom('signing_key')
    .select('kid')
    .where('agency_id', '=', MARKET)
    .execute()
  const kids = state.keys.map(({ kid }: { readonly kid: string }) => kid)
  expect(kids.sort()).toEqual(own.map(({ kid }) => kid).sort())
  expect(state.keys[0]).toMatchObject({ revokedFrom: null, retiredAt: null })
  expect(Object.keys(state.keys[0])).not.toContain('public_jwk')
  const roles = state.roles.map(({ role }: { readonly role: string }) => role)
  expect(roles.slice(0, 4)).toEqual(['root', 'timestamp', 'snapshot', 'targets'])
  expect(state.statusLists).toContainEqual(
    expect.objectContaining({ list, form: 'cwt', isCurrent: true }),
  )
  expect(state.faults).toEqual([])
})

test('nobody sees them without the right', async () => {
  const response = await asRole('clerk')
  expect(response.status).toBe(403)
  expect(await codeOf(response)).toBe('auth/forbidden')
})
