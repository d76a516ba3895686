/**
 * Two server processes on one database, one of which is killed while both are busy (O1, O4): what was acknowledged is there and once,
 * no index of a status list, no serial and no place in the record is given twice, and the other one goes on.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropTestDatabase, testEnvironment } from '../testing/test-database.ts'
import { foodRequest, type Issued, openWorld } from '../testing/test-world.ts'
import { loadConfig } from './config.ts'
import { auditRecord } from './record/audit.ts'
import { integrate } from './record/integrate.ts'
import { openServices, type Services } from './services.ts'

const CHILD = join(import.meta.dirname, '../testing/serve-child.ts')
const CLERKS_PER_SERVER = 3
const KILLED_AFTER_MILLISECONDS = 1500
const MORE_AFTERWARDS = 6

interface Server {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly origin: string
}

let folder: string
let apiKey: string
let servers: readonly Server[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-two-'))
  const world = await openWorld({ folder })
  apiKey = world.apiKey
  await world.close()
  servers = await Promise.all([serve(), serve()])
})
afterAll(async () => {
  for (const { child } of servers) child.kill('SIGKILL')
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
})

async function serve(): Promise<Server> {
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  return { child, origin: `http://127.0.0.1:${Number(String(line))}` }
}

async function send(
  { origin }: Server,
  path: string,
  options: { readonly body: unknown; readonly key?: string },
): Promise<Response> {
  return fetch(`${origin}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      ...(options.key === undefined ? {} : { 'Idempotency-Key': options.key }),
    },
    body: JSON.stringify(options.body),
  })
}

/** Sends to one server, and to the other one what that did not answer, as clients do. */
async function issue(serial: string, first: Server, second: Server): Promise<Issued> {
  const options = { body: foodRequest({ serial }), key: `two-${serial}` }
  const ask = () =>
    send(first, '/api/licences', options).catch(() => send(second, '/api/licences', options))
  let response = await ask()
  while (response.status === 429 || response.status === 503) {
    await sleep(200)
    response = await ask()
  }
  expect(response.status, await response.clone().text()).toBe(201)
  return response.json()
}

interface Acknowledged {
  readonly serial: string
  readonly id: string
  readonly isSuspended: boolean
}

test('one of two that are busy is killed: nothing is lost, doubled or left out', async () => {
  const [survivor, victim] = servers
  if (survivor === undefined || victim === undefined) throw new TypeError('two servers')
  const acknowledged: Acknowledged[] = []
  let isOver = false
  const work = async (server: Server, clerk: string, rounds: number): Promise<void> => {
    for (
      let round = 0;
      round < rounds && !(isOver && rounds === Number.POSITIVE_INFINITY);
      round += 1
    ) {
      const serial = `${clerk}R${round}`
      const { id } = await issue(serial, server, survivor)
      const path = `/api/licences/${id}/status`
      const options = { body: { status: 'suspended', reason: 'x' } }
      const isSuspended = await send(server, path, options).then(
        ({ status }) => status === 200,
        () => false,
      )
      acknowledged.push({ serial, id, isSuspended })
    }
  }
  const clerks = [survivor, victim].flatMap((server, at) =>
    Array.from({ length: CLERKS_PER_SERVER }, (_, clerk) =>
      work(server, `S${at}C${clerk}`, Number.POSITIVE_INFINITY),
    ),
  )
  await sleep(KILLED_AFTER_MILLISECONDS)
  victim.child.kill('SIGKILL')
  await once(victim.child, 'exit')
  isOver = true
  await Promise.all(clerks)
  const before = acknowledged.length
  // The other one takes new work, and so does one that is started in place of the dead one.
  const next = await serve()
  servers = [...servers, next]
  await Promise.all([work(survivor, 'AFTER', MORE_AFTERWARDS), work(next, 'NEXT', MORE_AFTERWARDS)])
  expect(acknowledged.length).toBe(before + 2 * MORE_AFTERWARDS)

  for (const { child } of servers) child.kill('SIGKILL')
  const config = loadConfig(await testEnvironment(folder))
  const services = await openServices({ config, writeLog: () => undefined })
  try {
    await assertKept(services, acknowledged)
  } finally {
    await services.close()
  }
}, 180_000)

async function assertKept(
  services: Services,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const { storage } = services
  const licences = await storage.selectFrom('licence').select(['id', 'serial', 'status']).execute()
  const found = new Map(licences.map((licence) => [licence.id, licence]))
  for (const { id, serial, isSuspended } of acknowledged) {
    const licence = found.get(id)
    expect(licence?.serial).toBe(serial)
    if (isSuspended) expect(licence?.status).toBe('suspended')
  }
  const serials = acknowledged.map(({ serial }) => serial)
  expect(new Set(serials).size).toBe(serials.length)
  for (const serial of serials) {
    expect(licences.filter((licence) => licence.serial === serial)).toHaveLength(1)
  }
  const places = await storage.selectFrom('credential').select(['list_id', 'idx']).execute()
  const given = places.map(({ list_id: list, idx }) => `${list}/${idx}`)
  expect(new Set(given).size).toBe(given.length)
  const lists = await storage.selectFrom('status_list').select(['id', 'used']).execute()
  for (const { id, used } of lists) {
    const reserved = places.filter(({ list_id: list }) => list === id).length
    if (reserved > 0) expect(used).toBe(reserved)
  }
  const entries = await storage.selectFrom('log_entry').select('idx').orderBy('idx').execute()
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, at) => at))
  const newest = await integrate(services)
  expect(newest.size).toBe(entries.length)
  expect(await auditRecord(services)).toBeUndefined()
}
