/** Metrics of a server that issued something, over its own port. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueFood, MARKET, openWorld, post, type World } from '../../testing/test-world.ts'
import { integrate } from '../record/integrate.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { createMetrics } from './metrics.ts'

let world: World
let server: RunningServer

beforeAll(async () => {
  world = await openWorld({ environment: { ONETRIP_PORT: '0', ONETRIP_METRICS_PORT: '0' } })
  server = await startServer({ services: world.services, closeMilliseconds: 0 })
})
afterAll(async () => {
  await server.close()
  rmSync(world.folder, { recursive: true })
})

const at = (path: string): string => `http://127.0.0.1:${server.metricsPort}${path}`

/** Lines by name and labels. */
async function read(): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(at('/metrics'))
  expect(response.status).toBe(200)
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line))
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ')
      return [line.slice(0, cut), Number(line.slice(cut + 1))]
    }),
  )
}

/** A case whose only part should have been decided long ago. */
async function acceptLate({ services }: World): Promise<void> {
  const { storage, now } = services
  const nothing = { number: null, actor_id: null, verification_id: null, verification_actor: null }
  await storage
    .insertInto('case_file')
    .values({
      ...nothing,
      ...{ id: 'late', matter: 'canary', guide_version: 1, office_id: MARKET, state: 'accepted' },
      ...{ version: 1, channel: 'home', applicant: '金丝雀', answers: '{}', form: '{}', trips: 0 },
      ...{ created_at: now(), submitted_at: now(), accepted_at: now(), closed_at: null },
    })
    .execute()
  await storage
    .insertInto('case_part')
    .values({
      ...{ case_id: 'late', code: 'p', office_id: MARKET, state: 'reviewing', version: 1 },
      ...{ promised_days: 1, warn_days: 1, began_at: now(), stopped_days: 0 },
      due_day: '2026-11-20',
    })
    .execute()
}

describe('metrics', () => {
  test('count requests by pattern, faults by code, licences by status, and the log', async () => {
    const before = await read()
    const issued = await issueFood(world, { serial: 'METRICS1' })
    await post(world, `/api/licences/${issued.id}/status`, { status: 'suspended', reason: '因故' })
    await world.app.request('/api/licences/金丝雀')
    await world.app.request('/no-such-canary?x=canary')
    await acceptLate(world)
    const tooOften = world.services.rates.counter('report/send', { requests: 0, windowSeconds: 60 })
    expect(() => tooOften.count('canary')).toThrow()
    await integrate(world.services)
    world.setNow(world.services.now() + 10)
    const after = await read()
    const rise = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
    const route = (method: string, pattern: string, status: number) =>
      rise(`onetrip_http_requests_total{method="${method}",route="${pattern}",status="${status}"}`)
    expect(route('POST', '/api/licences', 201)).toBe(1)
    expect(route('POST', '/api/licences/:id/status', 200)).toBe(1)
    expect(rise('onetrip_http_request_seconds_count{route="/api/licences/:id/status"}')).toBe(1)
    expect(rise('onetrip_faults_total{code="auth/required"}')).toBe(1)
    expect(rise('onetrip_licences{status="suspended"}')).toBe(1)
    expect(rise('onetrip_status_changes')).toBe(1)
    expect(rise('onetrip_log_entries')).toBeGreaterThanOrEqual(2)
    expect(after.get('onetrip_log_entries_waiting')).toBe(0)
    expect(rise('onetrip_rate_limited_total{limit="report/send"}')).toBe(1)
    expect(rise('onetrip_waiting{queue="offers"}')).toBe(1)
    expect(rise('onetrip_cases{state="accepted"}')).toBe(1)
    expect(rise('onetrip_case_parts_overdue')).toBe(1)
    expect([...after.keys()].join()).not.toContain('onetrip_hsm')
    expect(after.get('onetrip_database_up')).toBe(1)
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    expect([...after.keys()].join()).not.toMatch(/canary|金丝雀|因故|METRICS1/)
  })

  test('are at one address, to be read only, and not at the API', async () => {
    expect((await fetch(at('/'))).status).toBe(404)
    expect((await fetch(at('/metrics'), { method: 'POST' })).status).toBe(405)
    expect((await world.app.request('/metrics')).status).toBe(404)
  })

  test('an unknown method is no label', async () => {
    const metrics = createMetrics()
    metrics.countRequest({ method: 'CANARY', route: '/x', status: 404, seconds: 0.001 })
    const text = await metrics.write(undefined)
    expect(text).toContain('{method="other",route="/x",status="404"} 1')
    expect(text).toContain('onetrip_database_up 0')
    expect(text).not.toContain('CANARY')
  })
})

test('without the variable nobody listens; the port is freed with the others', async () => {
  const quiet = await openWorld({ environment: { ONETRIP_PORT: '0' } })
  const other = await startServer({ services: quiet.services, closeMilliseconds: 0 })
  expect(other.metricsPort).toBeUndefined()
  await other.close()
  rmSync(quiet.folder, { recursive: true })
})
