import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, member, memberWith, role, sessionCookie } from '../../testing/staff-world.ts'
import {
  codeOf,
  foodRequest,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  post,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { readCsv } from '../batches/csv-table.ts'
import { readEntries } from '../record/read-entries.ts'
import { type LicenceLine, REGISTER_PAGE } from './licence-register.ts'

const RUN = '=HYPERLINK("http://evil.example")'

const SEARCH = '/api/licences/search'

let world: World

beforeAll(async () => {
  world = await openWorld()
  const claims: Record<string, string> = JSON.parse(JSON.stringify(foodRequest()['claims']))
  await issueFood(world, { serial: 'REG1', holderReference: 'ref-1' })
  await issueFood(world, { serial: 'REG2', validTo: '2027-01-01' })
  await issueFood(world, { serial: 'REG3', claims: { ...claims, items: RUN } })
  const { id } = await issueFood(world, { serial: 'REG4' })
  await post(world, `/api/licences/${id}/status`, { status: 'revoked', reason: 'x' })
}, 60_000)
afterAll(() => world.close())

interface Page {
  readonly licences: readonly LicenceLine[]
  readonly next?: string
}

async function search(query: object): Promise<Page> {
  const response = await post(world, SEARCH, query)
  if (response.status !== 200) throw new Error(await response.text())
  return response.json()
}

/** In the order of their serials: those of a test have one time. */
async function serials(query: object): Promise<readonly string[]> {
  return (await search(query)).licences.map(({ serial }) => serial).sort()
}

describe('a search', () => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ serial: 'REG' }, ['REG1', 'REG2', 'REG3', 'REG4']],
    [{ serial: 'REG2' }, ['REG2']],
    [{ serial: 'REG', status: 'revoked' }, ['REG4']],
    [{ holderReference: 'ref-1' }, ['REG1']],
    [{ serial: 'REG', endsBefore: '2027-01-02' }, ['REG2']],
    [{ serial: 'REG', endsBefore: '2027-01-01' }, []],
    [{ serial: 'REG', type: TYPES.business }, []],
    [{ serials: ['REG1', 'REG3', 'REG9'] }, ['REG1', 'REG3']],
  ]
  for (const [query, expected] of cases) {
    test(JSON.stringify(query), async () => expect(await serials(query)).toEqual(expected))
  }

  test('says who holds what, the newest first', async () => {
    const { licences } = await search({ serial: 'REG' })
    // Ids begin with the time.
    const ids = licences.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted().reverse())
    expect(licences.find(({ serial }) => serial === 'REG1')).toMatchObject({
      type: TYPES.food,
      typeName: { 'zh-CN': '食品经营许可证' },
      holder: '虚构市云栖样例餐饮有限公司',
      holderReference: 'ref-1',
      status: 'valid',
      validTo: '2031-11-19',
    })
  })

  test('says where the next page begins, and no licence is on two', async () => {
    for (let number = 0; number < REGISTER_PAGE + 1; number += 1) {
      await issueFood(world, { serial: `PAGE${String(number).padStart(2, '0')}` })
    }
    const first = await search({ serial: 'PAGE' })
    expect(first.licences).toHaveLength(REGISTER_PAGE)
    expect(first.next).toBe(first.licences.at(-1)?.id)
    const second = await search({ serial: 'PAGE', before: first.next })
    expect(second.next).toBeUndefined()
    const ids = [...first.licences, ...second.licences].map(({ id }) => id)
    expect(new Set(ids).size).toBe(REGISTER_PAGE + 1)
    // A last page that is full has none behind it.
    const full = await search({ serial: 'PAGE', before: first.licences[0]?.id })
    expect(full.licences).toHaveLength(REGISTER_PAGE)
    expect(full.next).toBeUndefined()
  })

  test('finds nothing of another agency, and types that are not one’s own are refused', async () => {
    const as = { name: '户籍', role: 'approver', agencyId: POLICE } as const
    const cookie = await sessionCookie(world, await memberWith(world, as))
    const path = SEARCH
    const found = await askAs(world, cookie, { path, body: { serial: 'REG' } })
    expect(await found.json()).toEqual({ licences: [] })
    const refused = await askAs(world, cookie, { path, body: { type: TYPES.food } })
    expect(await codeOf(refused)).toBe('auth/forbidden')
  })

  test('finds nothing for a role in one matter, and is refused where no role reads', async () => {
    const bound = await member(world, '赵一件', MARKET)
    await role(world, bound, { role: 'clerk', agencyId: MARKET, matter: 'open-restaurant' })
    const none = await askAs(world, await sessionCookie(world, bound), { path: SEARCH, body: {} })
    expect(await none.json()).toEqual({ licences: [] })
    const as = { name: '李用印', role: 'seal-keeper', agencyId: MARKET } as const
    const keeper = await sessionCookie(world, await memberWith(world, as))
    const refused = await askAs(world, keeper, { path: SEARCH, body: {} })
    expect(await codeOf(refused)).toBe('auth/forbidden')
  })

  test('takes nothing that it does not know', async () => {
    for (const query of [
      { before: '1' },
      { status: 'lost' },
      { serial: '' },
      { type: '1' },
      { serials: [] },
    ]) {
      expect(await codeOf(await post(world, SEARCH, query))).toBe('input/invalid')
    }
    expect(await codeOf(await post(world, SEARCH, { holder: 'x' }))).toBe('input/unknown-field')
  })
})

describe('an export', () => {
  test('holds every licence once, no cell that runs, and is recorded', async () => {
    const body = { type: TYPES.food, serial: 'REG' }
    const response = await post(world, '/api/licences/export', body)
    expect(response.status).toBe(200)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [heads = [], ...rows] = readCsv(bytes)
    const column = (name: string) => rows.map((row) => row[heads.indexOf(name)])
    expect(column('serial')).toEqual(['REG1', 'REG2', 'REG3', 'REG4'])
    expect(column('status')).toEqual(['valid', 'valid', 'valid', 'revoked'])
    expect(column('items')[2]).toBe(`'${RUN}`)
    expect(column('otherClaims')).toEqual(['', '', '', ''])
    const actor = {
      actorId: '',
      agencyId: MARKET,
      grants: [{ rights: ['read-log'], types: [], matters: 'all' }],
      offices: [],
      sealMakers: [],
    } as const
    const query = { limit: 5, kind: 'register/export' }
    expect((await readEntries(world.services, actor, query)).entries).toHaveLength(1)
  })

  test('is for who may, and for one type', async () => {
    const as = { name: '周受理', role: 'clerk', agencyId: MARKET } as const
    const cookie = await sessionCookie(world, await memberWith(world, as))
    const path = '/api/licences/export'
    const refused = await askAs(world, cookie, { path, body: { type: TYPES.food } })
    expect(await codeOf(refused)).toBe('auth/forbidden')
    expect(await codeOf(await post(world, path, {}))).toBe('input/invalid')
  })
})
