import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  approve,
  approver,
  batchFile,
  batchRow,
  requestRows,
  sendFile,
  step,
} from '../../testing/batch-world.ts'
import { askAs, memberWith, sessionCookie } from '../../testing/staff-world.ts'
import {
  codeOf,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  type World,
} from '../../testing/test-world.ts'
import { xlsxOf } from '../../testing/zip-of.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'
import type { BatchRowTable } from '../storage/batch-schema.ts'
import { issueChunk } from './issue-batch.ts'
import { issueBatches } from './keep-batches.ts'

let world: World
let cookie: string

beforeAll(async () => {
  world = await openWorld()
  cookie = await approver(world)
})
afterAll(() => world.close())

async function trial(bytes: Uint8Array): Promise<{
  readonly rows: number
  readonly digest: string
  readonly faults: readonly { readonly row: number; readonly code: string }[]
}> {
  const response = await sendFile(world, '/trial', bytes)
  if (response.status !== 200) throw new Error(await response.text())
  return response.json()
}

async function stateOf(id: string): Promise<Record<string, unknown>> {
  return (await askAs(world, cookie, { path: `/api/batches/${id}` })).json()
}

async function count(): Promise<number> {
  const rows = await world.services.storage.selectFrom('licence').select('id').execute()
  return rows.length
}

describe('a trial', () => {
  test('names each row at fault by its number in the sheet, and keeps nothing', async () => {
    await issueFood(world, { serial: 'TAKEN9' })
    const before = await count()
    const { rows, faults } = await trial(
      batchFile([
        batchRow('T1'),
        batchRow('T2', { 5: '91339901MAXYN00114' }),
        ['', '', '', '', '', '', '', '', '', '', ''],
        batchRow('T1'),
        batchRow('TAKEN9'),
        batchRow('T5', { 4: '' }),
        batchRow('T6', { 1: '2032-01-01' }),
        batchRow('t-7'),
        batchRow('T8').slice(1),
      ]),
    )
    expect(rows).toBe(1)
    expect(faults.map(({ row, code }) => [row, code])).toEqual([
      [3, 'claim/format'],
      [5, 'licence/exists'],
      [6, 'licence/exists'],
      [7, 'claim/missing'],
      [8, 'input/invalid'],
      [9, 'input/invalid'],
      [10, 'batch/format'],
    ])
    expect(await count()).toBe(before)
    expect(await world.services.storage.selectFrom('batch').select('id').execute()).toEqual([])
  })

  test('gives its faults as a file without what was received', async () => {
    const file = batchFile([batchRow('T1', { 4: '' })])
    const response = await sendFile(world, '/trial', file, { Accept: 'text/csv' })
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes)).toBe(
      '"row","code","detail"\r\n"2","claim/missing","name is missing"\r\n',
    )
  })

  test('columns that nobody would read are refused', async () => {
    const file = batchFile([batchRow('T1')]).toString()
    for (const changed of [file.replace('items', 'secret'), file.replace('items', '经营者名称')]) {
      const response = await sendFile(world, '/trial', Buffer.from(changed))
      expect(await codeOf(response)).toBe('batch/format')
    }
  })

  test('a spreadsheet is read by its bytes, whatever it comes as', async () => {
    const cell = (place: string, text: string): string =>
      `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
    const file = xlsxOf(
      `<row r="1">${cell('A1', 'serial')}</row><row r="2">${cell('A2', 'X1')}</row>`,
    )
    expect((await trial(file)).faults).toMatchObject([{ row: 2, code: 'input/invalid' }])
    const response = await sendFile(world, '/trial', file.subarray(0, 300))
    expect(await codeOf(response)).toBe('batch/format')
  })

  test('another media type is refused before anything is read', async () => {
    const response = await sendFile(world, '/trial', Buffer.from('x'), {
      'Content-Type': 'application/octet-stream',
    })
    expect(await codeOf(response)).toBe('http/media-type')
  })
})

describe('a batch', () => {
  test('is requested once, approved by another person over its digest, and issued once', async () => {
    const before = await count()
    const rows = [batchRow('A1'), batchRow(''), batchRow('A3')]
    const batch = await requestRows(world, rows, 'once')
    expect(await requestRows(world, rows, 'once')).toEqual(batch)
    expect(batch.digest).toBe((await trial(batchFile(rows))).digest)
    const other = { ...batch, digest: 'A'.repeat(43) }
    expect(await codeOf(await approve(world, cookie, other))).toBe('batch/other-digest')
    const same = await approver(world, '赵经办')
    expect(await codeOf(await approve(world, same, batch))).toBe('approval/same-person')
    await issueBatches(world.services)
    expect(await count()).toBe(before)
    expect((await approve(world, cookie, batch)).status).toBe(200)
    expect(await codeOf(await approve(world, cookie, batch))).toBe('batch/settled')
    await issueBatches(world.services)
    await issueBatches(world.services)
    expect(await count()).toBe(before + 3)
    expect(await stateOf(batch.id)).toMatchObject({
      state: 'done',
      rows: 3,
      issued: 3,
      refused: 0,
      requestedBy: '赵经办',
      decidedBy: '钱审批',
    })
    const path = `/api/batches/${batch.id}/rows`
    const listed: { rows: { place: number; identifier?: string; facts?: object }[] } = await (
      await askAs(world, cookie, { path })
    ).json()
    expect(listed.rows.map(({ place, facts }) => [place, facts])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, undefined],
    ])
    expect(new Set(listed.rows.map(({ identifier }) => identifier)).size).toBe(3)
    expect((await requestRows(world, rows, 'once')).id).toBe(batch.id)
  })

  test('with a row at fault is not requested at all', async () => {
    const file = batchFile([batchRow('F1'), batchRow('F2', { 4: '' })])
    const response = await sendFile(world, '', file, { 'Idempotency-Key': 'fault' })
    expect(response.status).toBe(400)
    expect(await codeOf(response)).toBe('batch/rows-at-fault')
  })

  test('a row that is taken meanwhile is named, the others are issued', async () => {
    const batch = await requestRows(world, [batchRow('M1'), batchRow('M2')], 'meanwhile')
    await issueFood(world, { serial: 'M1' })
    expect((await approve(world, cookie, batch)).status).toBe(200)
    await issueBatches(world.services)
    expect(await stateOf(batch.id)).toMatchObject({ state: 'done', issued: 1, refused: 1 })
    const path = `/api/batches/${batch.id}/rows`
    const { rows }: { rows: object[] } = await (await askAs(world, cookie, { path })).json()
    expect(rows[0]).toEqual({ place: 1, code: 'licence/exists' })
    const list: { batches: object[] } = await (
      await askAs(world, cookie, { path: '/api/batches' })
    ).json()
    expect(list.batches[0]).toMatchObject({ id: batch.id, rows: 2, issued: 1, refused: 1 })
  })

  test('rows that were changed behind its back are not approved', async () => {
    const batch = await requestRows(world, [batchRow('E1')], 'edited')
    const { storage } = world.services
    const { facts } = await storage
      .selectFrom('batch_row')
      .select('facts')
      .where('batch_id', '=', batch.id)
      .executeTakeFirstOrThrow()
    const changed = (facts ?? '').replace('"E1"', '"E2"')
    const rows = storage.updateTable('batch_row').where('batch_id', '=', batch.id)
    await rows.set({ facts: changed }).execute()
    expect(await codeOf(await approve(world, cookie, batch))).toBe('batch/other-digest')
    await rows.set({ facts }).execute()
    const refusal = { decision: 'refuse', digest: batch.digest, reason: '退回' }
    const refused = await step(world, cookie, { id: batch.id, name: 'decision', body: refusal })
    expect(await refused.json()).toEqual({ id: batch.id, state: 'refused' })
    const left = storage.selectFrom('batch_row').select('facts').where('batch_id', '=', batch.id)
    expect(await left.execute()).toEqual([])
    expect(await stateOf(batch.id)).toMatchObject({ rows: 1, issued: 0, refused: 0 })
  })

  test('rows that are changed, swapped or not held after the approval stop it', async () => {
    const batch = await requestRows(world, [batchRow('H1'), batchRow('H2')], 'held')
    expect((await approve(world, cookie, batch)).status).toBe(200)
    const { storage } = world.services
    const ofBatch = storage.selectFrom('batch_row').selectAll().where('batch_id', '=', batch.id)
    const [first, second] = await ofBatch.orderBy('place').execute()
    const set = (row: Partial<BatchRowTable>): Promise<unknown> =>
      storage
        .updateTable('batch_row')
        .set(row)
        .where('batch_id', '=', batch.id)
        .where('place', '=', 1)
        .execute()
    const changed = { facts: first?.facts?.replace('"H1"', '"H9"') ?? '' }
    const swapped = { facts: second?.facts ?? '', hold: second?.hold ?? '' }
    for (const change of [changed, swapped, { hold: null }]) {
      await set(change)
      await issueBatches(world.services)
      const stopped = { state: 'stopped', issued: 0, reason: 'batch/other-digest' }
      expect(await stateOf(batch.id)).toMatchObject(stopped)
      await set({ facts: first?.facts ?? '', hold: first?.hold ?? '' })
      expect((await step(world, cookie, { id: batch.id, name: 'resume' })).status).toBe(200)
    }
    await issueBatches(world.services)
    expect(await stateOf(batch.id)).toMatchObject({ state: 'done', issued: 2 })
  })

  test('stops where it is, and goes on', async () => {
    const rows = Array.from({ length: 250 }, (_, at) => batchRow(`S${at}`))
    const batch = await requestRows(world, rows, 'stopped')
    const { id } = batch
    expect((await approve(world, cookie, batch)).status).toBe(200)
    expect(await issueChunk(world.services, id)).toBe(true)
    const body = { reason: '有误' }
    expect((await step(world, cookie, { id, name: 'stop', body })).status).toBe(200)
    expect(await codeOf(await step(world, cookie, { id, name: 'stop', body }))).toBe(
      'batch/settled',
    )
    await issueBatches(world.services)
    expect(await stateOf(id)).toMatchObject({ state: 'stopped', issued: 100, reason: '有误' })
    expect((await step(world, cookie, { id, name: 'resume' })).status).toBe(200)
    await issueBatches(world.services)
    expect(await stateOf(id)).toMatchObject({ state: 'done', issued: 250 })
    expect(await codeOf(await step(world, cookie, { id, name: 'resume' }))).toBe('batch/settled')
  })

  test('withdrawn before it is approved it is never approved', async () => {
    const batch = await requestRows(world, [batchRow('W1')], 'withdrawn')
    const { id } = batch
    const body = { reason: '撤回' }
    const stopped = await step(world, cookie, { id, name: 'stop', body })
    expect(await stopped.json()).toEqual({ id, state: 'withdrawn' })
    expect(await codeOf(await approve(world, cookie, batch))).toBe('batch/settled')
    expect(await codeOf(await step(world, cookie, { id, name: 'resume' }))).toBe('batch/settled')
  })

  test('an agency that lost the type issues nothing more', async () => {
    const batch = await requestRows(world, [batchRow('L1')], 'lost')
    expect((await approve(world, cookie, batch)).status).toBe(200)
    const { storage } = world.services
    const lost = await storage
      .deleteFrom('agency_type')
      .where('agency_id', '=', MARKET)
      .returningAll()
      .execute()
    await issueBatches(world.services)
    await storage.insertInto('agency_type').values(lost).execute()
    expect(await stateOf(batch.id)).toMatchObject({
      state: 'stopped',
      issued: 0,
      reason: 'issuer/type-not-allowed',
    })
  })

  test('is seen by its own agency alone, and decided on by approvers who signed in just now', async () => {
    const batch = await requestRows(world, [batchRow('O1')], 'own')
    const as = { name: '外单位', role: 'approver', agencyId: POLICE } as const
    const foreign = await sessionCookie(world, await memberWith(world, as))
    expect(await codeOf(await approve(world, foreign, batch))).toBe('batch/not-found')
    const clerk = { name: '周受理', role: 'clerk', agencyId: MARKET } as const
    const clerkCookie = await sessionCookie(world, await memberWith(world, clerk))
    expect(await codeOf(await approve(world, clerkCookie, batch))).toBe('auth/forbidden')
    const long = { name: '早登录', role: 'approver', agencyId: MARKET } as const
    const member = await memberWith(world, long)
    const old = await sessionCookie(world, member, world.services.now() - 301)
    expect(await codeOf(await approve(world, old, batch))).toBe('sign-in/not-recent')
  })

  test('the record says all of it', async () => {
    await integrate(world.services)
    expect(await auditRecord(world.services)).toBeUndefined()
  })
})
