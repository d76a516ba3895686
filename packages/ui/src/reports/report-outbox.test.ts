import { describe, expect, test } from 'vitest'
import type { Http } from '../bounded-fetch.ts'
import { type LicenceReport, type ReportedVerdict, reportOf } from './licence-report.ts'
import { createReportOutbox, type ReportDisk, type ReportOutbox } from './report-outbox.ts'

const ID = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6'
const AT = 1_795_406_400
const REPORT: LicenceReport = {
  id: ID,
  code: 'signature/invalid',
  place: 'counter',
  judgedAt: AT,
}

/** A disk in memory that outlives an outbox. */
function memoryDisk(): ReportDisk & { readonly rows: Map<string, unknown> } {
  const rows = new Map<string, unknown>()
  return {
    rows,
    getAll: async () => [...rows.values()],
    put: async (_box, key, value) => void rows.set(key, value),
    delete: async (_box, key) => void rows.delete(key),
  }
}

interface Server {
  readonly http: Http
  readonly bodies: string[]
  status: number | undefined
}

/** Answers with `status`, or as no network does. */
function server(status: number | undefined): Server {
  const self: Server = {
    bodies: [],
    status,
    http: async (url, { body }) => {
      if (self.status === undefined) throw new TypeError('no network')
      expect(url).toBe('https://api.example/reports')
      self.bodies.push(String(body))
      return Response.json({ id: ID }, { status: self.status })
    },
  }
  return self
}

function outbox(http: Http, disk?: ReportDisk): ReportOutbox {
  const open = async (): Promise<ReportDisk> => {
    if (disk === undefined) throw new Error('storage refused')
    return disk
  }
  return createReportOutbox({ apiOrigin: 'https://api.example', http, open })
}

describe('a report', () => {
  test('is sent once, however often it is pressed, and then forgotten here', async () => {
    const [to, disk] = [server(201), memoryDisk()]
    const box = outbox(to.http, disk)
    await Promise.all([box.file(REPORT), box.file(REPORT)])
    expect(box.states.value.get(ID)).toBe('sent')
    expect(to.bodies).toEqual([JSON.stringify(REPORT)])
    expect(disk.rows.size).toBe(0)
  })

  test.for([undefined, 429, 500])('waits after %s, and is sent by a later page', async (status) => {
    const [to, disk] = [server(status), memoryDisk()]
    const first = outbox(to.http, disk)
    await first.file(REPORT)
    expect(first.states.value.get(ID)).toBe('waiting')
    expect(disk.rows.size).toBe(1)
    to.status = 201
    const second = outbox(to.http, disk)
    await second.sendWaiting()
    expect(second.states.value.get(ID)).toBe('sent')
    expect(to.bodies.at(-1)).toBe(JSON.stringify(REPORT))
    expect(disk.rows.size).toBe(0)
  })

  test('that a server does not take is not sent again', async () => {
    const [to, disk] = [server(400), memoryDisk()]
    const box = outbox(to.http, disk)
    await box.file(REPORT)
    await box.sendWaiting()
    expect(box.states.value.get(ID)).toBe('refused')
    expect(to.bodies).toHaveLength(1)
  })

  test('waits in memory where storage is refused', async () => {
    const to = server(undefined)
    const box = outbox(to.http)
    await box.file(REPORT)
    to.status = 201
    await box.sendWaiting()
    expect(box.states.value.get(ID)).toBe('sent')
  })
})

describe('what is reported', () => {
  const evidence = { trustVersion: 7, presentationId: '00'.repeat(32) }
  const issuer = { id: '11339901XYN000014M', name: { 'zh-CN': '样例市公安局', en: 'Police' } }
  const licence = {
    issuer,
    typeCode: '1110000099XYN9907G062',
    typeName: { 'zh-CN': '样例证', en: 'Licence' },
    claims: [{ name: 'name', value: '张三' }],
  }
  const refused: ReportedVerdict = {
    outcome: 'invalid',
    reason: 'signature/invalid',
    evidence,
    licences: [licence],
  }
  const of = { id: ID, at: AT, place: 'counter' } as const

  test('names the agency, the type and a digest, and nothing that the licence states', () => {
    const worded = reportOf({ ...of, verdict: refused })
    expect(worded?.report).toEqual({
      ...REPORT,
      agency: issuer.id,
      type: licence.typeCode,
      digest: 'A'.repeat(43),
      trustVersion: 7,
    })
    expect(JSON.stringify(worded)).not.toContain('张三')
  })

  test('is nothing where nothing speaks against it, or only data are missing', () => {
    const { reason: _, ...unreasoned } = refused
    expect(reportOf({ ...of, verdict: { ...unreasoned, outcome: 'valid' } })).toBeUndefined()
    const unknown = { ...refused, outcome: 'unverifiable', reason: 'trust/expired' } as const
    expect(reportOf({ ...of, verdict: unknown })).toBeUndefined()
  })
})
