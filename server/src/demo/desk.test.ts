import { identityOfShi } from '@onetrip/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueFood, openWorld, type World } from '../../testing/test-world.ts'
import { withdrawCredentials } from '../licences/change-status.ts'
import { seedDemo } from '../seed.ts'
import { transact } from '../storage/database.ts'
import { deskLicences } from './desk-data.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function submit(path: string, form: Readonly<Record<string, string>> = {}) {
  return world.app.request(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: world.services.config.apiOrigin,
    },
    body: new URLSearchParams(form).toString(),
  })
}

async function page(): Promise<string> {
  return (await world.app.request('/')).text()
}

describe('the seed', () => {
  test('offers the cast, and changes nothing the second time', async () => {
    const offers = await seedDemo(world.services)
    expect(offers.map((offer) => offer.person).sort()).toEqual(
      ['林测试', '陈样例', '陈样例', '陈样例'].sort(),
    )
    expect(await seedDemo(world.services)).toEqual(offers)
  })

  test('offers again what was received', async () => {
    const [first] = await deskLicences(world.services)
    await world.services.storage
      .updateTable('offer')
      .set({ state: 'redeemed' })
      .where('id', '=', first?.offer?.id ?? '')
      .execute()
    expect(await seedDemo(world.services)).toHaveLength(4)
  })
})

describe('the page', () => {
  test('shows offers with link, code and QR, without script or inline style', async () => {
    const html = await page()
    expect(html).toContain('虚构市公安局云栖区分局')
    expect(html.match(/data-tx-code>[0-9]{6}</g)).toHaveLength(4)
    expect(html.match(/href="http:\/\/localhost:8788\/#credential_offer=/g)).toHaveLength(4)
    expect(html).toContain('href="http://localhost:8787/console/"')
    expect(html).not.toMatch(/<script|style=|onclick|javascript:/i)
  })

  test('escapes what agencies wrote', async () => {
    const hostile = '<img src=x onerror=alert(1)>"&'
    await issueFood(world, { serial: 'HTML1', holderReference: hostile })
    const html = await page()
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;')
  })
})

describe('the page under a foreign name (DNS rebinding)', () => {
  test.each(['evil.example', 'evil.example:8787', 'localhost.evil.example'])(
    '%s is 404',
    async (host) => {
      for (const path of ['/', '/desk/style.css']) {
        expect((await world.app.request(path, { headers: { Host: host } })).status).toBe(404)
      }
    },
  )

  test.each([
    ['192.0.2.7', 404],
    ['2001:db8::1', 404],
    ['127.0.0.1', 200],
    ['::ffff:127.0.0.1', 200],
    ['::1', 200],
  ])('is said from %s: %i', async (remoteAddress, status) => {
    const headers = { Host: 'localhost:8787' }
    const environment = { incoming: { socket: { remoteAddress } } }
    expect((await world.app.request('/', { headers }, environment)).status).toBe(status)
  })

  test.each(['localhost:8787', '127.0.0.1:8787', '[::1]:8787'])('%s is ours', async (host) => {
    expect((await world.app.request('/', { headers: { Host: host } })).status).toBe(200)
  })
})

describe('the forms', () => {
  test('issue, suspend, reinstate, print, offer again, revoke', async () => {
    const issued = await submit('/desk/issue', { sample: '3' })
    expect(issued.status).toBe(303)
    const licence = (await deskLicences(world.services)).at(-1)
    const path = `/desk/licences/${licence?.id}`
    const statusNow = async () => (await deskLicences(world.services)).at(-1)?.status
    expect((await submit(`${path}/status`, { status: 'suspended' })).status).toBe(303)
    expect(await statusNow()).toBe('suspended')
    await submit(`${path}/status`, { status: 'valid' })
    expect(await statusNow()).toBe('valid')
    const paper = await submit(`${path}/paper`)
    expect(await paper.text()).toContain('OT1:')
    expect((await submit(`${path}/offers`)).status).toBe(303)
    await submit(`${path}/status`, { status: 'revoked' })
    expect(await statusNow()).toBe('revoked')
    const refused = await submit(`${path}/status`, { status: 'valid' })
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('status/not-reversible')
  })

  test('a licence whose copies were withdrawn reads so, and in force', async () => {
    const { services } = world
    const { id } = await issueFood(world, { serial: 'LOST1' })
    const shown = async () => (await deskLicences(services)).find((licence) => licence.id === id)
    await services.storage
      .updateTable('credential')
      .set({ state: 'issued' })
      .where('licence_id', '=', id)
      .execute()
    expect(await shown()).toMatchObject({ status: 'valid', isWithdrawn: false })
    await transact(services.storage, (transaction) =>
      withdrawCredentials(services, transaction, { licenceId: id }),
    )
    expect(await shown()).toMatchObject({ status: 'valid', isWithdrawn: true })
    expect(await page()).toContain('手机上的已收回')
  })

  test('issue a name with a picture, by the newest version of the type', async () => {
    expect((await submit('/desk/issue', { sample: '4' })).status).toBe(303)
    const issued = await world.services.storage
      .selectFrom('licence')
      .select('type_version')
      .where('type_code', '=', identityOfShi.typeCode)
      .where('holder_reference', '=', identityOfShi.holder)
      .execute()
    expect(issued).toEqual([{ type_version: 2 }])
  })

  test('refuse what the page does not send', async () => {
    expect((await submit('/desk/issue', { sample: '9' })).status).toBe(400)
    expect((await submit('/desk/issue', { sample: 'x' })).status).toBe(400)
    expect((await submit('/desk/licences/1/status', { status: 'valid' })).status).toBe(400)
  })
})
