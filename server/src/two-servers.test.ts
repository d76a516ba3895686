/**
 * Two server processes on one database, killed at random while people work through both (O1, O4): licences issued and suspended, offers
 * redeemed, cases accepted, a batch issued, the log read. Afterwards what was acknowledged is there and once, no index of a status list, no
 * serial and no place in the record is given twice, lists say what the rows say, the audit finds nothing, and nothing hangs.
 * `ONETRIP_TEST_KILL_SECONDS` says for how long.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approve, approver, batchRow, requestRows } from '../testing/batch-world.ts'
import { type CaseWorld, caseWorldIn } from '../testing/case-world.ts'
import { ASKED_AGAIN, type KilledServers, startKilledServers } from '../testing/killed-servers.ts'
import { dropTestDatabase, testEnvironment } from '../testing/test-database.ts'
import {
  codeIn,
  credentialIn,
  foodRequest,
  holderSigner,
  type Issued,
  openWorld,
  post,
  proofOf,
  requestCredential,
  requestToken,
  TYPES,
  type World,
} from '../testing/test-world.ts'
import { createApp } from './app.ts'
import { issueBatches } from './batches/keep-batches.ts'
import { loadConfig } from './config.ts'
import { publicKeyOfJwkText } from './keys/key-store.ts'
import { auditRecord } from './record/audit.ts'
import { integrate } from './record/integrate.ts'
import { openServices, type Services } from './services.ts'

const SECONDS = Number(process.env['ONETRIP_TEST_KILL_SECONDS'] ?? 6)
const KILLED_WITHIN_MILLISECONDS = 1500
const CLERKS = 3
const WALLETS = 2
const BATCH_ROWS = 1500
/** A lease of whoever was killed is over by then. */
const LATER_SECONDS = 120

let folder: string
let world: World
let servers: KilledServers
let cases: CaseWorld
let batchId: string

const acknowledged = {
  licences: new Map<string, string>(),
  suspended: new Set<string>(),
  credentials: new Set<string>(),
  cases: new Set<string>(),
  checkpoints: new Map<number, string>(),
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-two-'))
  const opened = await openWorld({ folder })
  opened.setNow(Math.floor(Date.now() / 1000))
  const rows = Array.from({ length: BATCH_ROWS }, (_, at) => batchRow(at % 2 === 0 ? `B${at}` : ''))
  const batch = await requestRows(opened, rows)
  expect((await approve(opened, await approver(opened), batch)).status).toBe(200)
  batchId = batch.id
  servers = await startKilledServers(folder)
  world = { ...opened, app: servers.app }
  cases = await caseWorldIn(world)
}, 120_000)
afterAll(async () => {
  await servers.end()
  await world.close()
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true, force: true })
})

const range = (length: number): readonly number[] => Array.from({ length }, (_, at) => at)

test('killed at random under load: nothing is lost, doubled or left out', async () => {
  let isOver = false
  const work = async (once: (round: number) => Promise<void>): Promise<void> => {
    for (let round = 0; !isOver; round += 1) await once(round)
  }
  const working = [
    ...range(CLERKS).map((at) => work((round) => issueAndSuspend(`S${at}R${round}`))),
    ...range(WALLETS).map((at) => work((round) => receive(`W${at}R${round}`))),
    work(acceptCase),
    work(readCheckpoint),
  ]
  const end = performance.now() + SECONDS * 1000
  let kills = 0
  for (; performance.now() < end; kills += 1) await servers.killOne(KILLED_WITHIN_MILLISECONDS)
  isOver = true
  await Promise.all(working)
  // They still work, both.
  await Promise.all([issueAndSuspend('LAST1'), receive('LAST2'), acceptCase()])
  await servers.end()
  expect(kills).toBeGreaterThan(0)
  expect(acknowledged.suspended.size).toBeGreaterThan(0)
  expect(acknowledged.credentials.size).toBeGreaterThan(0)
  expect(acknowledged.cases.size).toBeGreaterThan(0)

  const later = () => Math.floor(Date.now() / 1000) + LATER_SECONDS
  const config = loadConfig(await testEnvironment(folder))
  const services = await openServices({ config, now: later, writeLog: () => undefined })
  try {
    await issueBatches(services)
    await assertKept(services)
    await assertOnce(services)
    await assertLists(services)
  } finally {
    await services.close()
  }
}, 600_000)

async function issue(serial: string): Promise<Issued> {
  const headers = { 'Idempotency-Key': `two-${serial}` }
  const ask = () => post(world, '/api/licences', foodRequest({ serial }), headers)
  // A client that waits no longer asks again while the first is still on its way.
  const [response, again] = await Promise.all([ask(), ask()])
  expect(response.status, await response.clone().text()).toBe(201)
  expect(await again.text()).toBe(await response.clone().text())
  const issued: Issued = await response.json()
  acknowledged.licences.set(issued.id, serial)
  return issued
}

async function issueAndSuspend(serial: string): Promise<void> {
  const { id } = await issue(serial)
  const wish = { status: 'suspended', reason: '测试' }
  const { status } = await post(world, `/api/licences/${id}/status`, wish)
  expect(status).toBe(200)
  acknowledged.suspended.add(id)
}

async function receive(serial: string): Promise<void> {
  const issued = await issue(serial)
  const response = await requestToken(world, codeIn(issued.offer.uri), issued.txCode)
  // The answer to the first time is lost, and an offer is redeemed once: its holder gets another one.
  if (response.status === 400 && response.headers.has(ASKED_AGAIN)) return
  expect(response.status, await response.clone().text()).toBe(200)
  const { access_token: accessToken }: { access_token: string } = await response.json()
  const signer = holderSigner('Ed25519')
  const answer = await requestCredential(world, {
    accessToken,
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(world, signer),
  })
  // A nonce is used up by the first time.
  if (answer.status === 400 && answer.headers.has(ASKED_AGAIN)) return
  acknowledged.credentials.add(await credentialIn(answer))
}

async function acceptCase(): Promise<void> {
  // Of a step whose first answer was lost the second says that the case changed meanwhile.
  const id = await cases.accepted().catch((error: unknown) => {
    if (error instanceof Error && error.message.includes('case/changed')) return undefined
    throw error
  })
  if (id !== undefined) acknowledged.cases.add(id)
}

async function readCheckpoint(): Promise<void> {
  await sleep(50)
  const response = await servers.ask('/log/checkpoint').catch(() => undefined)
  const note = response?.ok === true ? await response.text().catch(() => undefined) : undefined
  if (note === undefined) return
  const [, size = '', root = ''] = note.split('\n')
  const newest = Math.max(0, ...acknowledged.checkpoints.keys())
  expect(Number(size)).toBeGreaterThanOrEqual(newest)
  expect(acknowledged.checkpoints.get(Number(size)) ?? root).toBe(root)
  acknowledged.checkpoints.set(Number(size), root)
}

async function assertKept({ storage }: Services): Promise<void> {
  const licences = await storage.selectFrom('licence').select(['id', 'serial', 'status']).execute()
  const found = new Map(licences.map((licence) => [licence.id, licence]))
  for (const [id, serial] of acknowledged.licences) expect(found.get(id)?.serial).toBe(serial)
  for (const id of acknowledged.suspended) expect(found.get(id)?.status).toBe('suspended')
  const { credentials } = acknowledged
  const signed = await storage
    .selectFrom('credential')
    .select('credential')
    .where('state', '=', 'issued')
    .execute()
  const kept = new Set(signed.map(({ credential }) => credential))
  expect([...credentials].filter((credential) => !kept.has(credential))).toEqual([])
  const accepted = await storage
    .selectFrom('case_file')
    .select(['id', 'number'])
    .where('state', '=', 'accepted')
    .execute()
  const numbers = new Map(accepted.map(({ id, number }) => [id, number]))
  for (const id of acknowledged.cases) expect(numbers.get(id)).toEqual(expect.any(String))
  const batch = await storage
    .selectFrom('batch_row')
    .innerJoin('batch', 'batch.id', 'batch_row.batch_id')
    .select(['batch.state', 'licence_id'])
    .where('batch.id', '=', batchId)
    .execute()
  expect(new Set(batch.map(({ licence_id: id }) => id)).size).toBe(BATCH_ROWS)
  expect(batch.every(({ state, licence_id: id }) => state === 'done' && id !== null)).toBe(true)
}

/** Serials, indices, numbers and places in the record; unique columns hold some, this looks at all. */
async function assertOnce(services: Services): Promise<void> {
  const { storage } = services
  const serials = await storage
    .selectFrom('licence')
    .select(['agency_id', 'type_code', 'serial', 'version'])
    .execute()
  assertDistinct(serials.map((licence) => Object.values(licence).join('/')))
  const places = await storage.selectFrom('credential').select(['list_id', 'idx']).execute()
  assertDistinct(places.map(({ list_id: list, idx }) => `${list}/${idx}`))
  for (const { id, used } of await storage.selectFrom('status_list').selectAll().execute()) {
    const reserved = places.filter(({ list_id: list }) => list === id).length
    if (reserved > 0) expect(used).toBe(reserved)
  }
  const numbers = await storage.selectFrom('case_file').select('number').execute()
  assertDistinct(numbers.flatMap(({ number }) => number ?? []))
  const entries = await storage.selectFrom('log_entry').select('idx').orderBy('idx').execute()
  expect(entries.map(({ idx }) => idx)).toEqual(range(entries.length))
  expect((await integrate(services)).size).toBe(entries.length)
  expect(await auditRecord(services)).toBeUndefined()
  const kept = await storage.selectFrom('log_checkpoint').select(['size', 'root']).execute()
  const roots = new Map(kept.map(({ size, root }) => [size, root]))
  for (const [size, root] of acknowledged.checkpoints) {
    expect(roots.get(size)).toBe(Buffer.from(root, 'base64').toString('base64url'))
  }
}

function assertDistinct(names: readonly string[]): void {
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
}

/** Each signed list says of each index what its row says. */
async function assertLists(services: Services): Promise<void> {
  const app = createApp(services)
  const lists = await services.storage
    .selectFrom('status_list')
    .innerJoin('signing_key', 'signing_key.agency_id', 'status_list.agency_id')
    .select(['status_list.id', 'uri', 'public_jwk'])
    .where('purpose', '=', 'status-cbor')
    .execute()
  for (const { id, uri, public_jwk: key } of lists) {
    const headers = { Accept: 'application/statuslist+cwt' }
    const response = await app.request(new URL(uri).pathname, { headers })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const list = await openStatusList(decodeStatusList(bytes), publicKeyOfJwkText(key))
    const rows = await services.storage
      .selectFrom('credential')
      .select(['idx', 'status'])
      .where('list_id', '=', id)
      .execute()
    expect(rows.filter(({ idx, status }) => list.get(idx) !== status)).toEqual([])
  }
}
