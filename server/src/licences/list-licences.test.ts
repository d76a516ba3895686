/** The register: whose licences it shows, and how it is narrowed down and paged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, member, memberWith, role, sessionCookie } from '../../testing/staff-world.ts'
import {
  codeOf,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  post,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { type LicenceLine, PAGE_LICENCES } from './list-licences.ts'

const COUNT = 3

let world: World
let clerk: string

beforeAll(async () => {
  world = await openWorld()
  clerk = await sessionCookie(
    world,
    await memberWith(world, { name: '赵受理', role: 'clerk', agencyId: MARKET }),
  )
  for (let number = 1; number <= COUNT; number += 1) {
    await issueFood(world, { serial: `JY2339901000008${number}` })
  }
}, 60_000)
afterAll(() => world.close())

interface Page {
  readonly licences: readonly LicenceLine[]
  readonly next?: string
}

async function page(query: string, cookie = clerk): Promise<Page> {
  const response = await askAs(world, cookie, { path: `/api/licences${query}` })
  expect(response.status).toBe(200)
  return response.json()
}

describe('the register', () => {
  test('shows who holds what, the newest first', async () => {
    const { licences } = await page('')
    // In the order of ids, which begin with the time: that of a test stands still.
    const ids = licences.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted().reverse())
    const found = licences.find(({ serial }) => serial === 'JY23399010000083')
    expect(found).toMatchObject({
      type: TYPES.food,
      typeName: { 'zh-CN': '食品经营许可证' },
      holder: '虚构市云栖样例餐饮有限公司',
      status: 'valid',
      validTo: '2031-11-19',
    })
  })

  test('is narrowed down by number, type and status', async () => {
    const [first] = (await page('?serial=JY23399010000082')).licences
    expect(first?.serial).toBe('JY23399010000082')
    const suspended = { status: 'suspended', reason: '样例' }
    expect((await post(world, `/api/licences/${first?.id}/status`, suspended)).status).toBe(200)
    const held = await page(`?type=${TYPES.food}&status=suspended`)
    expect(held.licences.map(({ id }) => id)).toContain(first?.id)
    expect(held.licences.every(({ status }) => status === 'suspended')).toBe(true)
    const inForce = await page(`?type=${TYPES.food}&status=valid`)
    expect(inForce.licences.map(({ serial }) => serial)).toContain('JY23399010000083')
    expect(inForce.licences.map(({ id }) => id)).not.toContain(first?.id)
    expect((await page(`?type=${TYPES.identity}`)).licences).toEqual([])
  })

  test('goes on behind a licence', async () => {
    const all = (await page('')).licences
    const behind = await page(`?before=${all[0]?.id}`)
    expect(behind.licences.map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id))
  })

  test('says where the next page begins, and no licence is on two', async () => {
    for (let number = 0; number < PAGE_LICENCES; number += 1) {
      await issueFood(world, { serial: `JY233990100002${String(number).padStart(2, '0')}` })
    }
    const first = await page('')
    expect(first.licences).toHaveLength(PAGE_LICENCES)
    expect(first.next).toBe(first.licences.at(-1)?.id)
    const second = await page(`?before=${first.next}`)
    expect(second.next).toBeUndefined()
    const ids = [...first.licences, ...second.licences].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(second.licences.map(({ serial }) => serial)).toContain('JY23399010000081')
  })

  test('another organisation sees none, and a role for one matter none', async () => {
    const other = await sessionCookie(
      world,
      await memberWith(world, { name: '赵户政', role: 'clerk', agencyId: POLICE }),
    )
    const own = (await page('')).licences.map(({ id }) => id)
    const theirs = await page('', other)
    expect(theirs.licences.filter(({ id }) => own.includes(id))).toEqual([])
    expect(theirs.licences.filter(({ type }) => type === TYPES.food)).toEqual([])
    const bound = await member(world, '赵一件', MARKET)
    await role(world, bound, { role: 'clerk', agencyId: MARKET, matter: 'open-restaurant' })
    expect((await page('', await sessionCookie(world, bound))).licences).toEqual([])
  })

  test('refuses who may not read, and what it does not know', async () => {
    const keeper = await sessionCookie(
      world,
      await memberWith(world, { name: '李用印', role: 'seal-keeper', agencyId: MARKET }),
    )
    const path = '/api/licences'
    expect(await codeOf(await askAs(world, keeper, { path }))).toBe('auth/forbidden')
    for (const query of ['?before=1', '?status=lost', '?serial=', '?type=1']) {
      const answer = await askAs(world, clerk, { path: path + query })
      expect(await codeOf(answer)).toBe('input/invalid')
    }
    const named = await askAs(world, clerk, { path: `${path}?holder=x` })
    expect(await codeOf(named)).toBe('input/unknown-field')
  })
})
