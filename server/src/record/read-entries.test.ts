/** Reading the record by the API: whose entries who sees, by which words, and in pages. */
import { equalBytes, fromBase64url, sha256 } from '@onetrip/codec'
import { leafHash, openProofFile, parseEntry } from '@onetrip/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  codeOf,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  START,
  type World,
} from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import type { Role } from '../rights/rights.ts'
import { transact } from '../storage/database.ts'
import { recordAct } from './append.ts'
import { recordKey } from './integrate.ts'

interface Told {
  readonly index: number
  readonly act?: string
  readonly at: number
  readonly agency?: string
  readonly facts?: Readonly<Record<string, string | number>>
  readonly entry: string
  readonly opening?: string
  readonly proof: string
}

let world: World
let own: string
let auditor: string
let licence: string
const LATER = START + 1_000

beforeAll(async () => {
  world = await openWorld()
  own = await keyOf(MARKET, ['read'])
  auditor = await keyOf(POLICE, ['audit'])
  licence = (await issueFood(world, { serial: 'READ1' })).id
  world.setNow(LATER)
  await transact(world.services.storage, async (transaction) => {
    for (let at = 0; at < 300; at += 1) {
      const agency = at % 3 === 0 ? MARKET : POLICE
      await recordAct(world.services, transaction, { act: 'test/act', agency, facts: { at } })
    }
  })
})
afterAll(() => world.close())

function keyOf(agencyId: string, roles: readonly Role[]): Promise<string> {
  const holder = { name: `读 ${agencyId}`, kind: 'person' } as const
  return createApiKey(world.services, { agencyId, holder, types: [], roles })
}

function get(key: string, query = ''): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}` }
  return Promise.resolve(world.app.request(`/api/log/entries${query}`, { headers }))
}

async function read(key: string, query = '') {
  const response = await get(key, query)
  expect(response.status, query).toBe(200)
  const page: { size: number; entries: Told[]; next?: number } = await response.json()
  return page
}

test('an agency sees what was done in its name, an auditor everything, others nothing', async () => {
  const { entries } = await read(own, '?limit=256')
  expect(new Set(entries.map(({ agency }) => agency))).toEqual(new Set([MARKET]))
  const all = await read(auditor, '?limit=256')
  expect(all.entries.map(({ index }) => index)).toEqual(
    Array.from({ length: 256 }, (_, at) => all.size - 1 - at),
  )
  expect((await read(auditor, `?agency=${POLICE}&limit=3`)).entries[0]?.agency).toBe(POLICE)
  expect(await codeOf(await get(own, `?agency=${POLICE}`))).toBe('auth/forbidden')
  expect(await codeOf(await get(await keyOf(MARKET, ['issue'])))).toBe('auth/forbidden')
  expect((await world.app.request('/api/log/entries')).status).toBe(401)
})

test('facts are those that the entry commits to, and each entry has its proof', async () => {
  const { entries } = await read(own, `?about=${licence}`)
  expect(entries.map(({ act }) => act)).toEqual(['offer/make', 'licence/issue'])
  expect(entries[1]?.facts).toMatchObject({ licence, version: 1 })
  const policy = { log: recordKey(world.services), witnesses: [], threshold: 0 }
  for (const { index, entry, opening = '', proof } of entries) {
    const bytes = fromBase64url(entry)
    const parsed = parseEntry(bytes)
    if (parsed.kind !== 'act') throw new Error('an act')
    expect(equalBytes(sha256(fromBase64url(opening)), parsed.commitment)).toBe(true)
    const file = new Uint8Array(await (await world.app.request(proof)).arrayBuffer())
    expect((await openProofFile(file, leafHash(bytes), policy)).proof.index).toBe(index)
  }
})

test('a name stands beside an id for whoever may know who works there, of a system for every reader', async () => {
  const { services } = world
  const system = { agencyId: MARKET, holder: { name: '发证系统', kind: 'system' } } as const
  await createApiKey(services, { ...system, types: [], roles: ['issue'] })
  const names = async (key: string): Promise<string> => {
    const asked = await get(key, `?agency=${MARKET}&kind=api-key/create&limit=256`)
    return JSON.stringify((await asked.json()).names)
  }
  const person = { name: `读 ${MARKET}`, kind: 'person' }
  expect(await names(auditor)).toContain(JSON.stringify(person))
  expect(await names(auditor)).toContain('发证系统')
  expect(await names(own)).not.toContain(person.name)
  expect(await names(own)).toContain(JSON.stringify({ name: '发证系统', kind: 'system' }))
})

test('pages follow each other without a gap, whatever is asked', async () => {
  const found: number[] = []
  let before = ''
  for (;;) {
    const { entries, next } = await read(own, `?kind=test/act&limit=7${before}`)
    found.push(...entries.map(({ index }) => index))
    if (next === undefined) break
    before = `&before=${next}`
  }
  expect(found).toHaveLength(100)
  expect(found).toEqual([...new Set(found)].sort((one, other) => other - one))
})

test('a time is from then on, and before then', async () => {
  const since = await read(auditor, `?since=${LATER}&limit=256&kind=test/act`)
  expect(since.entries).toHaveLength(256)
  const until = await read(auditor, `?until=${LATER}&limit=256`)
  expect(until.entries.every(({ at }) => at < LATER)).toBe(true)
  const before = (until.entries[0]?.index ?? 0) + 2
  const { entries } = await read(auditor, `?before=${before}&limit=2`)
  expect(entries.map(({ at }) => at < LATER)).toEqual([false, true])
  expect((await read(auditor, `?until=${LATER}&since=${LATER}`)).entries).toEqual([])
})

test('what is no question is refused', async () => {
  for (const query of [
    '?limit=0',
    '?limit=257',
    '?before=-1',
    '?since=x',
    '?until=1e3',
    '?about=',
    '?about=a%0Ab',
    `?kind=${'x'.repeat(257)}`,
  ]) {
    expect(await codeOf(await get(auditor, query)), query).toBe('input/invalid')
  }
  expect(await codeOf(await get(auditor, '?page=2'))).toBe('input/unknown-field')
})
