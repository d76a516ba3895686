/** A database is lost: backup, restore, and what was published in between. */
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toBase64url } from '@onetrip/codec'
import {
  addSignatures,
  bundleOfEntry,
  checkpointText,
  cosign,
  formatVerifierKey,
  readUnverifiedCheckpoint,
  signCheckpoint,
  tilePath,
  tilesSince,
  verifierKey,
} from '@onetrip/log'
import {
  followTrust,
  memoryTufStore,
  packFetcherFor,
  packInMemory,
  type Trust,
} from '@onetrip/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  approve,
  approver,
  batchRow,
  type Requested,
  requestRows,
  step,
} from '../../testing/batch-world.ts'
import { makeSigner } from '../../testing/sample-log.ts'
import { openSealWorld } from '../../testing/seal-world.ts'
import { askAs } from '../../testing/staff-world.ts'
import {
  createEmptyDatabase,
  databaseUrl,
  dropTestDatabase,
  TEST_POSTGRES,
} from '../../testing/test-database.ts'
import {
  codeOf,
  foodRequest,
  holderSigner,
  type Issued,
  MARKET,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { createApp } from '../app.ts'
import { issueBatches } from '../batches/keep-batches.ts'
import { loadConfig } from '../config.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate, recordOrigin, recordSigner } from '../record/integrate.ts'
import { storedHash } from '../record/stored-tiles.ts'
import { openServices, type Services } from '../services.ts'
import { copyDatabase } from '../storage/copy-database.ts'
import { firstRoot } from '../trust-data/offline-roles.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const SECRET = { ONETRIP_KEY_PASSPHRASE: 'a passphrase of these tests' }
const folder = mkdtempSync(join(tmpdir(), 'onetrip-restore-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const places: string[] = []

let world: World
let seal = ''
let before: { readonly valid: string; readonly revoked: string; readonly suspended: string }
let after: { revoked: number; valid: number; list: number; serial: string }
/** Batches and an order that were open when the backup was made. */
let open: { readonly approved: string; readonly stopped: string; readonly requested: Requested }
let order: { readonly id: string; readonly digest: string }
let oldRoot: Uint8Array
let published: { readonly size: number; readonly root: Uint8Array }
const oldClient = memoryTufStore()

beforeAll(async () => {
  const seals = await openSealWorld(SECRET)
  world = seals.world
  seal = await seals.sealInUse()
  const use = await seals.ask(seal)
  expect((await seals.approve(use)).status).toBe(200)
  before = { valid: await received(), revoked: await received(), suspended: await received() }
  const rows = [batchRow('JY23399010000501'), batchRow('JY23399010000502')]
  const batch = await requestRows(world, rows)
  const cookie = await approver(world)
  expect((await approve(world, cookie, batch)).status).toBe(200)
  const halted = await requestRows(world, [batchRow('JY23399010000503')], 'batch-2')
  await approve(world, cookie, halted)
  await step(world, cookie, { id: halted.id, name: 'stop', body: { reason: '测试' } })
  const requested = await requestRows(world, [batchRow('JY23399010000504')], 'batch-3')
  open = { approved: batch.id, stopped: halted.id, requested }
  const content = { kind: 'revoke', licences: [before.valid], end: 'annulled', reason: '测试' }
  const asked = await post(world, '/api/orders', content, { 'Idempotency-Key': 'order-1' })
  expect(asked.status).toBe(201)
  order = await asked.json()
  await publish(at('published-early'))
  await writeBackup(world.services, at('backup'))
  oldRoot = await firstRoot(world.services)

  await seals.done('owner', `/${seal}/suspend`, { reason: '测试' })
  await change(before.revoked, 'revoked')
  await change(before.suspended, 'suspended')
  // What is approved after the backup is issued, and nobody is to approve it once more.
  expect((await approve(world, cookie, requested)).status).toBe(200)
  await issueBatches(world.services)
  const lost = await received()
  await change(lost, 'revoked')
  const [revoked, valid] = [await placeOf(lost), await placeOf(await received())]
  after = { revoked: revoked.idx, list: revoked.list_id, serial: valid.serial, valid: valid.idx }
  await publish(at('published'))
  published = await checkpointIn(world.services)
  await follow(oldClient, await packOf(world.services))
  await world.services.close()
}, 120_000)
afterAll(async () => {
  for (const place of places) await dropTestDatabase(place)
  await dropTestDatabase(world.folder)
  rmSync(world.folder, { recursive: true })
  rmSync(folder, { recursive: true })
})

/** A licence whose serial the server gives. */
async function issueUnnumbered(at: World, key: string): Promise<Issued> {
  const { serial: _, ...request } = foodRequest()
  const response = await post(at, '/api/licences', request, { 'Idempotency-Key': key })
  expect(response.status).toBe(201)
  return response.json()
}

/** A licence with a serial of the server's, whose credential a wallet has. */
async function received(): Promise<string> {
  const issued = await issueUnnumbered(world, crypto.randomUUID())
  const accessToken = await redeem(world, issued)
  const proof = await proofOf(world, holderSigner('Ed25519'))
  const configuration = `${TYPES.food}.dc+sd-cwt`
  expect((await requestCredential(world, { accessToken, configuration, proof })).status).toBe(200)
  return issued.id
}

function placeOf(licence: string): Promise<{ list_id: number; idx: number; serial: string }> {
  return world.services.storage
    .selectFrom('credential')
    .innerJoin('licence', 'licence.id', 'credential.licence_id')
    .select(['list_id', 'idx', 'serial'])
    .where('licence_id', '=', licence)
    .where('state', '=', 'issued')
    .executeTakeFirstOrThrow()
}

async function change(id: string, status: string): Promise<void> {
  const response = await post(world, `/api/licences/${id}/status`, { status, reason: '测试' })
  expect(response.status).toBe(200)
}

/** What any mirror of the server has. */
async function publish(to: string): Promise<void> {
  // Publishing adds to the log.
  await packOf(world.services)
  const { size } = await integrate(world.services)
  const paths = tilesSince(0, size).map((tile) => `log/${tilePath(tile)}`)
  for (const path of ['trust/pack', 'log/checkpoint', ...paths]) {
    const response = await world.app.request(`/${path}`)
    expect([path, response.status]).toEqual([path, 200])
    mkdirSync(dirname(join(to, path)), { recursive: true })
    writeFileSync(join(to, path), new Uint8Array(await response.arrayBuffer()))
  }
}

async function packOf(services: Services): Promise<Uint8Array> {
  const response = await createApp(services).request('/trust/pack')
  return new Uint8Array(await response.arrayBuffer())
}

async function checkpointIn(services: Services): Promise<{ size: number; root: Uint8Array }> {
  const response = await createApp(services).request('/log/checkpoint')
  return readUnverifiedCheckpoint(new Uint8Array(await response.arrayBuffer()))
}

async function follow(store: ReturnType<typeof memoryTufStore>, pack: Uint8Array): Promise<Trust> {
  const fetcher = await packFetcherFor({ initialRoot: oldRoot, source: packInMemory(pack), store })
  return followTrust({ initialRoot: oldRoot, store, fetcher, now: 0 })
}

/** A new place, and its configuration. */
async function newPlace(
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ReturnType<typeof loadConfig>> {
  const place = at(name)
  places.push(place)
  await createEmptyDatabase(place)
  const database = TEST_POSTGRES === undefined ? {} : { ONETRIP_DATABASE_URL: databaseUrl(place) }
  return loadConfig({ ONETRIP_DATA_DIR: place, ...database, ...SECRET, ...more })
}

const now = (): number => START + 3_600
const writeLog = (): void => undefined

function put(config: ReturnType<typeof loadConfig>, source: string, backup = at('backup')) {
  return restoreBackup({ config, now, writeLog, folder: backup, published: at(source) })
}

describe('a backup', () => {
  test('is put back with what was published since', async () => {
    const config = await newPlace('new')
    cpSync(at('published'), at('cut'), { recursive: true })
    rmSync(at('cut', 'log', 'tile'), { recursive: true })
    await expect(put(config, 'cut')).rejects.toMatchObject({ code: 'restore/log-behind' })
    await expect(openServices({ config, now, writeLog })).rejects.toMatchObject({
      code: 'restore/pending',
    })
    const replayed = await put(config, 'published')
    expect(replayed).toMatchObject({
      size: published.size,
      suspended: 2,
      denials: 0,
      unpublished: 0,
    })
    expect(replayed.entries).toBeGreaterThan(8)
    await expect(put(config, 'published')).rejects.toMatchObject({ code: 'restore/not-empty' })

    const services = await openServices({ config, now, writeLog })
    try {
      await assertRestored(services)
    } finally {
      await services.close()
    }
  })

  test('with nothing published later it is what it was', async () => {
    const config = await newPlace('early')
    const replayed = await put(config, 'published-early')
    expect(replayed).toMatchObject({ entries: 0, statuses: 0, suspended: 0 })
    const services = await openServices({ config, now, writeLog })
    expect(await auditRecord(services)).toBeUndefined()
    await services.close()
  })

  test('of another log, or without what was published, or changed, it is refused', async () => {
    const other = await openWorld({ environment: SECRET })
    const stranger = at('stranger')
    cpSync(at('published'), stranger, { recursive: true })
    const note = await other.app.request('/log/checkpoint')
    writeFileSync(join(stranger, 'log/checkpoint'), new Uint8Array(await note.arrayBuffer()))
    await other.close()
    const config = await newPlace('refused')
    await expect(put(config, 'stranger')).rejects.toMatchObject({ code: 'note/unsigned' })
    mkdirSync(at('bare', 'log'), { recursive: true })
    await expect(put(config, 'bare')).rejects.toMatchObject({ code: 'restore/log-behind' })
    cpSync(at('published', 'log'), at('bare', 'log'), { recursive: true })
    await expect(put(config, 'bare')).rejects.toMatchObject({ code: 'restore/trust-behind' })
    cpSync(at('published'), at('rewritten'), { recursive: true })
    const { size } = published
    const last = bundleOfEntry(size - 1, size)
    const bundle = at('rewritten', 'log', tilePath(last))
    const bytes = readFileSync(bundle)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    writeFileSync(bundle, bytes)
    await expect(put(config, 'rewritten')).rejects.toMatchObject({ code: 'restore/other-log' })
    cpSync(at('backup'), at('changed'), { recursive: true })
    writeFileSync(at('changed', 'keys', 'record.json'), '{}')
    const next = await newPlace('changed-place')
    await expect(put(next, 'published', at('changed'))).rejects.toMatchObject({
      code: 'restore/altered',
    })
    await expect(put(next, 'published', at('bare'))).rejects.toMatchObject({
      code: 'restore/format',
    })
  })

  test('is refused where a witness has seen more of the log than the mirror has', async () => {
    const [log, root] = [recordOrigin(world.services), new Uint8Array(32)]
    const checkpoint = { origin: log, size: published.size + 1, root }
    const note = await signCheckpoint(checkpoint, recordSigner(world.services))
    const name = 'witness.example'
    const signer = makeSigner()
    const line = await cosign(checkpointText(checkpoint), { name, signer }, START)
    const seen = addSignatures(note, [line])
    const server = createServer((_, response) => response.end(seen)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const vkey = formatVerifierKey(verifierKey(name, 'cosignature', signer.publicKey))
    writeFileSync(at('witnesses.json'), JSON.stringify([{ vkey, url }]))
    const config = await newPlace('witnessed', { ONETRIP_LOG_WITNESSES: at('witnesses.json') })
    await expect(put(config, 'published')).rejects.toMatchObject({ code: 'restore/log-behind' })
    server.close()
    // One that is not there says nothing.
    const { witnesses } = await put(config, 'published')
    expect(witnesses).toEqual({ asked: 1, answered: 0 })
  })

  test('of PostgreSQL wants its programs and an answer', async () => {
    const nobody = { url: 'postgres://nobody@127.0.0.1:1/none' }
    await expect(copyDatabase(nobody, at('none'))).rejects.toMatchObject({ code: 'restore/tools' })
  })
})

async function assertRestored(services: Services): Promise<void> {
  const { storage } = services
  const statusOf = async (id: string) =>
    (await storage.selectFrom('licence').select('status').where('id', '=', id).executeTakeFirst())
      ?.status
  // What the log does not tell from another withdrawal is suspended until the agency says more; its credentials read revoked.
  expect(await statusOf(before.revoked)).toBe('suspended')
  expect(await statusOf(before.suspended)).toBe('suspended')
  expect(await statusOf(before.valid)).toBe('valid')
  const indexOf = async (id: string) =>
    storage
      .selectFrom('credential')
      .select(['idx', 'list_id'])
      .where('licence_id', '=', id)
      .where('state', '=', 'issued')
      .executeTakeFirstOrThrow()
  const trust = await follow(oldClient, await packOf(services))
  const { agency_id: owner, uri } = await storage
    .selectFrom('status_list')
    .select(['agency_id', 'uri'])
    .where('id', '=', after.list)
    .executeTakeFirstOrThrow()
  const list = trust.statusList(owner ?? '', uri)?.list
  expect(list?.issuedAt).toBe(now())
  expect(list?.get((await indexOf(before.revoked)).idx)).toBe(1)
  expect(list?.get((await indexOf(before.suspended)).idx)).toBe(2)
  expect(list?.get((await indexOf(before.valid)).idx)).toBe(0)
  expect(list?.get(after.revoked)).toBe(1)

  const root = await storedHash(storage, { start: 0, end: published.size }, published.size)
  expect(toBase64url(root)).toBe(toBase64url(published.root))
  expect((await checkpointIn(services)).size).toBeGreaterThan(published.size)
  expect(await auditRecord(services)).toBeUndefined()

  const use = await storage.selectFrom('seal_use').select('state').executeTakeFirstOrThrow()
  expect(use.state).toBe('refused')
  const ended = storage.selectFrom('seal').select(['state', 'status']).where('id', '=', seal)
  expect(await ended.executeTakeFirst()).toEqual({ state: 'suspended', status: 2 })
  expect(await storage.selectFrom('staff_session').select('hash').execute()).toEqual([])

  const app = createApp(services)
  const restored = { ...world, services, app }
  await assertNothingAgain(restored)
  await assertLostEnds(restored, uri)
  const { id } = await issueUnnumbered(restored, 'after')
  const issued = await storage
    .selectFrom('licence')
    .innerJoin('credential', 'credential.licence_id', 'licence.id')
    .select(['serial', 'list_id'])
    .where('licence.id', '=', id)
    .executeTakeFirstOrThrow()
  expect(issued.list_id).toBeGreaterThan(after.list)
  expect(Number(issued.serial)).toBeGreaterThan(Number(after.serial))
}

async function assertLostEnds(restored: World, list: string): Promise<void> {
  const lost = { kind: 'revoke-lost', list, indices: [after.valid], reason: '测试', ground: '测试' }
  const asked = await post(restored, '/api/orders', lost, { 'Idempotency-Key': 'lost' })
  const { id, digest }: typeof order = await asked.json()
  const decision = { path: `/api/orders/${id}/decision`, body: { decision: 'approve', digest } }
  expect((await askAs(restored, await approver(restored), decision)).status).toBe(200)
  const trust = await follow(oldClient, await packOf(restored.services))
  expect(trust.statusList(MARKET, list)?.list?.get(after.valid)).toBe(1)
  expect(await auditRecord(restored.services)).toBeUndefined()
}

/** No row and no order that was open counts again. */
async function assertNothingAgain(restored: World): Promise<void> {
  const { services } = restored
  const cookie = await approver(restored, '李审批')
  const refusals = [
    await step(restored, cookie, { id: open.approved, name: 'resume' }),
    await step(restored, cookie, { id: open.stopped, name: 'resume' }),
    await approve(restored, cookie, open.requested),
  ]
  for (const refused of refusals) expect(await codeOf(refused)).toBe('batch/settled')
  const path = `/api/orders/${order.id}/decision`
  const body = { decision: 'approve', digest: order.digest }
  expect(await codeOf(await askAs(restored, cookie, { path, body }))).toBe('approval/settled')
  await issueBatches(services)
  const licences = await services.storage
    .selectFrom('licence')
    .select('serial')
    .where('serial', 'like', 'JY2339901000050%')
    .execute()
  expect(licences).toEqual([])
  const rows = await askAs(restored, cookie, { path: `/api/batches/${open.approved}/rows` })
  const unknown = { code: 'restore/pending' }
  expect((await rows.json()).rows).toMatchObject([unknown, unknown])
}
