/** Administrators announce and retire their organisation's keys, and have published what is due. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import { codeOf, MARKET, openWorld, POLICE, START, type World } from '../../testing/test-world.ts'
import { agencySigner } from './agencies.ts'
import { listKeys } from './key-lives.ts'
import { metadataFile } from './serve-repository.ts'

const DAY = 86_400
const keyOf = (purpose: string, number = 1, agency = MARKET): string =>
  `${agency.toLowerCase()}-${purpose}-${number}`
const FIRST = keyOf('issue-cbor')
const NEXT = keyOf('issue-cbor', 2)

let world: World
const opened: World[] = []

beforeEach(async () => {
  world = await openWorld()
  opened.push(world)
  await metadataFile(world.services, 'timestamp.json')
})
afterAll(() => Promise.all(opened.map((one) => one.close())))

async function administrator(): Promise<string> {
  const of = { name: '吴管理', role: 'administrator', agencyId: MARKET } as const
  const known = await world.services.storage.selectFrom('staff').select('id').executeTakeFirst()
  return sessionCookie(world, known?.id ?? (await memberWith(world, of)))
}

async function ask(path: string, body: object): Promise<Response> {
  return askAs(world, await administrator(), { path: `/api/trust${path}`, body })
}

const announce = (after: string, purpose = 'issue-cbor'): Promise<Response> =>
  ask('/keys', { purpose, after })

async function keyNamed(id: string): Promise<Awaited<ReturnType<typeof listKeys>>[number]> {
  const key = (await listKeys(world.services)).find((known) => known.id === id)
  if (key === undefined) throw new Error('no key')
  return key
}

describe('the next key', () => {
  test('is announced once, however often and by how many it is asked for, and signs when all know it', async () => {
    const answers = await Promise.all([announce(FIRST), announce(FIRST)])
    for (const answer of answers) {
      expect(answer.status).toBe(201)
      expect(await answer.json()).toEqual({ id: NEXT })
    }
    expect(await (await announce(FIRST)).json()).toEqual({ id: NEXT })
    const today = START - (START % DAY)
    expect(await keyNamed(NEXT)).toMatchObject({ state: 'announced', notBefore: today + 35 * DAY })
    expect(await codeOf(await announce(NEXT))).toBe('own-key/next-announced')
    expect((await agencySigner(world.services, MARKET, 'issue-cbor')).keyId).toBe(FIRST)
    await ask('/publications', {})
    world.setNow(START + 36 * DAY)
    expect((await agencySigner(world.services, MARKET, 'issue-cbor')).keyId).toBe(NEXT)
    expect((await ask(`/keys/${FIRST}/retire`, {})).status).toBe(200)
    const { retiredAt } = await keyNamed(FIRST)
    world.setNow(START + 37 * DAY)
    expect((await ask(`/keys/${FIRST}/retire`, {})).status).toBe(200)
    expect((await keyNamed(FIRST)).retiredAt).toBe(retiredAt)
    expect(await codeOf(await ask(`/keys/${NEXT}/retire`, {}))).toBe('own-key/no-other')
  })

  test('begins as the one before it ends, where that is sooner', async () => {
    const { notAfter } = await keyNamed(FIRST)
    world.setNow(notAfter - 10 * DAY)
    expect((await announce(FIRST)).status).toBe(201)
    expect((await keyNamed(NEXT)).notBefore).toBe(notAfter)
  })

  test('begins at once where none signs', async () => {
    await world.services.storage
      .updateTable('signing_key')
      .set({ revoked_from: START - DAY })
      .where('id', '=', FIRST)
      .execute()
    expect((await announce(FIRST)).status).toBe(201)
    expect((await keyNamed(NEXT)).notBefore).toBe(START - (START % DAY))
  })
})

test('announced and retired over and over, there are three that have not begun, until the time of one has come', async () => {
  for (const number of [2, 3, 4]) {
    const id = keyOf('issue-cbor', number)
    expect((await announce(keyOf('issue-cbor', number - 1))).status).toBe(201)
    expect((await ask(`/keys/${id}/retire`, {})).status).toBe(200)
  }
  const last = keyOf('issue-cbor', 4)
  expect(await codeOf(await announce(last))).toBe('own-key/too-many')
  // Of another purpose there is none.
  expect((await announce(keyOf('issue-jws'), 'issue-jws')).status).toBe(201)
  world.setNow(START + 35 * DAY)
  expect((await announce(last)).status).toBe(201)
})

test('two that are retired at once are not each the other’s reason', async () => {
  await announce(FIRST)
  await ask('/publications', {})
  world.setNow(START + 36 * DAY)
  const cookie = await administrator()
  const retire = (id: string): Promise<Response> =>
    askAs(world, cookie, { path: `/api/trust/keys/${id}/retire`, body: {} })
  const answers = await Promise.all([retire(FIRST), retire(NEXT)])
  const codes = await Promise.all(answers.map((one) => (one.ok ? 'done' : codeOf(one))))
  expect(codes.sort()).toEqual(['done', 'own-key/no-other'])
})

const OTHERS = keyOf('issue-cbor', 1, POLICE)
const REFUSED = [
  ['/keys', { purpose: 'issue-cbor', after: OTHERS }, 'own-key/not-found'],
  ['/keys', { purpose: 'issue-jws', after: FIRST }, 'own-key/not-found'],
  [`/keys/${OTHERS}/retire`, {}, 'own-key/not-found'],
  [`/keys/${FIRST}/retire`, {}, 'own-key/no-other'],
  // An office's purpose, and a revocation.
  ['/keys', { purpose: 'enrol', after: FIRST }, 'input/invalid'],
  [`/keys/${FIRST}/retire`, { from: 0 }, 'input/unknown-field'],
] as const

test('what is another’s, the only one of its purpose, or asked for in another way is refused', async () => {
  const before = await listKeys(world.services)
  for (const [path, body, code] of REFUSED) {
    expect([path, await codeOf(await ask(path, body))]).toEqual([path, code])
  }
  expect(await listKeys(world.services)).toEqual(before)
})

test('nothing is done for somebody whose authentication is old', async () => {
  const old = await sessionCookie(
    world,
    await memberWith(world, { name: '吴管理', role: 'administrator', agencyId: MARKET }),
    START - 3600,
  )
  for (const path of ['/publications', '/keys', `/keys/${FIRST}/retire`]) {
    const response = await askAs(world, old, { path: `/api/trust${path}`, body: {} })
    expect(await codeOf(response)).toBe('sign-in/not-recent')
  }
})

test('publishing answers the timestamp in force: signed anew where something changed, else the same', async () => {
  const first: { version: number } = await (await ask('/publications', {})).json()
  expect(await (await ask('/publications', {})).json()).toEqual(first)
  await announce(FIRST)
  const next = await (await ask('/publications', {})).json()
  expect(next).toMatchObject({ version: first.version + 1 })
  const state = await (await askAs(world, await administrator(), { path: '/api/trust' })).json()
  expect(state.offline).toMatchObject({ signsItself: true, changed: [], changedCount: 0, root: 1 })
  expect(state.keys).toContainEqual(expect.objectContaining({ id: NEXT, listedAt: START }))
})
