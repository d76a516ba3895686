/** Members and roles: who gives what to whom, and when it is gone. */
import { sampleOffices } from '@onetrip/fixtures'
import { parseEntry } from '@onetrip/log'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  askAs,
  member,
  memberWith,
  operatorOf,
  role,
  sessionCookie,
  staffIssuer,
} from '../../testing/staff-world.ts'
import { codeOf, MARKET, openWorld, POLICE, START, type World } from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { assertOtherPerson } from '../rights/other-person.ts'
import { registerMember } from './members.ts'

const MEMBERS = '/api/staff/members'
const MATTER = 'open-restaurant'

let world: World
let administrator: string
let administratorId: string
let count = 0

beforeAll(async () => {
  world = await openWorld()
  administratorId = await memberWith(world, {
    name: '吴管理',
    role: 'administrator',
    agencyId: MARKET,
  })
}, 60_000)
afterAll(() => world.close())

beforeEach(async () => {
  world.setNow(START)
  administrator = await sessionCookie(world, administratorId)
})

/** Somebody nobody has met. */
function someone(agencyId = MARKET): Promise<string> {
  count += 1
  return member(world, `某人${count}`, agencyId)
}

async function outcome(response: Response): Promise<string> {
  return response.status < 400 ? String(response.status) : codeOf(response)
}

async function idIn(response: Response): Promise<string> {
  const { id }: { id: string } = await response.json()
  return id
}

const give = (cookie: string, memberId: string, body: object): Promise<Response> =>
  askAs(world, cookie, { path: `${MEMBERS}/${memberId}/roles`, body })

describe('roles', () => {
  test('given by an administrator, in the record, and gone with the next request', async () => {
    const id = await someone()
    const cookie = await sessionCookie(world, id)
    const path = '/api/seals'
    expect(await outcome(await askAs(world, cookie, { path }))).toBe('auth/forbidden')
    const given = await give(administrator, id, { role: 'seal-keeper' })
    expect(given.status).toBe(201)
    const grantId = await idIn(given)
    expect(await idIn(await give(administrator, id, { role: 'seal-keeper' }))).toBe(grantId)
    expect(await outcome(await askAs(world, cookie, { path }))).toBe('200')
    const end = { path: `/api/staff/roles/${grantId}/end`, body: {} }
    expect(await outcome(await askAs(world, administrator, end))).toBe('200')
    expect(await outcome(await askAs(world, administrator, end))).toBe('200')
    expect(await outcome(await askAs(world, cookie, { path }))).toBe('auth/forbidden')
    expect(await actsAbout(id)).toEqual([
      'staff/register',
      'staff/sign-in',
      'staff/grant',
      'staff/revoke',
    ])
  })

  test('nobody gives one to themselves, and an organisation keeps an administrator', async () => {
    const own = await give(administrator, administratorId, { role: 'clerk' })
    expect(await outcome(own)).toBe('staff/own-grant')
    const members = await askAs(world, administrator, { path: MEMBERS })
    const listed: { members: { id: string; roles: { id: string }[] }[] } = await members.json()
    const mine = listed.members.find(({ id }) => id === administratorId)?.roles[0]?.id
    const taken = await askAs(world, administrator, {
      path: `/api/staff/roles/${mine}/end`,
      body: {},
    })
    expect(await outcome(taken)).toBe('staff/last-administrator')
    const left = await askAs(world, administrator, {
      path: `${MEMBERS}/${administratorId}/end`,
      body: {},
    })
    expect(await outcome(left)).toBe('staff/last-administrator')
    // One whose role has an end does not make the first one free to go.
    const until = START + 86_400
    await give(administrator, await someone(), { role: 'administrator', until })
    const again = await askAs(world, administrator, {
      path: `/api/staff/roles/${mine}/end`,
      body: {},
    })
    expect(await outcome(again)).toBe('staff/last-administrator')
  })

  test('whoever says who approves and seals does neither', async () => {
    const id = await someone()
    await role(world, id, { role: 'administrator', agencyId: MARKET })
    for (const other of ['approver', 'seal-keeper']) {
      expect(await outcome(await give(administrator, id, { role: other }))).toBe(
        'staff/separate-roles',
      )
    }
    const keeper = await someone()
    await give(administrator, keeper, { role: 'seal-keeper' })
    const both = await give(administrator, keeper, { role: 'administrator' })
    expect(await outcome(both)).toBe('staff/separate-roles')
  })

  test('for a time, and for one matter', async () => {
    const id = await someone()
    const cookie = await sessionCookie(world, id)
    const bounds = { from: START + 60, until: START + 120 }
    expect((await give(administrator, id, { role: 'clerk', ...bounds })).status).toBe(201)
    const other = await give(administrator, id, { role: 'clerk' })
    expect(await outcome(other)).toBe('staff/grant-exists')
    const seen = async (now: number): Promise<string> => {
      world.setNow(now)
      return outcome(await askAs(world, cookie, { path: '/api/seals' }))
    }
    expect(await seen(START + 59)).toBe('auth/forbidden')
    expect(await seen(START + 60)).toBe('200')
    expect(await seen(START + 119)).toBe('200')
    expect(await seen(START + 120)).toBe('auth/forbidden')
    world.setNow(START)
    const over = await give(administrator, id, { role: 'reviewer', until: START })
    expect(await outcome(over)).toBe('input/invalid')
    const unknown = await give(administrator, id, { role: 'reviewer', matter: 'no-such-matter' })
    expect(await outcome(unknown)).toBe('request/matter-unknown')
    const partial = await give(administrator, id, { role: 'administrator', matter: MATTER })
    expect(await outcome(partial)).toBe('input/invalid')
    expect((await give(administrator, id, { role: 'reviewer', matter: MATTER })).status).toBe(201)
    const me = await askAs(world, cookie, { path: '/api/staff/me' })
    const { rights }: { rights: { right: string; matters: unknown }[] } = await me.json()
    expect(rights).toContainEqual({ right: 'review-cases', matters: [MATTER] })
  })

  test('only in the own organisation', async () => {
    const other = await memberWith(world, {
      name: '吴警管',
      role: 'administrator',
      agencyId: POLICE,
    })
    const cookie = await sessionCookie(world, other)
    const id = await someone()
    const grantId = await role(world, id, { role: 'clerk', agencyId: MARKET })
    for (const path of [
      `/api/staff/roles/${grantId}/end`,
      `${MEMBERS}/${id}/end`,
      `${MEMBERS}/${id}/sign-out`,
    ]) {
      expect(await outcome(await askAs(world, cookie, { path, body: {} }))).toBe('staff/not-found')
    }
    const missing = await give(cookie, '00000000-0000-7000-8000-000000000000', { role: 'clerk' })
    expect(await outcome(missing)).toBe('staff/not-found')
  })

  test('what somebody is in another organisation is not to be ended here', async () => {
    const police = await memberWith(world, {
      ...{ name: '吴警长', role: 'administrator', agencyId: POLICE },
    })
    const cookie = await sessionCookie(world, police)
    const id = await someone()
    await role(world, id, { role: 'clerk', agencyId: MARKET })
    const session = await sessionCookie(world, id)
    // Whoever gives a role there reaches nothing here by it.
    const given = await give(cookie, id, { role: 'auditor' })
    expect(given.status).toBe(201)
    const grant = await idIn(given)
    for (const [by, step] of [
      [cookie, 'sign-out'],
      [administrator, 'sign-out'],
      [administrator, 'end'],
    ] as const) {
      const path = `${MEMBERS}/${id}/${step}`
      expect(await outcome(await askAs(world, by, { path, body: {} }))).toBe(
        'staff/works-elsewhere',
      )
    }
    expect((await askAs(world, session, { path: '/api/staff/me' })).status).toBe(200)
    const taken = { path: `/api/staff/roles/${grant}/end`, body: {} }
    expect(await outcome(await askAs(world, administrator, taken))).toBe('staff/not-found')
    expect(await outcome(await askAs(world, cookie, taken))).toBe('200')
    const end = { path: `${MEMBERS}/${id}/end`, body: {} }
    expect(await outcome(await askAs(world, administrator, end))).toBe('200')
  })

  test('somebody with roles in several organisations says for which they act', async () => {
    const [office] = sampleOffices
    const id = await someone()
    await role(world, id, { role: 'clerk', agencyId: MARKET })
    await role(world, id, { role: 'auditor', agencyId: office?.id ?? '' })
    const cookie = await sessionCookie(world, id)
    const ask = async (agency?: string, path = '/api/seals'): Promise<string> => {
      const headers = agency === undefined ? {} : { 'Onetrip-Agency': agency }
      return outcome(await askAs(world, cookie, { path, headers }))
    }
    expect(await ask()).toBe('staff/agency-unnamed')
    expect(await ask(MARKET)).toBe('200')
    expect(await ask(office?.id)).toBe('auth/forbidden')
    expect(await ask(office?.id, '/api/log/entries')).toBe('200')
    expect(await ask(POLICE)).toBe('auth/forbidden')
    expect(await ask(undefined, '/api/staff/me')).toBe('200')
  })
})

describe('members', () => {
  test('are known by their subject; a name is one person’s, in whatever spelling', async () => {
    const register = (subject: string, name: string): Promise<Response> =>
      askAs(world, administrator, { path: MEMBERS, body: { subject, name } })
    const first = await register('s-1', '郑样例')
    expect(first.status).toBe(201)
    expect(await idIn(await register('s-1', '郑样例'))).toBe(await idIn(first))
    expect(await outcome(await register('s-1', '郑另名'))).toBe('staff/exists')
    for (const name of ['郑 样例', '郑\ufe00样例', '郑样例\u2800']) {
      expect(await outcome(await register('s-2', name))).toBe('staff/name-taken')
    }
  })

  test('of an organisation that is not registered there are none', async () => {
    const actor = await operatorOf(world)
    const request = {
      issuer: staffIssuer(world),
      subject: 's-3',
      name: '王无处',
      agencyId: '91330100MA27XYN00X',
    }
    await expect(registerMember(world.services, { actor, request })).rejects.toMatchObject({
      code: 'issuer/unknown',
    })
  })

  test('a key and a session of one person are one person', async () => {
    const { services } = world
    await createApiKey(services, {
      agencyId: MARKET,
      holder: { name: '冯双重', kind: 'person' },
      types: [],
      roles: ['request-seal'],
    })
    const { id: keyActor } = await services.storage
      .selectFrom('actor')
      .select('id')
      .where('name', '=', '冯双重')
      .executeTakeFirstOrThrow()
    const id = await memberWith(world, { name: '冯 双重', role: 'seal-keeper', agencyId: MARKET })
    const { actor_id: actorId } = await services.storage
      .selectFrom('staff')
      .select('actor_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(actorId).toBe(keyActor)
    await expect(assertOtherPerson(services.storage, { actorId }, keyActor)).rejects.toMatchObject({
      code: 'approval/same-person',
    })
    const other = await memberWith(world, { name: '陈他人', role: 'seal-keeper', agencyId: MARKET })
    const row = await services.storage
      .selectFrom('staff')
      .select('actor_id')
      .where('id', '=', other)
      .executeTakeFirstOrThrow()
    await assertOtherPerson(services.storage, { actorId: row.actor_id }, keyActor)
  })

  test('who left is out at once, and does not come back', async () => {
    const id = await memberWith(world, { name: '褚离职', role: 'clerk', agencyId: MARKET })
    const cookie = await sessionCookie(world, id)
    const end = { path: `${MEMBERS}/${id}/end`, body: {} }
    expect(await outcome(await askAs(world, administrator, end))).toBe('200')
    expect(await outcome(await askAs(world, cookie, { path: '/api/staff/me' }))).toBe(
      'auth/required',
    )
    const late = await sessionCookie(world, id)
    expect(await outcome(await askAs(world, late, { path: '/api/staff/me' }))).toBe('auth/required')
    expect(await outcome(await give(administrator, id, { role: 'clerk' }))).toBe('staff/not-found')
    const actor = await operatorOf(world)
    const request = { issuer: staffIssuer(world), subject: 'sub-褚离职', name: '褚离职' }
    const again = registerMember(world.services, {
      actor,
      request: { ...request, agencyId: MARKET },
    })
    await expect(again).rejects.toMatchObject({ code: 'staff/exists' })
    expect(await actsAbout(id)).toEqual([
      'staff/register',
      'staff/grant',
      'staff/sign-in',
      'staff/revoke',
      'staff/end',
      'staff/sign-in',
    ])
  })
})

async function actsAbout(memberId: string): Promise<readonly string[]> {
  const rows = await world.services.storage
    .selectFrom('log_entry')
    .innerJoin('log_word', 'log_word.idx', 'log_entry.idx')
    .select('entry')
    .where('word', '=', memberId)
    .orderBy('log_entry.idx')
    .execute()
  return rows
    .map(({ entry }) => parseEntry(Buffer.from(entry, 'base64url')))
    .map((entry) => (entry.kind === 'act' ? entry.act : entry.kind))
}
