/** What is kept of people, and for how long. */
import { decodeZip } from '@onetrip/archive'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditAfterChanges } from '../../testing/audit-after.ts'
import {
  type CaseWorld,
  CENTRE,
  CHEN,
  DRAWING,
  openCaseWorld,
  SMALL,
  versionOf,
} from '../../testing/case-world.ts'
import { tableNames } from '../../testing/table-names.ts'
import { auditRecord } from '../record/audit.ts'
import { enforceRetention } from './enforce-retention.ts'
import {
  CASE_DAYS,
  DRAFT_DAYS,
  NOTHING_PERSONAL,
  RETENTION,
  RETURNED_DAYS,
} from './retention-table.ts'

const DAY_SECONDS = 86_400

interface MyData {
  readonly person: object
  readonly licences: readonly { readonly claims: object }[]
  readonly cases: readonly { readonly id: string; readonly uploads: readonly { file: string }[] }[]
  readonly record: readonly object[]
  readonly retention: readonly object[]
}
let cases: CaseWorld
let draft = ''

beforeAll(async () => {
  cases = await openCaseWorld()
}, 60_000)
afterAll(() => cases.world.close())

describe('the table of retention', () => {
  test('says of every table of the database how long it is kept, or that nothing in it is of a person', async () => {
    const named = [...Object.keys(RETENTION), ...NOTHING_PERSONAL].sort()
    expect(new Set(named).size).toBe(named.length)
    expect(named).toEqual([...(await tableNames(cases.world))].sort())
  })
})

describe('what is kept of a citizen', () => {
  test('is theirs to have, with their files, after a sign-in of the last minutes', async () => {
    draft = await cases.filled('citizen')
    const response = await cases.request('citizen', '/api/my/data')
    expect(response.headers.get('Content-Type')).toBe('application/zip')
    const parts = decodeZip(new Uint8Array(await response.arrayBuffer()))
    const data: MyData = JSON.parse(new TextDecoder().decode(parts[0]?.bytes))
    expect(data.person).toMatchObject({ subject: 'sub-citizen', holderReference: CHEN })
    expect(data.licences.every(({ claims }) => Object.keys(claims).length > 0)).toBe(true)
    expect(data.cases.map((one) => one.id)).toContain(draft)
    expect(data.retention.length).toBe(Object.keys(RETENTION).length)
    const [upload] = data.cases.find((one) => one.id === draft)?.uploads ?? []
    const file = parts.find(({ name }) => name === upload?.file)
    expect(file?.bytes).toEqual(DRAWING)
    const other = await cases.request('other', '/api/my/data')
    const theirs = decodeZip(new Uint8Array(await other.arrayBuffer()))
    expect(new TextDecoder().decode(theirs[0]?.bytes)).not.toContain(CHEN)
    const { storage } = cases.world.services
    const given = storage.selectFrom('log_word').select('idx').where('word', '=', 'citizen/data')
    expect(await given.execute()).toHaveLength(2)
    const later = await cases.request('citizen', '/api/my/data')
    const again = decodeZip(new Uint8Array(await later.arrayBuffer()))
    const next: MyData = JSON.parse(new TextDecoder().decode(again[0]?.bytes))
    expect(next.record).toHaveLength(data.record.length + 1)
  })
})

describe('the job', () => {
  let over = ''
  let report = ''

  test('leaves what is not due', async () => {
    over = await cases.accepted()
    expect((await cases.step('clerk', over, 'withdraw')).body['state']).toBe('withdrawn')
    const words = {
      code: 'signature/invalid',
      place: 'wallet',
      judgedAt: 1,
      words: '说明',
      agency: '11339901XYN000014M',
    }
    report = String((await cases.done('clerk', '/reports', words))['id'])
    await cases.done('owner', `/api/reports/${report}/answer`, { answer: '已核查' })
    expect(await enforceRetention(cases.world.services)).toEqual({})
  })

  test('empties a draft that nobody handed in, after the last that was written in it', async () => {
    const { services } = cases.world
    cases.later((DRAFT_DAYS - 1) * DAY_SECONDS)
    const values = { remarks: '还在填写' }
    const version = await versionOf(cases.world, draft)
    await cases.done('citizen', `/api/my/cases/${draft}/form`, { version, values })
    cases.later(DAY_SECONDS)
    expect(await enforceRetention(services)).not.toHaveProperty('case_file')
    expect((await cases.read('citizen', draft))['form']).toMatchObject(values)
    cases.later((DRAFT_DAYS - 1) * DAY_SECONDS)
    expect(await enforceRetention(services)).toMatchObject({ case_file: 1 })
    expect(await fileOf(draft)).toMatchObject({ applicant: '', form: '{}', state: 'withdrawn' })
    expect(await fileOf(over)).toMatchObject({ applicant: CHEN })
    expect(await bodiesOf(draft)).toBe(0)
    expect(await bodiesOf(over)).toBe(1)
  })

  test('empties what is over, once, and records it without what it was', async () => {
    cases.later(CASE_DAYS * DAY_SECONDS)
    const { services } = cases.world
    expect(await enforceRetention(services)).toMatchObject({ case_file: 1, licence_report: 1 })
    expect(await fileOf(over)).toMatchObject({ applicant: '', form: '{}' })
    expect(await bodiesOf(over)).toBe(0)
    const left = await services.storage
      .selectFrom('licence_report')
      .select(['words', 'evidence', 'answer'])
      .where('id', '=', report)
      .executeTakeFirst()
    expect(left).toEqual({ words: null, evidence: '{}', answer: null })
    expect(await enforceRetention(services)).toEqual({})
    const acts = await services.storage
      .selectFrom('log_word')
      .select('word')
      .where('word', 'in', ['case/forget', 'retention/forget'])
      .execute()
    expect(acts.map(({ word }) => word).sort()).toEqual([
      'case/forget',
      'case/forget',
      'retention/forget',
    ])
    expect(await auditRecord(services)).toBeUndefined()
    const after = [`update case_part set state = 'delivered' where case_id = '${over}'`]
    expect(await auditAfterChanges(services, after)).toMatchObject({ table: 'case_file', id: over })
    const read = await cases.call('clerk', `/api/cases/${over}`)
    expect([read.status, read.body['form']]).toEqual([200, {}])
    const file = await uploadOf(over)
    const gone = await cases.call('clerk', `/api/cases/${over}/uploads/${file}`)
    expect(gone.body['code']).toBe('upload/not-found')
  })

  test('withdraws a case that was returned and that nobody answered, after the last in it, and forgets a closed one', async () => {
    const { services } = cases.world
    const { storage } = services
    const begun = { matter: 'open-restaurant', answers: SMALL }
    const made = await cases.done('citizen', '/api/my/cases', { ...begun, office: CENTRE })
    const returned = String(made['id'])
    const other = await cases.done('clerk', '/api/cases', { ...begun, applicant: CHEN })
    const closed = String(other['id'])
    for (const [id, state] of [
      [returned, 'returned'],
      [closed, 'closed'],
    ] as const) {
      const change = { state, closed_at: state === 'closed' ? cases.world.services.now() : null }
      await storage.updateTable('case_file').set(change).where('id', '=', id).execute()
    }
    cases.later((RETURNED_DAYS - 1) * DAY_SECONDS)
    const version = await versionOf(cases.world, returned)
    const values = { remarks: '正在补充' }
    await cases.done('citizen', `/api/my/cases/${returned}/form`, { version, values })
    cases.later(2 * DAY_SECONDS)
    await enforceRetention(services)
    expect(await fileOf(returned)).toMatchObject({ state: 'returned' })
    cases.later(RETURNED_DAYS * DAY_SECONDS)
    await enforceRetention(services)
    expect(await fileOf(returned)).toMatchObject({ state: 'withdrawn', applicant: CHEN })
    const read = await cases.read('citizen', returned)
    expect(JSON.stringify(read['steps'])).toContain('按撤回处理')
    cases.later(CASE_DAYS * DAY_SECONDS)
    expect(await enforceRetention(services)).toMatchObject({ case_file: 2 })
    for (const id of [returned, closed]) expect(await fileOf(id)).toMatchObject({ applicant: '' })
    expect(await auditRecord(services)).toBeUndefined()
  })

  test('forgets what has ended by itself', async () => {
    const { services } = cases.world
    await cases.read('citizen', draft).catch(() => undefined)
    cases.later(DAY_SECONDS)
    expect(Object.keys(await enforceRetention(services))).toContain('session')
    const { storage } = services
    expect(await storage.selectFrom('session').select('hash').execute()).toEqual([])
  })
})

async function fileOf(id: string): Promise<object | undefined> {
  return cases.world.services.storage
    .selectFrom('case_file')
    .select(['applicant', 'form', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function bodiesOf(id: string): Promise<number> {
  const rows = await cases.world.services.storage
    .selectFrom('case_upload_body')
    .innerJoin('case_upload', 'case_upload.id', 'upload_id')
    .select('upload_id')
    .where('case_id', '=', id)
    .execute()
  return rows.length
}

async function uploadOf(id: string): Promise<string> {
  const row = await cases.world.services.storage
    .selectFrom('case_upload')
    .select('id')
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow()
  return row.id
}
