/**
 * Every route as every role: the committed matrix is what the tables say, and what the server does. The matrix is there to be read
 * in a review: whoever changes a table sees which route opens to whom.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import { codeOf, MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { MAX_BODY_BYTES } from '../http/read-request.ts'
import { documentPath, openApiDocument } from '../openapi.ts'
import {
  KEY_ROLE_RIGHTS,
  type Right,
  ROLE_RIGHTS,
  ROLES,
  STAFF_ROLES,
  type StaffRole,
} from './rights.ts'
import { ROUTE_RIGHTS, type RouteRule } from './route-rights.ts'

const ANY_ID = '00000000-0000-7000-8000-000000000000'
const ANY_DIGEST = 'A'.repeat(43)
const TAKES_FILE = /^\/api\/seals|\/(?:batches|batches\/trial|file)$/

let world: World
const cookies = new Map<StaffRole, string>()
const keys = new Map<string, string>()

beforeAll(async () => {
  world = await openWorld()
  for (const role of STAFF_ROLES) {
    const id = await memberWith(world, { name: `员工${role}`, role, agencyId: MARKET })
    cookies.set(role, await sessionCookie(world, id))
  }
  for (const role of ROLES) {
    const holder = { name: `key of ${role}`, kind: 'system' } as const
    const key = { agencyId: MARKET, holder, types: [], roles: [role] }
    keys.set(role, await createApiKey(world.services, key))
  }
}, 60_000)
afterAll(() => world.close())

function allows(rule: RouteRule, rights: readonly Right[]): boolean {
  return rule.who === 'actor' && rule.rights.some((right) => rights.includes(right))
}

function matrix(): string {
  const heads = ['route', 'who', ...STAFF_ROLES, ...ROLES.map((role) => `key:${role}`)]
  const rows = Object.entries(ROUTE_RIGHTS).map(([route, rule]) => [
    route,
    rule.who === 'actor' ? rule.rights.join(' or ') + (rule.isRecent ? ', recent' : '') : rule.who,
    ...STAFF_ROLES.map((role) =>
      rule.who === 'public' || rule.who === 'staff' || allows(rule, ROLE_RIGHTS[role]) ? 'yes' : '',
    ),
    ...ROLES.map((role) =>
      rule.who === 'public' || allows(rule, KEY_ROLE_RIGHTS[role]) ? 'yes' : '',
    ),
  ])
  return [heads, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')
}

function cellsOf(line: string): readonly string[] {
  return line.slice(1, -1).split('","')
}

/** Below `/api`, where actors are let in: each route with what the matrix says of it. */
const API_ROUTES = Object.entries(ROUTE_RIGHTS).filter(
  ([route, { who }]) => route.includes(' /api/') && who !== 'citizen',
)

function addressOf(path: string): string {
  return path.replace(':id', ANY_ID).replace(':sha256', ANY_DIGEST)
}

describe('the matrix', () => {
  test('is what the tables say', async () => {
    await expect(`${matrix()}\n`).toMatchFileSnapshot('../../route-roles.csv')
  })

  const [, ...lines] = matrix().split('\n')
  const said = new Map(lines.map(cellsOf).map(([route = '', , ...cells]) => [route, cells]))

  for (const [route] of API_ROUTES) {
    const [method = '', path = ''] = route.split(' ')
    const cells = said.get(route) ?? []

    test(`${route}: members of staff`, async () => {
      for (const [index, role] of STAFF_ROLES.entries()) {
        const cookie = cookies.get(role) ?? ''
        const body = method === 'POST' ? { unknown: true } : undefined
        const response = await askAs(world, cookie, {
          path: addressOf(path),
          ...(body === undefined ? {} : { body }),
        })
        const code = response.status < 400 ? 'done' : await codeOf(response)
        const isIn = !['auth/forbidden', 'auth/required'].includes(code)
        expect([role, isIn, code]).toEqual([role, cells[index] === 'yes', code])
      }
    })

    test(`${route}: keys`, async () => {
      for (const [index, role] of ROLES.entries()) {
        const response = await world.app.request(addressOf(path), {
          method,
          headers: {
            Authorization: `Bearer ${keys.get(role)}`,
            'Content-Type': 'application/json',
          },
          ...(method === 'POST' ? { body: '{"unknown":true}' } : {}),
        })
        const code = response.status < 400 ? 'done' : await codeOf(response)
        const isIn = code !== 'auth/forbidden'
        expect([role, isIn, code]).toEqual([
          role,
          cells[STAFF_ROLES.length + index] === 'yes',
          code,
        ])
      }
    })
  }

  test('no route that takes no file reads a long body (case AP01)', async () => {
    const body = new Uint8Array(MAX_BODY_BYTES + 1)
    const people = [
      ...[...cookies.values()].map((cookie) => ({ Cookie: cookie })),
      ...[...keys.values()].map((key) => ({ Authorization: `Bearer ${key}` })),
    ]
    for (const [route] of API_ROUTES) {
      const [method = '', path = ''] = route.split(' ')
      if (method !== 'POST' || TAKES_FILE.test(path)) continue
      for (const person of people) {
        const headers = {
          ...person,
          'Content-Type': 'application/json',
          Origin: world.services.config.apiOrigin,
        }
        const response = await world.app.request(addressOf(path), { method, headers, body })
        if (response.status === 403) continue
        expect([route, await codeOf(response)]).toEqual([route, 'http/body-too-large'])
        break
      }
    }
  })

  test('a citizen’s routes know no member of staff', async () => {
    let now = START
    for (const [route, { who }] of Object.entries(ROUTE_RIGHTS)) {
      const [method, path = ''] = route.split(' ')
      if (who !== 'citizen' || !path.startsWith('/api/')) continue
      // One address has only so many wrong sessions in a minute.
      now += 10
      world.setNow(now)
      for (const cookie of cookies.values()) {
        const response = await askAs(world, cookie, {
          path: addressOf(path),
          ...(method === 'POST' ? { body: {} } : {}),
        })
        expect([route, response.status]).toEqual([route, 401])
      }
    }
  })
})

describe('openapi.json', () => {
  test('lists every route of the table with its security, and public ones say so', async () => {
    const document: Described = JSON.parse(JSON.stringify(await openApiDocument(world.app)))
    const listed = new Map(
      Object.entries(document.paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => [
          `${method.toUpperCase()} ${path}`,
          operation.security,
        ]),
      ),
    )
    expect([...listed.keys()].sort()).toEqual(Object.keys(ROUTE_RIGHTS).map(documentPath).sort())
    for (const [route, { who }] of Object.entries(ROUTE_RIGHTS)) {
      const security = listed.get(documentPath(route))
      expect([route, Array.isArray(security)]).toEqual([route, true])
      expect([route, security?.length === 0]).toEqual([route, who === 'public'])
    }
  })
})

interface Described {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly object[] }>>>
  >
}
