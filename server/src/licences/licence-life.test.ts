import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  type Issued,
  issueFood,
  openWorld,
  post,
  type World,
} from '../../testing/test-world.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'

const PERIOD = { validFrom: '2026-11-23', validTo: '2036-11-22', reason: '延续' }

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

interface Licence {
  readonly status: string
  readonly version: number
  readonly validTo?: string
  readonly replaces?: string
  readonly replacedBy?: string
  readonly history: readonly { readonly to: string; readonly kind?: string; ground?: string }[]
}

async function read(id: string): Promise<Licence> {
  const headers = { Authorization: `Bearer ${world.apiKey}` }
  return (await world.app.request(`/api/licences/${id}`, { headers })).json()
}

async function next(id: string, body: object, key: string): Promise<Response> {
  return post(world, `/api/licences/${id}/versions`, body, { 'Idempotency-Key': key })
}

function change(id: string, body: object): Promise<Response> {
  return post(world, `/api/licences/${id}/status`, { reason: '决定', ...body })
}

describe('how a licence ends', () => {
  for (const kind of ['annulled', 'penalty', 'deregistered']) {
    test(`${kind} is kept with its ground`, async () => {
      const { id } = await issueFood(world, { serial: `END${kind.toUpperCase()}` })
      const ground = '《行政许可法》第七十条第（四）项'
      expect((await change(id, { status: 'revoked', kind, ground })).status).toBe(200)
      expect((await read(id)).history).toMatchObject([{ to: 'revoked', kind, ground }])
    })
  }

  test('a kind without an end, or one that only the server gives, is refused', async () => {
    const { id } = await issueFood(world, { serial: 'NOEND' })
    const suspended = await change(id, { status: 'suspended', kind: 'penalty' })
    expect(await codeOf(suspended)).toBe('input/invalid')
    const replaced = await change(id, { status: 'revoked', kind: 'replaced' })
    expect(await codeOf(replaced)).toBe('input/invalid')
    expect((await read(id)).status).toBe('valid')
  })
})

describe('the next version', () => {
  test('has the same serial, and the one before it ends as replaced', async () => {
    const { id, identifier } = await issueFood(world, { serial: 'NEXT1' })
    const response = await next(id, PERIOD, 'next-1')
    expect(response.status).toBe(201)
    const made: Issued = await response.json()
    expect(await (await next(id, PERIOD, 'next-1')).json()).toEqual(made)
    expect(made.identifier).not.toBe(identifier)
    expect(await read(id)).toMatchObject({
      status: 'revoked',
      replacedBy: made.id,
      history: [{ to: 'revoked', kind: 'replaced' }],
    })
    expect(await read(made.id)).toMatchObject({
      status: 'valid',
      version: 2,
      validTo: '2036-11-22',
      replaces: id,
    })
    expect(await codeOf(await next(id, PERIOD, 'next-2'))).toBe('licence/revoked')
  })

  test('is no way around a suspension', async () => {
    const { id } = await issueFood(world, { serial: 'NEXT2' })
    await change(id, { status: 'suspended' })
    expect(await codeOf(await next(id, PERIOD, 'next-3'))).toBe('status/suspended')
  })

  test('is held to the rules of its type, and then nothing has changed', async () => {
    const { id } = await issueFood(world, { serial: 'NEXT3' })
    const response = await next(id, { ...PERIOD, claims: { name: '缺' } }, 'next-4')
    expect(await codeOf(response)).toBe('claim/missing')
    expect((await read(id)).status).toBe('valid')
  })
})

describe('CN02: everything at once', () => {
  test('revoked, suspended, reinstated and replaced in parallel, its history is one', async () => {
    const serials = ['PAR1', 'PAR2', 'PAR3', 'PAR4']
    for (const serial of serials) {
      const { id } = await issueFood(world, { serial })
      const acts = Array.from({ length: 10 }, (_, at) => [
        () => next(id, PERIOD, `${serial}-${at}`),
        () => change(id, { status: 'suspended' }),
        () => change(id, { status: 'valid' }),
        ...(at === 5 ? [() => change(id, { status: 'revoked', kind: 'annulled' })] : []),
      ]).flat()
      const answers = await Promise.all(acts.map((act) => act()))
      for (const { status } of answers) expect([200, 201, 409]).toContain(status)
      const versions = await world.services.storage
        .selectFrom('licence')
        .select(['id', 'version', 'status'])
        .where('serial', '=', serial)
        .orderBy('version')
        .execute()
      const old = await read(id)
      expect(old.status).toBe('revoked')
      const ends = old.history.filter(({ to }) => to === 'revoked')
      expect(ends).toHaveLength(1)
      const isReplaced = ends[0]?.kind === 'replaced'
      expect(versions).toHaveLength(isReplaced ? 2 : 1)
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(isReplaced ? 1 : 0)
    }
    await integrate(world.services)
    expect(await auditRecord(world.services)).toBeUndefined()
  })
})
