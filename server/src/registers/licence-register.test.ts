import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
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

const RUN = '=HYPERLINK("http://evil.example")'

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

async function serials(query: object): Promise<readonly string[]> {
  const response = await post(world, '/api/licences/search', query)
  if (response.status !== 200) throw new Error(await response.text())
  const { licences }: { licences: { serial: string }[] } = await response.json()
  return licences.map(({ serial }) => serial)
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
  ]
  for (const [query, expected] of cases) {
    test(JSON.stringify(query), async () => expect(await serials(query)).toEqual(expected))
  }

  test('goes on behind the last licence of a page', async () => {
    const { licences }: { licences: { id: string; serial: string }[] } = await (
      await post(world, '/api/licences/search', { serial: 'REG' })
    ).json()
    const after = licences[1]?.id
    expect(await serials({ serial: 'REG', after })).toEqual(['REG3', 'REG4'])
  })

  test('finds nothing of another agency, and types that are not one’s own are refused', async () => {
    const as = { name: '户籍', role: 'approver', agencyId: POLICE } as const
    const cookie = await sessionCookie(world, await memberWith(world, as))
    const path = '/api/licences/search'
    const found = await askAs(world, cookie, { path, body: { serial: 'REG' } })
    expect(await found.json()).toEqual({ licences: [] })
    const refused = await askAs(world, cookie, { path, body: { type: TYPES.food } })
    expect(await codeOf(refused)).toBe('auth/forbidden')
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
