/** Staff sign in over real HTTP at the demo's own provider, as the console's browser does. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CookieBrowser, cookieBrowser, type Landing } from '../../testing/cookie-browser.ts'
import { freePort } from '../../testing/free-port.ts'
import { openWorld, type World } from '../../testing/test-world.ts'
import { seedStaff } from '../demo/demo-staff.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { STAFF_COOKIE } from './staff-sessions.ts'

const CLERK = 'staff-clerk-2'
const now = (): number => Math.floor(Date.now() / 1000)

let world: World
let server: RunningServer
let api: string

beforeAll(async () => {
  world = await openWorld({ environment: { ONETRIP_PORT: String(await freePort()) } })
  world.setNow(now())
  await seedStaff(world.services)
  server = await startServer({ services: world.services, closeMilliseconds: 0 })
  api = world.services.config.apiOrigin
}, 60_000)
afterAll(async () => {
  await server.close()
  rmSync(world.folder, { recursive: true })
})

/** To the provider's page, and the person of that subject chosen there. */
async function choose(browser: CookieBrowser, subject: string, query = ''): Promise<Landing> {
  const page = await browser.open(`${api}/staff/sign-in${query}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain(CLERK)
  expect(page.text).not.toContain('demo-chen')
  return browser.send(page.address, { subject })
}

function me(browser: CookieBrowser): Promise<Response> {
  const cookie = browser.cookies.get(STAFF_COOKIE) ?? ''
  return fetch(`${api}/api/staff/me`, { headers: { Cookie: `${STAFF_COOKIE}=${cookie}` } })
}

describe('a member of staff signs in', () => {
  test('and comes back to the console in a session, with the roles that others gave', async () => {
    const browser = cookieBrowser(api)
    const landing = await choose(browser, CLERK, '?to=/console/cases')
    expect(landing.address).toBe(`${api}/console/cases`)
    const response = await me(browser)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      name: '赵样乙',
      agency: '11339901XYN000014M',
      rights: expect.arrayContaining([{ right: 'accept-cases', matters: 'all' }]),
    })
    // As whom they are known as a citizen was kept, as a digest.
    const people = await world.services.storage.selectFrom('staff_person').selectAll().execute()
    expect(people).toMatchObject([{ reference: expect.stringMatching(/^[\w-]{43}$/) }])
  })

  test('anew: the session before ends, and who they are was seen a moment ago', async () => {
    const browser = cookieBrowser(api)
    await choose(browser, CLERK)
    const former = cookieBrowser(api)
    former.cookies.set(STAFF_COOKIE, browser.cookies.get(STAFF_COOKIE) ?? '')
    expect((await me(former)).status).toBe(200)
    await choose(browser, CLERK, '?anew=1')
    expect((await me(former)).status).toBe(401)
    const { authenticatedAt }: { authenticatedAt: number } = await (await me(browser)).json()
    expect(Math.abs(authenticatedAt - now())).toBeLessThan(30)
  })

  test('nobody else does: who declines, who is no member, who left', async () => {
    const declined = await choose(cookieBrowser(api), '')
    expect(declined.address).toBe(`${api}/console/#sign_in_refused=sign-in%2Frefused`)
    const { storage } = world.services
    const gone = storage.updateTable('staff').set({ ended_at: now() })
    await gone.where('subject', '=', 'staff-auditor-3').execute()
    const browser = cookieBrowser(api)
    const left = await choose(browser, 'staff-auditor-3')
    const reason = encodeURIComponent('staff/not-a-member')
    expect(left.address).toBe(`${api}/console/#sign_in_refused=${reason}`)
    expect([...browser.cookies.keys()]).not.toContain(STAFF_COOKIE)
  })

  test('a citizen of the same provider is nobody here', async () => {
    const browser = cookieBrowser(api)
    const page = await browser.open(`${api}/staff/sign-in`)
    expect((await browser.send(page.address, { subject: 'demo-chen' })).status).toBe(400)
    expect([...browser.cookies.keys()]).not.toContain(STAFF_COOKIE)
  })

  test('an answer that this browser did not ask for signs nobody in', async () => {
    const browser = cookieBrowser(api)
    const forged = await browser.open(`${api}/staff/callback?code=x&state=${'s'.repeat(43)}`)
    expect(forged.address).toBe(`${api}/console/#sign_in_refused=sign-in%2Fstate`)
    const other = cookieBrowser(api)
    await other.open(`${api}/staff/sign-in`)
    const foreign = await other.open(`${api}/staff/callback?code=x&state=${'s'.repeat(43)}`)
    expect(foreign.address).toBe(`${api}/console/#sign_in_refused=sign-in%2Fstate`)
  })

  test.for(['//evil.example/', '/console\\..', 'https://evil.example/console/', '/desk/'])(
    'never on to %s',
    async (to) => {
      const landing = await cookieBrowser(api).open(
        `${api}/staff/sign-in?to=${encodeURIComponent(to)}`,
      )
      expect(landing.address).toBe(`${api}/console/#sign_in_refused=input%2Finvalid`)
    },
  )
})

describe('the demo’s staff', () => {
  test('are registered once, and who was taken a role does not get it back', async () => {
    const { storage } = world.services
    const count = async (): Promise<number> =>
      (await storage.selectFrom('staff_grant').select('id').execute()).length
    const before = await count()
    expect(before).toBeGreaterThan(50)
    await seedStaff(world.services)
    expect(await count()).toBe(before)
  })
})
