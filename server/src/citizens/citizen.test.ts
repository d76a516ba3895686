import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, START, type World } from '../../testing/test-world.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { cookieLine } from '../http/cookies.ts'
import { endSessionsOf, openSession, SESSION_LIFE } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'
import { assertMayApply, authenticateCitizen, type Citizen, SESSION_COOKIE } from './citizen.ts'

const CHEN = { subject: 'sub-1', holderReference: '陈样例', level: 'real-name' }

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function open(carrier: 'cookie' | 'bearer'): Promise<{ readonly id: string }> {
  return transact(world.services.storage, (transaction) =>
    openSession(world.services, transaction, {
      carrier,
      subject: CHEN.subject,
      person: JSON.stringify(CHEN),
    }),
  )
}

/** What a request with these headers is taken for; the code of what is thrown. */
async function ask(
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<Citizen | undefined | string> {
  let found: Citizen | undefined | string
  const app = new Hono<AppEnvironment>().all('/', async (context: AppContext) => {
    found = await authenticateCitizen(world.services, context)
    return context.text('')
  })
  app.onError((error, context) => {
    found = error.message
    return context.text('')
  })
  await app.request('/', { method, headers })
  return found
}

describe('a session', () => {
  test('is found by its cookie or its bearer, and never by the other', async () => {
    const cookie = await open('cookie')
    const bearer = await open('bearer')
    expect(await ask({ Cookie: `a=b; ${SESSION_COOKIE}=${cookie.id}` })).toMatchObject(CHEN)
    expect(await ask({ Authorization: `Bearer ${bearer.id}` })).toMatchObject(CHEN)
    expect(await ask({ Authorization: `Bearer ${cookie.id}` })).toBeUndefined()
    expect(await ask({ Cookie: `${SESSION_COOKIE}=${bearer.id}` })).toBeUndefined()
    expect(await ask({})).toBeUndefined()
  })

  test('stores no id', async () => {
    const { id } = await open('cookie')
    const rows = await world.services.storage.selectFrom('session').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(id)
  })

  test('a cookie that is there twice, or of another form, is none', async () => {
    const { id } = await open('cookie')
    const pair = `${SESSION_COOKIE}=${id}`
    expect(await ask({ Cookie: `${pair}; ${pair}` })).toBeUndefined()
    expect(await ask({ Cookie: `${pair}x` })).toBeUndefined()
    expect(await ask({ Cookie: `x-${pair}` })).toBeUndefined()
  })

  test('ends when unused, and in the end though used', async () => {
    const { id } = await open('cookie')
    const headers = { Cookie: `${SESSION_COOKIE}=${id}` }
    const { idleSeconds, seconds } = SESSION_LIFE.cookie
    for (let at = 0; at < seconds; at += idleSeconds - 1) {
      world.setNow(START + at)
      expect(await ask(headers)).toMatchObject(CHEN)
    }
    world.setNow(START + seconds)
    expect(await ask(headers)).toBeUndefined()
    world.setNow(START)
    const idle = await open('cookie')
    world.setNow(START + idleSeconds)
    expect(await ask({ Cookie: `${SESSION_COOKIE}=${idle.id}` })).toBeUndefined()
    world.setNow(START)
  })

  test('ends everywhere, but here where that is asked', async () => {
    const here = await open('bearer')
    const there = await open('cookie')
    const citizen = await ask({ Authorization: `Bearer ${here.id}` })
    const except = typeof citizen === 'object' ? citizen.session : ''
    const { storage } = world.services
    await transact(storage, (transaction) =>
      endSessionsOf(transaction, { subject: CHEN.subject, except }),
    )
    expect(await ask({ Cookie: `${SESSION_COOKIE}=${there.id}` })).toBeUndefined()
    expect(await ask({ Authorization: `Bearer ${here.id}` })).toMatchObject(CHEN)
    await transact(storage, (transaction) => endSessionsOf(transaction, CHEN))
    expect(await ask({ Authorization: `Bearer ${here.id}` })).toBeUndefined()
  })
})

describe('AU01: a change that comes with a cookie', () => {
  test('counts from the pages of the API alone', async () => {
    const { id } = await open('cookie')
    const { apiOrigin, walletOrigin } = world.services.config
    const from = (headers: Readonly<Record<string, string>>) =>
      ask({ Cookie: `${SESSION_COOKIE}=${id}`, ...headers }, 'POST')
    expect(await from({ Origin: apiOrigin })).toMatchObject(CHEN)
    expect(await from({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).toMatchObject(CHEN)
    expect(await from({ Origin: walletOrigin, 'Sec-Fetch-Site': 'same-site' })).toBe('http/origin')
    expect(await from({})).toBe('http/origin')
  })
})

describe('a cookie', () => {
  const cookie = { name: SESSION_COOKIE, value: 'x', maxAgeSeconds: 5 }

  test('belongs to one host over https', () => {
    expect(cookieLine({ apiOrigin: 'https://a.example.cn' }, cookie)).toBe(
      '__Host-onetrip-session=x; Path=/; Max-Age=5; HttpOnly; SameSite=Lax; Secure',
    )
  })

  test('has no prefix at localhost, where not every browser takes it', () => {
    expect(cookieLine({ apiOrigin: 'http://localhost:8787' }, cookie)).toBe(
      'onetrip-session=x; Path=/; Max-Age=5; HttpOnly; SameSite=Lax',
    )
  })
})

describe('applying from home', () => {
  const party = {
    applyLevels: ['L3'],
    authorize: () => Promise.reject(new TypeError('not in this test')),
    finish: () => Promise.reject(new TypeError('not in this test')),
  }

  test('needs a real name that the provider knows well enough', () => {
    expect(() => assertMayApply({ relyingParty: party }, { level: 'L3' })).not.toThrow()
    expect(() => assertMayApply({ relyingParty: party }, { level: 'L2' })).toThrow('sign-in/level')
    expect(() => assertMayApply({}, { level: 'L3' })).toThrow('sign-in/level')
  })
})
