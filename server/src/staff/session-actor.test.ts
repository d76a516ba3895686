/** Sessions of staff: when they end, from where they count, and what happens where rights cannot be read. */
import { utf8Encode } from '@onetrip/codec'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import {
  codeOf,
  issueFood,
  MARKET,
  openWorld,
  START,
  type World,
} from '../../testing/test-world.ts'
import { openGrants } from './grants.ts'
import { STAFF_SESSION_LIFE } from './staff-sessions.ts'

const MEMBERS = '/api/staff/members'

let world: World
let administrator: string
let administratorId: string

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

async function outcome(response: Response): Promise<string> {
  return response.status < 400 ? String(response.status) : codeOf(response)
}

describe('sessions', () => {
  let id: string
  const me = { path: '/api/staff/me' }

  beforeAll(async () => {
    id = await memberWith(world, { name: '卫会话', role: 'approver', agencyId: MARKET })
  })

  test('end unused, and in any case', async () => {
    const { idleSeconds, seconds } = STAFF_SESSION_LIFE
    const idle = await sessionCookie(world, id)
    world.setNow(START + idleSeconds - 1)
    expect(await outcome(await askAs(world, idle, me))).toBe('200')
    world.setNow(START + 2 * idleSeconds - 1)
    expect(await outcome(await askAs(world, idle, me))).toBe('auth/required')
    world.setNow(START)
    const used = await sessionCookie(world, id)
    for (let at = START; at < START + seconds; at += idleSeconds - 1) {
      world.setNow(at)
      expect(await outcome(await askAs(world, used, me))).toBe('200')
    }
    world.setNow(START + seconds)
    expect(await outcome(await askAs(world, used, me))).toBe('auth/required')
  })

  test('seal and revoke only for a few minutes; then sign in anew', async () => {
    const status = {
      path: '/api/licences/00000000-0000-7000-8000-000000000000/status',
      body: { status: 'revoked', reason: 'x' },
    }
    const cookie = await sessionCookie(world, id)
    world.setNow(START + 299)
    expect(await outcome(await askAs(world, cookie, status))).toBe('licence/not-found')
    world.setNow(START + 300)
    const late = await askAs(world, cookie, status)
    expect(late.status).toBe(401)
    expect(late.headers.get('WWW-Authenticate')).toContain('insufficient_user_authentication')
    expect(await codeOf(late)).toBe('sign-in/not-recent')
    expect(await outcome(await askAs(world, cookie, me))).toBe('200')
  })

  test('count from the console alone, for reading too', async () => {
    const { apiOrigin, walletOrigin, counterOrigin } = world.services.config
    const cookie = await sessionCookie(world, id)
    const out = { path: '/api/staff/sessions/00000000-0000-7000-8000-000000000000/end', body: {} }
    const foreign: readonly Record<string, string>[] = [
      { Origin: walletOrigin },
      { Origin: counterOrigin },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: apiOrigin, 'Sec-Fetch-Site': 'same-site' },
    ]
    for (const headers of foreign) {
      expect(await outcome(await askAs(world, cookie, { ...me, headers }))).toBe('http/origin')
      expect(await outcome(await askAs(world, cookie, { ...out, headers }))).toBe('http/origin')
    }
    const unsaid = await world.app.request(out.path, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: '{}',
    })
    expect(await outcome(unsaid)).toBe('http/origin')
    expect(await outcome(await askAs(world, cookie, out))).toBe('staff/not-found')
    const twice = `${cookie}; ${cookie}`
    expect(await outcome(await askAs(world, twice, me))).toBe('auth/required')
  })

  test('a wrong key is not made good by a session beside it', async () => {
    const cookie = await sessionCookie(world, id)
    const headers = { Authorization: 'Bearer otk_wrong' }
    expect(await outcome(await askAs(world, cookie, { ...me, headers }))).toBe('auth/required')
  })

  test('are listed, ended one by one, and all at once', async () => {
    const [one, two, three] = [
      await sessionCookie(world, id),
      await sessionCookie(world, id),
      await sessionCookie(world, id),
    ]
    const listed = await askAs(world, one, { path: '/api/staff/sessions' })
    const { sessions }: { sessions: { id: string; current: boolean }[] } = await listed.json()
    expect(sessions.filter(({ current }) => current)).toHaveLength(1)
    expect(sessions.length).toBeGreaterThanOrEqual(3)
    const own = sessions.find(({ current }) => current)?.id
    const end = { path: `/api/staff/sessions/${own}/end`, body: {} }
    // Of nobody else's.
    expect(await outcome(await askAs(world, administrator, end))).toBe('staff/not-found')
    expect(await outcome(await askAs(world, two, end))).toBe('200')
    expect(await outcome(await askAs(world, one, me))).toBe('auth/required')
    const everywhere = { path: '/api/staff/sign-out', body: { everywhere: true } }
    const out = await askAs(world, two, everywhere)
    expect(out.headers.get('Set-Cookie')).toContain('Max-Age=0')
    expect(await outcome(await askAs(world, three, me))).toBe('auth/required')
    const later = await sessionCookie(world, id)
    const byOther = { path: `${MEMBERS}/${id}/sign-out`, body: {} }
    expect(await outcome(await askAs(world, administrator, byOther))).toBe('200')
    expect(await outcome(await askAs(world, later, me))).toBe('auth/required')
  })
})

describe('a request whose body comes late', () => {
  /** Sends all but the body, lets something happen, and sends the body. */
  async function sendLate(cookie: string, meanwhile: () => Promise<unknown>): Promise<string> {
    const issued = await issueFood(world)
    const { apiOrigin } = world.services.config
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          await meanwhile()
          controller.enqueue(utf8Encode(JSON.stringify({ status: 'suspended', reason: '待查' })))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { Cookie: cookie, 'Content-Type': 'application/json', Origin: apiOrigin }
    const path = `${apiOrigin}/api/licences/${issued.id}/status`
    const sent = { method: 'POST', headers, body, duplex: 'half' }
    return outcome(await world.app.request(new Request(path, sent)))
  }
  const chief = (name: string): Promise<string> =>
    memberWith(world, { name, role: 'approver', agencyId: MARKET })

  test('is of somebody who may do so by then', async () => {
    const [kept, demoted, out, old] = await Promise.all(
      ['杨仍任', '朱免职', '秦退出', '尤离开'].map(async (name) => {
        const id = await chief(name)
        return { id, cookie: await sessionCookie(world, id) }
      }),
    )
    expect(await sendLate(kept?.cookie ?? '', async () => undefined)).toBe('200')
    const [grant] = await openGrants(world.services.storage, demoted?.id ?? '')
    const end = { path: `/api/staff/roles/${grant?.id}/end`, body: {} }
    const ends = (): Promise<Response> => askAs(world, administrator, end)
    expect(await sendLate(demoted?.cookie ?? '', ends)).toBe('auth/forbidden')
    const signOut = { path: `${MEMBERS}/${out?.id}/sign-out`, body: {} }
    const signsOut = (): Promise<Response> => askAs(world, administrator, signOut)
    expect(await sendLate(out?.cookie ?? '', signsOut)).toBe('auth/required')
    const waits = async (): Promise<void> => world.setNow(START + 400)
    expect(await sendLate(old?.cookie ?? '', waits)).toBe('sign-in/not-recent')
  })
})

describe('where rights cannot be read', () => {
  test.for(['staff_grant', 'staff', 'staff_session'])(
    'without %s the answer is 503, and nothing happens',
    async (table) => {
      const own = await openWorld()
      const id = await memberWith(own, { name: '蒋管', role: 'administrator', agencyId: MARKET })
      const cookie = await sessionCookie(own, id)
      await sql`alter table ${sql.table(table)} rename to hidden`.execute(own.services.storage)
      const body = { subject: 's-9', name: '沈无权' }
      const response = await askAs(own, cookie, { path: MEMBERS, body })
      expect(response.status).toBe(503)
      expect(await codeOf(response)).toBe('storage/unavailable')
      const { storage } = own.services
      const made = await storage.selectFrom('actor').select('id').where('name', '=', '沈无权')
      expect(await made.execute()).toEqual([])
      await own.close()
    },
  )

  test('a role that nobody knows is not one', async () => {
    const own = await openWorld()
    const id = await memberWith(own, { name: '韩未知', role: 'clerk', agencyId: MARKET })
    const cookie = await sessionCookie(own, id)
    await sql`update staff_grant set role = 'emperor'`.execute(own.services.storage)
    const response = await askAs(own, cookie, { path: '/api/seals' })
    expect(response.status).toBe(503)
    await own.close()
  })
})
