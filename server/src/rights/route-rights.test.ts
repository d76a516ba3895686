import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openWorld, START, type World } from '../../testing/test-world.ts'
import { createApp } from '../app.ts'
import { RIGHTS, ROLE_RIGHTS, SEPARATE_ROLES, STAFF_ROLES } from './rights.ts'
import { DEMO_ROUTE, ROUTE_RIGHTS } from './route-rights.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** What the router has, without what stands before routes. */
function routesOf({ app }: World): readonly string[] {
  const routes = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  return [...new Set(routes)].filter((route) => !DEMO_ROUTE.test(route)).sort()
}

describe('the table of routes', () => {
  test('has every route of the router, and no other', () => {
    expect(Object.keys(ROUTE_RIGHTS).sort()).toEqual(routesOf(world))
  })

  test('lets nobody in below /api without a key or a session', async () => {
    const routes = routesOf(world).filter((name) => name.includes(' /api/'))
    for (const [index, route] of routes.entries()) {
      // One address has only so many wrong keys in a minute.
      world.setNow(START + 2 * index)
      expect(ROUTE_RIGHTS[route]?.who).not.toBe('public')
      const [method = '', path = ''] = route.split(' ')
      const response = await world.app.request(path, { method })
      expect([route, response.status]).toEqual([route, 401])
    }
  })

  test('a route that it does not have is refused, also to a key with every role', async () => {
    const app = createApp(world.services)
    app.get('/api/forgotten', (context) => context.text('here'))
    const headers = { Authorization: `Bearer ${world.apiKey}` }
    const response = await app.request('/api/forgotten', { headers })
    expect(response.status).toBe(403)
    expect(await codeOf(response)).toBe('auth/forbidden')
  })
})

describe('roles', () => {
  test('every right of a role is one', () => {
    for (const role of STAFF_ROLES) {
      for (const right of ROLE_RIGHTS[role]) expect(RIGHTS).toContain(right)
    }
  })

  test('nobody who says who may approve or seal does either', () => {
    expect(ROLE_RIGHTS.administrator).not.toContain('approve-cases')
    expect(ROLE_RIGHTS.administrator).not.toContain('keep-seals')
    expect(ROLE_RIGHTS.administrator).not.toContain('request-seal')
    for (const role of STAFF_ROLES) {
      for (const other of SEPARATE_ROLES[role] ?? []) {
        expect(SEPARATE_ROLES[other]).toContain(role)
      }
    }
  })
})
